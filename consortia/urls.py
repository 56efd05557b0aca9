"""The addresses of the parties."""

from django.urls import URLPattern

app_name = "consortia"
urlpatterns: list[URLPattern] = []
