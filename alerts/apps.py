"""Register the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    """Alerts and the signals that they rest on."""

    name = "alerts"
    verbose_name = _("Warnings")
