"""What every page of a draft does: it is saved, or comes back with every word and says why."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from deliverables import access
from deliverables.queries.deliverable import why_closed
from odifund.core.errors import MovedOn
from odifund.core.forms import Form
from odifund.core.forms.refusals import kept
from odifund.core.http import SignedInRequest

if TYPE_CHECKING:
    from deliverables.models import Deliverable


def is_closed(request: SignedInRequest, deliverable: "Deliverable") -> bool:
    """Whether there is nothing to write here. Who was writing when it closed still gets their words back."""
    writing = request.method == "POST" and access.delivers(request.user, deliverable)
    return not writing and not access.has_turn(request.user, deliverable)


def saved(
    request: SignedInRequest, deliverable: "Deliverable", form: Form, save: Callable[[], object]
) -> bool:
    """Whether what was sent is saved; where it is not, the form says why."""
    if request.method != "POST":
        return False
    with kept(form):
        if not access.has_turn(request.user, deliverable):
            raise MovedOn(why_closed(deliverable))
        if form.is_valid():
            save()
            return True
    return False


def beside(request: SignedInRequest, form: Form, digest: str, words: Mapping[str, str]) -> dict[str, object]:
    """For the page: `seen`, what the writer has before them, and `theirs`, what a colleague saved since.

    `digest` and `words` are of the draft as it is now. Of theirs each field that differs, by its label.
    """
    opened = request.POST.get("seen", "")
    if opened in {"", digest} or not form.non_field_errors():
        return {"seen": opened or digest}
    differing = {name: said for name, said in words.items() if said != form.cleaned_data.get(name)}
    return {
        "seen": digest,
        "theirs": [(_label(form, name), _shown(form, name, differing[name])) for name in differing],
    }


def _label(form: Form, name: str) -> str:
    return str(form.fields[name].label)


def _shown(form: Form, name: str, said: str) -> str:
    choices: Iterable[tuple[str, str]] = getattr(form.fields[name], "choices", ())
    return str(dict(choices).get(said, said))
