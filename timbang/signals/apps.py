from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "timbang.signals"
    label = "signals"
    default_auto_field = "django.db.models.BigAutoField"
