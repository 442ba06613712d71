"""Addresses of requests about personal data."""

from django.urls import path

from ocop.web.desk.privacy import views

urlpatterns = [
    path("du-lieu/", views.requests, name="data_requests"),
    path("du-lieu/moi/", views.request_new, name="data_request_new"),
    path("du-lieu/<slug:code>/", views.request_page, name="data_request"),
    path("du-lieu/<slug:code>/nguoi/", views.requester, name="data_requester"),
    path("du-lieu/<slug:code>/tra-loi/", views.answer, name="data_request_answer"),
    path("du-lieu/<slug:code>/ban-sao/", views.copy, name="data_request_copy"),
    path("du-lieu/<slug:code>/xoa/", views.erase, name="data_request_erase"),
    path("du-lieu/<slug:code>/ket-thuc/", views.close, name="data_request_close"),
]
