"""The village sheet: every household of a village with its number, its masked head, its code and a box to tick."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record
from households.codes import pictures, selectors, tokens
from households.identity.masking import masked_name

PRINTED = "codes.sheet_printed"


@transaction.atomic
def village_sheet(village: Area, *, by: User) -> Opened:
    """Print the codes of a village; households without one are counted at its head, and left out."""
    actor = by.authority(Right.KEEP_CODES, village.code)
    content, count = sheet_content(village, by)
    today = clock.today()
    record(
        Act(PRINTED, "area", village.code, today, today, area=village.code, details={"codes": count}),
        by=actor,
    )
    made = pdf.render("village_sheet", content)
    return Opened(iter([made]), f"{content['title']}.pdf", PDF, len(made))


def sheet_content(village: Area, by: User) -> tuple[dict[str, Any], int]:
    """Return what the sheet shows, and how many codes; refused where there is none."""
    whole, _groups = selectors.progress(village, by)
    rows = selectors.with_code(selectors.households_of(village, by), True).order_by(
        "group_name", "code", "pk"
    )
    groups = _grouped(rows.iterator(chunk_size=2_000), village.code)
    if not whole.with_code:
        raise Refused(_("No household here has a code yet: give codes out first."))
    said = [_("Households with a code: %(count)d") % {"count": whole.with_code}]
    if whole.without_code:
        said.append(_("Households without one, not on this sheet: %(count)d") % {"count": whole.without_code})
    content = {
        "title": _("Household codes of %(village)s") % {"village": village.name},
        "watermark": watermark(by, village.name),
        "said": said,
        "how": _(
            "Scanned by whoever works here it opens the household; everybody else reads the telephone of the "
            "township. A code says nothing of the household."
        ),
        "handed": _("handed over"),
        "groups": groups,
    }
    return content, whole.with_code


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
