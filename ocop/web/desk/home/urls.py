"""Addresses of the home page."""

from django.urls import path

from ocop.web.desk.home import views

urlpatterns = [
    path("", views.home, name="home"),
    path("xong/<int:notice_id>/", views.done, name="notice_done"),
]
