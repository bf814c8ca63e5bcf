"""App registration of the workflow."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """Lifecycles, moves and paths."""

    name = "foundation.workflow"
    label = "workflow"
