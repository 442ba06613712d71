"""Addresses of the records' screens, and of every stored file."""

from django.urls import path, re_path

from ocop.web.desk.records.views import audit, deliveries, files

urlpatterns = [
    path("nhat-ky/", audit.entries, name="audit"),
    path("nhat-ky/kiem-tra/", audit.check, name="audit_check"),
    path("nhat-ky/<int:n>/", audit.entry, name="audit_entry"),
    path("nhat-ky-doc/", audit.access_log, name="access_log"),
    path("thong-bao-treo/", deliveries.parked, name="deliveries"),
    path("thong-bao-treo/<int:delivery_id>/", deliveries.retry, name="delivery_retry"),
]

# Outside /viec/, included by config.urls under the namespace "files".
file_urlpatterns = [
    path("tep/<slug:key>", files.private_file, name="file"),
    re_path(r"^anh/(?P<key>[0-9a-f]{32})-(?P<width>[1-9][0-9]{0,4})\.(?P<image_format>webp|avif)$", files.photo, name="photo"),
]
