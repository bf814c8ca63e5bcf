"""The village board on paper, to hang in the office or take to the meeting; printing it is recorded."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.board import wording
from assistance.board.next_days import NextDays
from assistance.board.selectors import board_rows, on_board
from assistance.board.wording import BoardWords
from assistance.models import Case
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.ledger.record import Act, record

PRINTED = "case.board_printed"


@transaction.atomic
def printed(village: Area, *, by: User) -> Opened:
    """Return the running and the looked after cases of a village on paper, and record who printed them.

    Refused where there is none.
    """
    actor = by.authority(Right.VIEW_CASES, village.code)
    rows = list(on_board(board_rows(by, village.code)).order_by("household__group_name", "pk"))
    if not rows:
        raise Refused(_("No case runs in this village: there is nothing to print."))
    today = clock.today()
    details = {"cases": len(rows)}
    record(Act(PRINTED, "area", village.code, today, today, area=village.code, details=details), by=actor)
    words, days = BoardWords(), NextDays(village.code)
    title = _("Village board of %(village)s") % {"village": village.name}
    content = pdf.render(
        "board",
        {
            "title": title,
            "watermark": watermark(by, village.name),
            "day": _("As of %(day)s, %(count)d cases") % {"day": today, "count": len(rows)},
            "heads": [
                _("Head of household"),
                _("Persons"),
                pgettext("case", "Risk in a sentence"),
                _("State"),
                pgettext("measure", "Measures"),
                pgettext("case", "Next day"),
                _("Last visit"),
            ],
            "rows": [_line(row, words, days) for row in rows],
        },
    )
    return Opened(iter([content]), f"{title}.pdf", PDF, len(content))


def _line(row: Case, words: BoardWords, days: NextDays) -> list[str]:
    due = wording.due_badge(row, days)
    waits = words.waits_for(row)
    return [
        f"{wording.head(row)}\n{row.household.group_name}".strip(),
        str(row.persons),  # type: ignore[attr-defined]
        words.risk(row),
        f"{row.state_label}\n{waits}".strip(),
        wording.help_told(row),
        str(due.label) if due else "",
        wording.visited(row),
    ]
