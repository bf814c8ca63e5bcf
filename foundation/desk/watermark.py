"""The line that every export, print and shared file carries: who took it out, when, and from where (safety.md L49)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.accounts.clock import SHANGHAI
from foundation.accounts.models import User


def watermark(user: User, area: str) -> str:
    """Return the line; the time is real, not the business day, because the paper leaves the platform now."""
    now = timezone.localtime(timezone=SHANGHAI)
    return _("%(name)s (%(login)s) · %(area)s · %(moment)s") % {
        "name": user.name,
        "login": user.username,
        "area": area,
        "moment": f"{now:%Y-%m-%d %H:%M}",
    }
