"""Register the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HouseholdsConfig(AppConfig):
    """The register of households and residents."""

    name = "households"
    verbose_name = _("Register of households")
