"""The sheet for the wall (F7): exactly the masked lines, the days, and where to object."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from assistance.models import Notice, NoticeItem
from assistance.notices.drawing import note
from assistance.notices.lines import NoticeLine, Style, days_said, lines_on
from assistance.notices.posting import days_of
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from foundation.regulations.units import written
from households.codes import pictures


@transaction.atomic
def wall_sheet(notice: Notice, *, by: User) -> Opened:
    """Print a notice for the wall; that it was printed is on record.

    Its foot names the notice and nobody who printed it: it hangs in public. Before posting, the lines are those of
    today and the last day is that of a posting today.
    """
    actor = by.authority(Right.PREPARE_CASES, notice.area_id)
    if notice.cancelled_on is not None:
        raise Refused(_("This notice was given up."))
    with translation.override(settings.LANGUAGE_CODE):
        content = content_of(notice)
        if not content["rows"]:
            raise Refused(_("Nobody is on the list any more."))
        made = pdf.render("notice", content)
        title = content["title"]
    note("printed", notice, actor, {"lines": len(content["rows"])})
    return Opened(iter([made]), f"{title} {notice.area.name} {notice.pk}.pdf", PDF, len(made))


def content_of(notice: Notice) -> dict[str, Any]:
    """Return every word of the sheet."""
    rows = notice.items.filter(left_on__isnull=True)
    items = list(rows.select_related("case__household", "assessed__household").order_by("pk"))
    lines = _lines(notice, items)
    from_day, until, days = _period(notice)
    return {
        "title": _("Public notice"),
        "watermark": _("%(place)s · notice %(number)d") % {"place": notice.area.name, "number": notice.pk},
        "opening": _opening(items),
        "columns": [_("No."), _("Village or group"), _("Head of household"), _("Persons"), _("Category")],
        "rows": [
            [str(number), " ".join(part for part in (line.village, line.group) if part), line.name,
             str(line.persons), line.category or _("named by the township's review")]
            for number, line in enumerate(lines, start=1)
        ],
        "facts": [
            [_("Hangs"), _("posted %(day)s, then %(days)s, until the end of %(until)s")
             % {"day": from_day, "days": days, "until": until}],
            [_("Where to object"), notice.where],
            [_("Telephone"), notice.telephone],
            [_("How"), _("in writing, by telephone, in person, or by the code; with a name or without")],
        ],
        "code": pictures.svg(_address(notice)) if notice.area.level == Level.VILLAGE else "",
        "office": notice.area.name,
        "seal": _("(seal)"),
        "day": from_day,
    }  # fmt: skip


def _opening(items: list[NoticeItem]) -> str:
    """Say what the households of the list are proposed for."""
    assessed = sum(item.assessed_id is not None for item in items)
    if assessed == len(items):
        return _(
            "By the batch assessment and the democratic evaluation, the following is proposed for these households: "
            "who stays, who leaves in order, who becomes an object of monitoring. They are made public as prescribed; "
            "everybody may object."
        )
    if assessed:
        return _(
            "By the democratic evaluation, what stands beside each of the following households is proposed for it: "
            "that it becomes an object of monitoring against falling back into poverty, that its risk is removed, or "
            "the result of the batch assessment. They are made public as prescribed; everybody may object."
        )
    removals = sum(item.removal_id is not None for item in items)
    if not removals:
        return _(
            "By the democratic evaluation, the following households are proposed as objects of monitoring against "
            "falling back into poverty. They are made public as prescribed; everybody may object."
        )
    if removals == len(items):
        return _(
            "By the democratic evaluation, the following monitored households are proposed for the removal of their "
            "risk. They are made public as prescribed; everybody may object."
        )
    return _(
        "By the democratic evaluation, the following households are proposed as objects of monitoring against falling "
        "back into poverty, or, where it says so, for the removal of their risk. They are made public as prescribed; "
        "everybody may object."
    )


def _lines(notice: Notice, items: list[NoticeItem]) -> list[NoticeLine]:
    if notice.posted:
        return [
            NoticeLine(item.village, item.group_name, item.name_wall, item.persons or 0, item.category)
            for item in items
        ]
    found = lines_on(items, Style.WALL)
    return [found[item.pk] for item in items]


def _period(notice: Notice) -> tuple[str, str, str]:
    """Return the day of posting, the last day, and the number of days in words."""
    if notice.posted_on is not None and notice.until is not None:
        return str(notice.posted_on), str(notice.until), days_said(notice)
    today = clock.today()
    rule, last = days_of(notice, today)
    return str(today), str(last.day), written(rule.amount or Decimal(0), rule.unit)


def _address(notice: Notice) -> str:
    return f"{settings.SHOUWANG_ADDRESS.rstrip('/')}{reverse('public_notices', args=[notice.area_id])}"
