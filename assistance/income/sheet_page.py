"""What the page of a sheet shows that is no draft: items with sources, the worked sum, changes, versions, history."""

import datetime
from dataclasses import replace
from typing import Any

from django.utils.translation import pgettext

from assistance.income.confirming import worked_of
from assistance.income.rights import may_write
from assistance.income.words import fed_sentences, names_of, source_of, state_badge
from assistance.models import IncomeSheet
from assistance.page import title_of
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.workflow.offers import history, offers
from households.income.items import known_items
from households.income.rules import Rule, rule_for
from households.income.sentences import lines, members_sentence, rule_sentences
from households.models import Income


def page_of(sheet: IncomeSheet, user: User) -> dict[str, Any]:
    """Return the context of the page, for a sheet that was found through its scoped door."""
    day = sheet.confirmed_on or sheet.begun_on
    names = names_of(sheet.area_code, day)
    items = list(sheet.lines.select_related("by"))
    context: dict[str, Any] = {
        "sheet": sheet,
        "title": title_of(sheet.case),
        "badge": state_badge(sheet),
        "items": [(line, names.get(line.code, ""), source_of(line)) for line in items],
        "may_write": may_write(sheet.case, user),
        "offers": offers(sheet, user, ("drop", "withdraw")),
        "versions": [(row, state_badge(row)) for row in _versions(sheet, user)],
        "events": [
            (row.happened_on, _label(sheet, row.verb), row.get_role_display(), row.reason)
            for row in history(sheet)
        ],
        "changes": [
            (row, names.get(row.code, ""), fed_sentences(row.code, row.fed))
            for row in sheet.changes.select_related("answered_by")
        ],
        "sees_visit": sheet.visit_id is not None
        and user.holds(Right.VIEW_HOUSEHOLDS, sheet.area_code, of=sheet.case.household),
        "later_in_register": _later_in_register(sheet),
    }
    if sheet.confirmed_on and sheet.members:
        worked = worked_of(sheet, items, sheet.members, sheet.confirmed_on)
        context |= {
            "lines": list(lines(worked, known_items(sheet.area_code, day))),
            "members": members_sentence(sheet.members),
            "rule": list(rule_sentences(_rule(sheet.area_code, day))),
        }
    return context


def _rule(area: str, day: datetime.date) -> Rule:
    """Return the rule of a day without the period that checks look at: the sheet names its own."""
    rule = rule_for(area, day)
    return replace(rule, answers=tuple(each for each in rule.answers if each.subject.key != "income_period"))


def _versions(sheet: IncomeSheet, user: User) -> list[IncomeSheet]:
    """Return the other versions of the period that `user` sees, the newest first."""
    rows = IncomeSheet.objects.visible_to(user).filter(
        case=sheet.case_id, from_day=sheet.from_day, until_day=sheet.until_day
    )
    return list(rows.exclude(pk=sheet.pk).order_by("-number"))


def _later_in_register(sheet: IncomeSheet) -> bool:
    """Say whether somebody corrected in the register what this sheet stated there."""
    if sheet.state != "confirmed":
        return False
    return not Income.objects.filter(
        household=sheet.case.household_id, from_day=sheet.from_day, until_day=sheet.until_day,
        revision=sheet.revision_id,
    ).exists()  # fmt: skip


def _label(sheet: IncomeSheet, verb: str) -> str:
    return (
        pgettext("income", "begun")
        if verb == sheet.lifecycle.created
        else str(sheet.lifecycle.find(verb).label)
    )
