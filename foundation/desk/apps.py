"""App registration of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages of areas, staff, postings and home."""

    name = "foundation.desk"
    label = "desk"
