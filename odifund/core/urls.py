"""Sign-in: the few of django-allauth's pages that are used, under plain addresses."""

from allauth.account import views
from django.urls import path

from odifund.core import entrance

urlpatterns = [
    path("sign-in/", entrance.AskForCode.as_view(), name="account_login"),
    path("sign-in/", entrance.AskForCode.as_view(), name="account_request_login_code"),
    path("sign-in/code/", views.confirm_login_code, name="account_confirm_login_code"),
    path("register/", entrance.Register.as_view(), name="account_signup"),
    path("register/code/", entrance.enter_first_code, name="account_email_verification_sent"),
    path("sign-out/", views.logout, name="account_logout"),
    path("not-active/", views.account_inactive, name="account_inactive"),
]
