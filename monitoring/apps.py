"""Register the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    """Departmental data and what is found in it."""

    name = "monitoring"
    verbose_name = _("Departmental data")
