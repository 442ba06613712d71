from django.apps import AppConfig

from ocop.web import checks  # noqa: F401 (registers the checks)


class WebConfig(AppConfig):
    name = "ocop.web"
