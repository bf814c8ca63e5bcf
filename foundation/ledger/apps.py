"""App registration of the ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The append-only record."""

    name = "foundation.ledger"
    label = "ledger"
