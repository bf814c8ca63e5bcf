"""App registration of regulations."""

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    """Law as data, working days and clocks."""

    name = "foundation.regulations"
    label = "regulations"
