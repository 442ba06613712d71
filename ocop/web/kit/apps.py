from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "ocop.web.kit"
