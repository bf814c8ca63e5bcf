"""App registration of accounts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Areas, staff, postings and scope."""

    name = "foundation.accounts"
    label = "accounts"
    verbose_name = _("Areas and staff")
