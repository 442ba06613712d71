"""Every address of the site, by audience. The portal exists twice: Vietnamese at the root, English under /en/."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from ocop.web.desk.records.urls import file_urlpatterns
from ocop.web.kit.gates import gated
from ocop.web.portal.urls import resolver_urlpatterns

urlpatterns = [
    path("", include("ocop.web.kit.urls")),
    path("accounts/", include(gated("allauth.urls"))),
    path("api/v1/", include("ocop.web.api.urls")),
    path("viec/", include("ocop.web.desk.urls")),
    path("", include((file_urlpatterns, "files"))),
    path("", include((resolver_urlpatterns, "resolver"))),
    *i18n_patterns(path("", include("ocop.web.portal.urls")), prefix_default_language=False),
]

handler400 = "ocop.web.kit.errors.bad_request"
handler403 = "ocop.web.kit.errors.forbidden"
handler404 = "ocop.web.kit.errors.not_found"
handler500 = "ocop.web.kit.errors.server_error"
