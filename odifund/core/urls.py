"""Sign-in: the few of django-allauth's pages that are used, under plain addresses."""

from allauth.account import views
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.urls import path

from odifund.core import account, entrance, proof

REMOVE_PASSKEY = proof.asked(passkey.remove_webauthn)
NEW_CODES = proof.asked(recovery.generate_recovery_codes)
KEEP_CODES = proof.asked(recovery.download_recovery_codes)

urlpatterns = [
    path("sign-in/", entrance.AskForCode.as_view(), name="account_login"),
    path("sign-in/", entrance.AskForCode.as_view(), name="account_request_login_code"),
    path("sign-in/code/", views.confirm_login_code, name="account_confirm_login_code"),
    path("register/", entrance.Register.as_view(), name="account_signup"),
    path("register/code/", entrance.enter_first_code, name="account_email_verification_sent"),
    path("sign-out/", views.logout, name="account_logout"),
    path("not-active/", views.account_inactive, name="account_inactive"),
    path("sign-in/without-mail/", entrance.get_back_in, name="account_get_back_in"),
    path("sign-in/passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second-step/", second.authenticate, name="mfa_authenticate"),
    path("account/", account.show, name="account"),
    path("account/", account.show, name="mfa_index"),  # where allauth leads back to
    path("account/", account.show, name="mfa_list_webauthn"),
    path("account/its-you/", account.prove, name="account_prove"),
    path("account/name/", account.rename, name="account_rename"),
    path("account/address/", account.change_address, name="account_change_address"),
    path("account/address/code/", account.enter_code, name="account_enter_code"),
    path("account/devices/end/", account.end_devices, name="account_end_devices"),
    path("account/devices/<int:pk>/end/", account.end_device, name="account_end_device"),
    path("account/passkeys/add/", proof.asked(passkey.add_webauthn), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove/", REMOVE_PASSKEY, name="mfa_remove_webauthn"),
    path("account/authenticator/add/", proof.asked(app.activate_totp), name="mfa_activate_totp"),
    path("account/authenticator/remove/", proof.asked(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/codes/", proof.asked(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/codes/new/",
        NEW_CODES,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/codes/keep/",
        KEEP_CODES,
        name="mfa_download_recovery_codes",
    ),
]
