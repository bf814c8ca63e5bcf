"""App registration of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Areas, staff, postings and scope."""

    name = "foundation.accounts"
    label = "accounts"
