"""App registration of jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long work as rows."""

    name = "foundation.jobs"
    label = "jobs"
