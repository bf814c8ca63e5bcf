"""How a delivery is named and coloured on lists and pages."""

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.desk.tables import Badge, Tone
from monitoring.models import Delivery
from monitoring.rhythm.expecting import Standing

_TONES: dict[str, Tone] = {
    "received": "action",
    "waiting": "soon",
    "accepted": "done",
    "failed": "overdue",
}
STANDING_TONES: dict[Standing, Tone] = {
    Standing.ON_TIME: "done",
    Standing.LATE: "soon",
    Standing.WAITING: "soon",
    Standing.MISSING: "overdue",
    Standing.DUE: "action",
    Standing.AHEAD: "plain",
}


def title_of(delivery: Delivery) -> str:
    """Name a delivery: the dataset and the period."""
    return f"{delivery.dataset.name} {delivery.period}"


def url_of(delivery: Delivery) -> str:
    """Return the address of a delivery's report."""
    return reverse("monitoring:delivery", args=[delivery.pk])


def badge_of(delivery: Delivery) -> Badge:
    """Return where a delivery stands, as a coloured word."""
    return Badge(delivery.state_label, _TONES.get(delivery.state, "plain"))


def share_of(part: int | None, whole: int | None) -> str:
    """Write what part of a whole something is: 12.5 %; nothing where there is no whole."""
    return "" if part is None or not whole else f"{part / whole * 100:.1f} %"


def rejected_of(delivery: Delivery) -> str:
    """Say how many rows were rejected, and what share of all."""
    if delivery.rows_rejected is None:
        return ""
    if not delivery.rows_rejected:
        return "0"
    return _("%(count)s (%(share)s)") % {
        "count": f"{delivery.rows_rejected:,}",
        "share": share_of(delivery.rows_rejected, delivery.rows_read),
    }
