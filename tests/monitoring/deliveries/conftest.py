"""Sealed files and the archive of each test lie in a folder of its own."""

from tests.monitoring.intake.conftest import own_folders

__all__ = ["own_folders"]
