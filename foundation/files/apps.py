"""App registration of files."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Attachments, their store and their retention."""

    name = "foundation.files"
    label = "files"
