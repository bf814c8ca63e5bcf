"""Register the app with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssistanceConfig(AppConfig):
    """Cases of households: enrolment, assistance, removal of the risk."""

    name = "assistance"
    verbose_name = _("Cases")
