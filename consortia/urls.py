"""The addresses of the parties."""

from django.urls import path

from consortia.views import organisation

app_name = "consortia"
urlpatterns = [
    path("organisations/add/", organisation.add, name="add_organisation"),
    path("organisations/<uuid:pk>/", organisation.show, name="organisation"),
    path("organisations/<uuid:pk>/edit/", organisation.edit, name="edit_organisation"),
    path("organisations/<uuid:pk>/people/add/", organisation.add_person, name="add_person"),
    path(
        "organisations/<uuid:pk>/people/<uuid:person_pk>/remove/",
        organisation.remove_person,
        name="remove_person",
    ),
]
