from django.apps import AppConfig
from django.conf import settings

from timbang.registry import places


class RegistryConfig(AppConfig):
    name = "timbang.registry"
    label = "registry"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Regions that only this installation knows stand with its tables."""
        places.take_in(settings.TABLES / places.OWN_FILE)
