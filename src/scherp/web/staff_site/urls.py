"""Every address of the staff's site. Each names its door (`accounts.doors`); without one it stays shut."""

from __future__ import annotations

from django.urls import include, path

from scherp.web.staff_site import views

urlpatterns = [
    path("", views.start, name="start"),
    path("gezond/", views.healthy, name="healthy"),
    path("desk/", include("scherp.web.desk.urls")),
    path("", include("scherp.web.cases.urls")),
    path("", include("scherp.web.accounts.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
]
handler400 = "scherp.web.staff_site.views.bad_request"
handler403 = "scherp.web.staff_site.views.refused"
handler404 = "scherp.web.staff_site.views.not_found"
handler429 = "scherp.web.staff_site.views.too_often"
handler500 = "scherp.web.staff_site.views.broken"
