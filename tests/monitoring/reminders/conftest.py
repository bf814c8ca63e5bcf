"""Reminders come from comparisons: archive and snapshots in a folder of their own."""

from tests.monitoring.comparison.conftest import own_folders

__all__ = ["own_folders"]
