"""Papers of a meeting: the sheet for tonight with the code that opens the entry of votes, and the minutes (F6)."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.evaluations import hall, selectors
from assistance.evaluations.calling import note
from assistance.evaluations.rules import rules_of
from assistance.models import Evaluation, EvaluationItem
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.watermark import watermark
from foundation.files import pdf
from foundation.files.content import PDF
from foundation.files.looking import Opened
from households.codes import pictures


def sheet(evaluation: Evaluation, *, by: User) -> Opened:
    """Print the sheet for the meeting: the households, empty boxes for the votes, and the code for one phone."""
    return _printed(evaluation, by, blank=True)


def minutes(evaluation: Evaluation, *, by: User) -> Opened:
    """Print the minutes (民主评议会议记录) with the votes as they stand."""
    return _printed(evaluation, by, blank=False)


@transaction.atomic
def _printed(evaluation: Evaluation, by: User, *, blank: bool) -> Opened:
    actor = by.authority(Right.VIEW_CASES, evaluation.area_id)
    note("printed", evaluation, actor, {"paper": "sheet" if blank else "minutes"})
    with translation.override(settings.LANGUAGE_CODE):
        title = (
            _("Sheet of the democratic evaluation") if blank else _("Minutes of the democratic evaluation")
        )
        content = _content(evaluation, by, title, blank=blank)
        made = pdf.render("meeting", content)
    return Opened(iter([made]), f"{title} {evaluation.area.name} {evaluation.meets_on}.pdf", PDF, len(made))


def _content(evaluation: Evaluation, by: User, title: str, *, blank: bool) -> dict[str, Any]:
    items = [item for item in selectors.items_of(evaluation, by) if item.result != EvaluationItem.Result.LEFT]
    kin = selectors.of_staff(items)
    return {
        "title": title,
        "watermark": watermark(by, evaluation.area.name),
        "facts": _facts(evaluation),
        "code": pictures.svg(hall.address_of(evaluation)) if blank and evaluation.open else "",
        "how": _(
            "For one phone in the hall: scan, sign in, enter the votes. The code is valid for %(hours)d hours."
        )
        % {"hours": hall.HOURS},
        "columns": [
            _("No."), _("Household"), _("Withdrew"), pgettext("evaluation", "Agree"),
            pgettext("evaluation", "Against"), pgettext("evaluation", "Abstain"), _("Result"),
        ],
        "rows": [_row(number, item, item.pk in kin, blank) for number, item in enumerate(items, start=1)],
        "said_heading": _("Questions and answers"),
        "said": [] if blank else [_said(item) for item in items if item.questions],
        "minutes_heading": _("Minutes"),
        "minutes": "" if blank else evaluation.minutes,
        "signatures": [_("Led the meeting"), _("Kept the record"), _("For the representatives")],
    }  # fmt: skip


def _facts(evaluation: Evaluation) -> list[list[str]]:
    when = f"{evaluation.meets_on}" + (f" {evaluation.meets_at:%H:%M}" if evaluation.meets_at else "")
    came = "" if evaluation.came is None else str(evaluation.came)
    facts = [
        [_("Village"), evaluation.area.name],
        [_("Time and place"), f"{when} · {evaluation.place}"],
        [_("Meeting"), evaluation.get_meeting_display()],
        [_("Must come / came"), f"{evaluation.must_come} / {came or '____'}"],
        [_("Led the meeting"), evaluation.chair or "____________"],
        [_("Kept the record"), evaluation.recorder or "____________"],
        [_("Passes with"), "；".join(rules_of(evaluation).sentences())],
    ]
    if evaluation.meeting_reason:
        facts.insert(3, [_("Why this meeting"), evaluation.meeting_reason])
    return facts


def _row(number: int, item: EvaluationItem, kin: bool, blank: bool) -> list[str]:
    who = selectors.head_name(item)
    where = " · ".join(part for part in (item.household.group_name, item.household.code) if part)
    marked = f"\n{_('relative of staff')}" if kin else ""
    votes = ["", "", "", "", ""]
    if not blank and item.voted:
        withdrew = f"{item.withdrew}" + (f" ({item.withdrew_who})" if item.withdrew_who else "")
        votes = [withdrew, str(item.agree), str(item.against), str(item.abstain), item.get_result_display()]
    leaves = f"\n{_('removal of the risk')}" if item.removal_id else ""
    if item.assessed is not None:
        leaves = f"\n{pgettext('assessment', 'Batch assessment')}：{item.assessed.get_result_display()}"
    return [str(number), f"{who}\n{where}{leaves}{marked}", *votes]


def _said(item: EvaluationItem) -> list[str]:
    return [selectors.head_name(item), item.questions]
