"""Your account: name, address, ways to sign in, devices. Each change asks first that it is you."""

from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from odifund.core import addresses, codes, devices, people, proof, ways
from odifund.core.errors import NotReady
from odifund.core.forms.account import NewAddress, Rename, ShowItIsYou
from odifund.core.forms.refusals import told
from odifund.core.http import SignedInRequest
from odifund.core.links import where_to

PROVE, MOVE = "prove", "change address"


@login_required
@require_safe
def show(request: SignedInRequest) -> HttpResponse:
    """Everything about the account on one page."""
    person = request.user
    here = devices.devices_of(person, request.session.session_key, request.at)
    return render(request, "account/account.html", {"ways": ways.ways_of(person), "devices": here})


@login_required
def rename(request: SignedInRequest) -> HttpResponse:
    """Another name."""
    form = Rename(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        people.rename(request.user, form.cleaned_data["name"], at=request.at)
        messages.success(request, "Your name is changed. What was submitted keeps the name of then.")
        return redirect("account")
    return render(request, "account/rename.html", {"form": form})


@login_required
def prove(request: SignedInRequest) -> HttpResponse:
    """Show that it is you: by a code sent to your address, your authenticator app, or a passkey."""
    form = ShowItIsYou(request.POST if "code" in request.POST else None)
    if "send" in request.POST:
        _send_proof(request, form)
    elif "credential" in request.POST:
        passkey = ReauthenticateWebAuthnForm(request.POST, user=request.user)
        if passkey.is_valid():
            passkey.save()
            return redirect(where_to(request, "/account/"))
        messages.error(request, "That passkey did not work. Try again, or use a code.")
    elif form.is_valid():
        with told(form, "code"):
            _take_proof(request, form.cleaned_data["code"])
            return redirect(where_to(request, "/account/"))
    return render(request, "account/prove.html", _proving(request, form))


def _send_proof(request: SignedInRequest, form: ShowItIsYou) -> None:
    try:
        codes.send(request, PROVE, request.user.email, "account/email/proof_code", at=request.at)
    except NotReady as refusal:
        messages.error(request, refusal.message)


def _take_proof(request: SignedInRequest, code: str) -> None:
    """The code of the mail, or of the app or the paper: they look alike, so one box takes all."""
    if codes.is_other(request, code) and ways.takes_code(request.user, code):
        proof.record(request, how="mfa")
    else:
        codes.take(request, PROVE, code, at=request.at)
        proof.record(request, how="code")


def _proving(request: SignedInRequest, form: ShowItIsYou) -> dict[str, object]:
    has = ways.ways_of(request.user)
    options = webauthn.begin_authentication(request.user) if has.passkeys else None
    return {
        "form": form,
        "ways": has,
        "options": options,
        "sent_to": codes.waiting(request, PROVE, at=request.at),
        "next": where_to(request, "/account/"),
    }


@proof.asked
def change_address(request: SignedInRequest) -> HttpResponse:
    """Ask for the new address; the code goes there."""
    form = NewAddress(request.POST or None)
    if form.is_valid():
        with told(form, "email"):
            _send_to(request, form.cleaned_data["email"])
            return redirect("account_enter_code")
    return render(request, "account/change_address.html", {"form": form})


def _send_to(request: SignedInRequest, address: str) -> None:
    if address == request.user.email:
        raise NotReady([addresses.SAME])
    if addresses.is_taken(address):
        codes.pretend(request, MOVE, address, "account/email/address_taken", at=request.at)
    else:
        codes.send(request, MOVE, address, "account/email/new_address_code", at=request.at)


@proof.asked
def enter_code(request: SignedInRequest) -> HttpResponse:
    """The code that came to the new address changes it."""
    form = ShowItIsYou(request.POST or None)
    sent_to = codes.waiting(request, MOVE, at=request.at)
    if form.is_valid():
        with told(form, "code"):
            address = codes.take(request, MOVE, form.cleaned_data["code"], at=request.at)
            addresses.change(request.user, address, request=request, at=request.at)
            messages.success(request, f"You sign in with {address} from now on. Both addresses are told.")
            return redirect("account")
    elif not sent_to and request.method == "GET":
        return redirect("account_change_address")
    return render(request, "account/enter_new_code.html", {"form": form, "sent_to": sent_to})


@login_required
@require_POST
def end_device(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sign one device out."""
    devices.end(request.user, pk, at=request.at)
    messages.success(request, "That device is signed out.")
    return redirect("account")


@login_required
@require_POST
def end_devices(request: SignedInRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    devices.end_others(request, request.user, at=request.at)
    messages.success(request, "You are signed out everywhere but here.")
    return redirect("account")
