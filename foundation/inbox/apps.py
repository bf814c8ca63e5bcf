"""App registration of the inbox."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Notices, preferences, digest and outgoing messages."""

    name = "foundation.inbox"
    label = "inbox"
