"""Photos of a visit: the picture as it came is kept, and a copy with number, place, time and name burnt in (水印)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.accounts.roles import Right
from foundation.files.content import PICTURES
from foundation.files.owners import AttachmentOwner, FileKind
from households.models import Visit

#: Where no value holds (regulations: visit_photo_retention).
_FIVE_YEARS = 1827

PHOTO = FileKind(
    "photo",
    pgettext_lazy("visit", "photo on the spot"),
    keep_days=_FIVE_YEARS,
    accepts=PICTURES,
    kept_by="visit_photo_retention",
    keeps_original=True,
    stamped=True,
)
PAPER = FileKind(
    "paper",
    gettext_lazy("paper of the visit"),
    keep_days=_FIVE_YEARS,
    kept_by="visit_photo_retention",
    keeps_original=True,
)


def _closed(visit: Visit) -> str:
    return "" if visit.counts else _("This visit was annulled: its photos stay as they were.")


def _stamp(visit: Visit) -> tuple[str, ...]:
    """Return number of the household, village, day and place of the visit."""
    where = () if visit.latitude is None else (f"{visit.latitude:.6f}, {visit.longitude:.6f}",)
    return visit.household.code, visit.area.name, _("visit of %(day)s") % {"day": visit.happened_on}, *where


PHOTOS = AttachmentOwner(
    model=Visit,
    route="visit",
    kinds=(PHOTO, PAPER),
    view_right=Right.VIEW_HOUSEHOLDS,
    attach_right=Right.VISIT_HOUSEHOLDS,
    title=lambda visit: (
        _("Visit to %(code)s on %(day)s") % {"code": visit.household.code, "day": visit.happened_on}
    ),
    url=lambda visit: reverse("households:visit", args=[visit.pk]),
    stamp=_stamp,
    closed=_closed,
    goes_with=lambda visit: visit.household,
    namespace="households",
)
