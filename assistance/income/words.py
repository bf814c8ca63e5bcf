"""Items, lists and months of an income sheet in words."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from assistance.income.feeds import feeds_of, told
from assistance.models import IncomeLine, IncomeSheet
from foundation.desk.columns import Badge, Tone
from foundation.desk.punctuation import bracketed, semicolon
from foundation.regulations.units import in_language
from households.income.items import known_items
from monitoring.contracts.book import contracts

_TONES: dict[str, Tone] = {"draft": "soon", "confirmed": "done"}


def state_badge(sheet: IncomeSheet) -> Badge:
    """Return where a sheet stands, in a pill."""
    return Badge(sheet.state_label, _TONES.get(sheet.state, "plain"))


def names_of(area: str, on: datetime.date) -> dict[str, str]:
    """Return the names of the items of an area, by code."""
    return {item.code: item.name for item in known_items(area, on)}


def fed_sentences(code: str, parts: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say where an amount of the lists comes from: each list with its amount, its months, and how it was counted."""
    whys = {feed.dataset: feed.why for feed in feeds_of(code)}
    return [
        _("%(list)s: %(amount)s yuan, %(months)s. %(why)s")
        % {
            "list": list_name(part["dataset"]),
            "amount": f"{Decimal(part['amount']):,}",
            "months": _months(part),
            "why": whys.get(part["dataset"], ""),
        }
        for part in parts
    ]


def who_knows(code: str) -> list[str]:
    """Say of an item that no list has filled who would know it: the lists that carry it, or why a person says it."""
    if code in told():
        return [in_language(*told()[code])]
    lists = "、".join(list_name(feed.dataset) for feed in feeds_of(code))
    if not lists:
        return []
    return [_("Nothing for this household in the lists of the period: %(lists)s.") % {"lists": lists}]


def list_name(dataset: str) -> str:
    """Name the list of a dataset; its code where its contract is gone."""
    found = contracts().get(dataset)
    return found.name if found else dataset


def taken_sentence(sheet: IncomeSheet) -> str:
    """Say which sheet of an earlier case holds for a household that was identified again."""
    name = sheet.confirmed_by.name if sheet.confirmed_by else ""
    return _(
        "Taken over: the sheet of %(first)s – %(last)s, confirmed on %(day)s by %(name)s in the earlier case %(case)s "
        "of this household, holds for the period. It is not collected again; where life has changed since, begin a "
        "sheet of this case."
    ) % {
        "first": sheet.from_day, "last": sheet.until_day, "day": sheet.confirmed_on, "name": name,
        "case": sheet.case.number,
    }  # fmt: skip


def source_of(line: IncomeLine) -> str:
    """Say in a line where an amount comes from."""
    if line.source == IncomeLine.Source.FED:
        lists = "、".join(
            list_name(part["dataset"]) + bracketed(months_of(part["months"])) for part in line.fed
        )
        if line.amount != line.fed_amount:
            return _("corrected; the lists say %(amount)s yuan: %(lists)s") % {
                "amount": f"{line.fed_amount:,}", "lists": lists,
            }  # fmt: skip
        return lists
    if line.carried_on:
        return _("carried over, as of %(day)s") % {"day": line.carried_on}
    return str(line.get_source_display())


def months_of(months: Sequence[str]) -> str:
    """Write months (YYYY-MM) shortly: unbroken runs as from – to."""
    runs: list[list[str]] = []
    for month in months:
        if runs and _next(runs[-1][-1]) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return "、".join(run[0] if len(run) == 1 else f"{run[0]} – {run[-1]}" for run in runs)


def period_name(sheet: IncomeSheet) -> str:
    """Return what a sheet is called: its period, and its version where there are several."""
    name = f"{sheet.from_day} – {sheet.until_day}"
    if sheet.number == 1:
        return name
    return pgettext("income", "%(period)s, version %(number)d") % {"period": name, "number": sheet.number}


def _months(part: Mapping[str, Any]) -> str:
    count = len(part["months"])
    said = ngettext("%(months)s (%(count)d month)", "%(months)s (%(count)d months)", count) % {
        "months": months_of(part["months"]), "count": count,
    }  # fmt: skip
    if part.get("listed", 0) > count:
        said += semicolon() + _("lists of %(count)d months are there") % {"count": part["listed"]}
    return said


def _next(month: str) -> str:
    if len(month) != len("2026-01"):
        return ""
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02d}"
