"""What an application carries over of a household: from the doorstep check, else from the register."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from foundation.regulations.lookup import value
from households.models import Household, Resident, Visit

#: Codes of the list labour_abilities that count as able to work, and of health_states.
_ABLE, _DISABLED, _ILL, _CHRONIC = frozenset({"1", "2", "3"}), "2", "3", "4"
_RECEIVED = frozenset({Resident.Aid.RURAL.value, Resident.Aid.URBAN.value})
_INCOMES = (("wages", 1), ("production", 1), ("production_cost", -1), ("property", 1), ("transfers", 1))
Item = dict[str, str]


def body_of(household: Household, visit: Visit | None, problems: Sequence[str]) -> dict[str, Any]:
    """Return everything that an application says of a household as plain values, without a name or a number."""
    members = list(household.residents.present().order_by("relation", "pk"))
    return {
        "schema": 1,
        "household": household.code,
        "members": [[each.pk, each.relation] for each in members],
        "counts": _counts(members, visit),
        "income": _income(household, visit),
        "problems": _items(household.area_id, problems),
        "visit": visit.pk if visit else None,
    }


def problems_of(visit: Visit | None) -> list[str]:
    """Return the codes of the risks that the doorstep check saw."""
    return list(visit.answers.get("risks") or ()) if visit else []


def words_of(visit: Visit | None) -> str:
    """Return what the doorstep check says in words of the household's difficulty: where an application begins."""
    if visit is None:
        return ""
    said = (visit.answers.get("found"), visit.answers.get("wishes"))
    return " ".join(str(each).strip() for each in said if each)


def risk_items(area: str) -> list[Item]:
    """Return the problems that can be chosen: the risk types, each with code, zh and en."""
    return value("risk_types", area=area).items


def _counts(members: Sequence[Resident], visit: Visit | None) -> dict[str, int]:
    answers: Mapping[str, Any] = visit.answers if visit else {}
    able = sum(each.labour in _ABLE for each in members)
    return {
        "members": len(members),
        "able": int(answers.get("able_to_work", able)),
        "pupils": sum(bool(each.school_stage) for each in members),
        "chronic": sum(_CHRONIC in each.health for each in members),
        "ill": sum(_ILL in each.health for each in members),
        "disabled": sum(_DISABLED in each.health for each in members),
        "dibao": sum(each.dibao in _RECEIVED for each in members),
        "tekun": sum(each.tekun in _RECEIVED for each in members),
    }


def _income(household: Household, visit: Visit | None) -> dict[str, str]:
    """Return the yearly net income with its source and day; empty where nobody knows it."""
    answers: Mapping[str, Any] = visit.answers if visit else {}
    stated = [
        (Decimal(str(answers[code])), sign) for code, sign in _INCOMES if answers.get(code) not in (None, "")
    ]
    if visit is not None and stated:
        total = sum((amount * sign for amount, sign in stated), Decimal(0))
        return _said(total, "visit", visit.happened_on)
    newest = household.incomes.order_by("-until_day").first()
    if newest is not None:
        return _said(newest.net_income, "register", newest.until_day)
    return {}


def _said(amount: Decimal, source: str, day: datetime.date) -> dict[str, str]:
    return {"net": f"{amount:.2f}", "source": source, "day": day.isoformat()}


def _items(area: str, codes: Sequence[str]) -> list[Item]:
    known = {each["code"]: each for each in risk_items(area)}
    return [{name: known[code][name] for name in ("code", "zh", "en")} for code in codes if code in known]
