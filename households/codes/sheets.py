"""The village sheet: every household of a village with its number, its masked head, its code and a box to tick."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.progress import Progress, unseen
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record
from households.codes import pictures, selectors, tokens
from households.codes.groups import group_order
from households.identity.masking import masked_name

PRINTED = "codes.sheet_printed"


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet as PDF, its title, and how many codes are on it."""

    title: str
    pdf: bytes
    codes: int


@transaction.atomic
def village_sheet(village: Area, *, by: User) -> Opened:
    """Print the codes of a village and record it."""
    made = printed(village, by=by)
    record_printed(village, made, by=by)
    return Opened(iter([made.pdf]), f"{made.title}.pdf", PDF, len(made.pdf))


def printed(village: Area, *, by: User, progress: Progress = unseen) -> Printed:
    """Return the sheet of a village; households without a code are counted at its head, and left out.

    Refused where nobody has a code yet. Whoever hands it on records it (`record_printed`).
    """
    by.authority(Right.KEEP_CODES, village.code)
    content, codes = _content(village, by, progress)
    return Printed(content["title"], pdf.render("village_sheet", content), codes)


def record_printed(village: Area, made: Printed, *, by: User) -> None:
    """Write into the record who printed the codes of which village, and how many."""
    actor = by.authority(Right.KEEP_CODES, village.code)
    today = clock.today()
    details = {"codes": made.codes}
    record(Act(PRINTED, "area", village.code, today, today, area=village.code, details=details), by=actor)


def _content(village: Area, by: User, progress: Progress) -> tuple[dict[str, Any], int]:
    whole, _groups = selectors.progress(village, by)
    if not whole.with_code:
        raise Refused(_("No household here has a code yet: give codes out first."))
    rows = selectors.with_code(selectors.households_of(village, by), True).order_by("code", "pk")
    ordered = sorted(rows.iterator(chunk_size=2_000), key=lambda row: group_order(row.group_name))
    said = [_("Households with a code: %(count)d") % {"count": len(ordered)}]
    if missing := whole.households - len(ordered):
        said.append(_("Households without one, not on this sheet: %(count)d") % {"count": missing})
    content = {
        "title": _("Household codes of %(village)s") % {"village": village.name},
        "watermark": watermark(by, village.name),
        "said": said,
        "how": _(
            "Scanned by whoever works here it opens the household; everybody else reads the telephone of the "
            "township. A code says nothing of the household."
        ),
        "handed": _("handed over"),
        "groups": _grouped(_told(ordered, progress), village.code),
    }
    return content, len(ordered)


def _told(rows: list[Any], progress: Progress) -> Iterable[Any]:
    for number, row in enumerate(rows, start=1):
        yield row
        progress(number, len(rows))


def _grouped(rows: Iterable[Any], area: str) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    for number, row in enumerate(rows, start=1):
        if not groups or groups[-1]["name"] != row.group_name:
            groups.append({"name": row.group_name, "cards": []})
        head = selectors.head_name(row)
        groups[-1]["cards"].append(
            {
                "number": number,
                "code": row.code,
                "head": masked_name(head) if head else "",
                "svg": pictures.svg(tokens.household_address(area, row.codes_in_force[0].token)),
            }
        )
    return groups
