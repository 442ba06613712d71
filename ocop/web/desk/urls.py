"""The desk's addresses, all under /viec/ and in one namespace; each room's in its own file."""

from django.urls import include, path

app_name = "desk"
urlpatterns = [
    path("", include("ocop.web.desk.home.urls")),
    path("", include("ocop.web.desk.register.urls")),
    path("", include("ocop.web.desk.records.urls")),
    path("", include("ocop.web.desk.people.urls")),
    path("", include("ocop.web.desk.privacy.urls")),
]
