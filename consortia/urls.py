"""The addresses of the parties."""

from django.urls import path

from consortia.views import organisation, request

app_name = "consortia"
urlpatterns = [
    path("organisations/add/", organisation.add, name="add_organisation"),
    path("organisations/ask/", request.ask, name="ask_to_join"),
    path("organisations/requests/<uuid:pk>/", request.show, name="request"),
    path("organisations/requests/<uuid:pk>/take-back/", request.withdraw, name="withdraw_request"),
    path("organisations/requests/<uuid:pk>/answer/", request.answer, name="answer_request"),
    path("staff/requests/<uuid:pk>/", request.decide, name="decide_request"),
    path("organisations/<uuid:pk>/", organisation.show, name="organisation"),
    path("organisations/<uuid:pk>/edit/", organisation.edit, name="edit_organisation"),
    path("organisations/<uuid:pk>/leave/", organisation.leave, name="leave_organisation"),
    path("organisations/<uuid:pk>/people/add/", organisation.add_person, name="add_person"),
    path(
        "organisations/<uuid:pk>/people/<uuid:person_pk>/remove/",
        organisation.remove_person,
        name="remove_person",
    ),
]
