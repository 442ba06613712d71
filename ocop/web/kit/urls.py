"""Addresses that belong to no audience."""

from django.conf import settings
from django.urls import path

from ocop.web.kit import views

app_name = "kit"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("me", views.me, name="me"),
    path("robots.txt", views.robots, name="robots"),
    path("minh-bach/heads.jsonl", views.heads, name="heads"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
if not settings.IS_PRODUCTION:
    urlpatterns.append(path("kit/", views.gallery, name="gallery"))
