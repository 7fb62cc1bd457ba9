"""The one address of the check page."""

from django.urls import path

from scherp.web.check import views

urlpatterns = [path("kijken/", views.check, name="check")]
