"""What must hold before a risk is marked removed: a small function for each, with its evidence (domain.md 5.8).

    for guard in guards_of(case, Way.ASSISTED): guard.holds, guard.said, guard.could

Figures are values of the area, asked on the day of the decision. A guard that fails says, where that can be known,
from which day on it could hold. Natural removal has a shorter list; a household of which nobody is left has one guard.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assistance.catalogue.book import named
from assistance.models import Case, Removal
from assistance.removal.evidence import Evidence
from assistance.removal.guard_words import GUARANTEES, NAMES, SENTENCES
from foundation.accounts import clock
from foundation.regulations.book import Resolved
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.working_days import add_months

Way = Removal.Way

IDENTIFIED, INCOME, MEASURES = "removal_identified_months", "removal_income_months", "removal_measures"
NO_LABOUR, EXEMPT, CHECK_DAYS = "removal_excludes_no_labour", "removal_natural_exempt", "removal_check_days"


@dataclass(frozen=True, slots=True)
class Guard:
    """One guard on a day: whether it holds, the sentence's key with its facts, and from when it could hold.

    `facts` are codes, days and amounts as text: they are kept with the removal and told again in any language.
    """

    code: str
    holds: bool
    why: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    could: datetime.date | None = None
    #: Where its reader may open the evidence (assistance.removal.evidence_links); never kept.
    url: str = ""

    @property
    def name(self) -> str:
        """What the guard asks."""
        return str(NAMES[self.code])

    @property
    def said(self) -> str:
        """The evidence in the reader's language."""
        facts = dict(self.facts)
        if "lacking" in facts:
            facts["lacking"] = "、".join(str(GUARANTEES[code]) for code in facts["lacking"])
        if self.why == "measures_found":
            facts["name"] = named(facts["name"])
        return str(SENTENCES[self.why]) % facts

    def kept(self) -> dict[str, Any]:
        """Return what is stored of it."""
        could = self.could.isoformat() if self.could else ""
        return {
            "code": self.code,
            "holds": self.holds,
            "why": self.why,
            "facts": dict(self.facts),
            "could": could,
        }


def of_kept(rows: list[dict[str, Any]]) -> list[Guard]:
    """Return guards as they were stored."""
    return [
        Guard(row["code"], row["holds"], row["why"], row["facts"],
              datetime.date.fromisoformat(row["could"]) if row["could"] else None)
        for row in rows
    ]  # fmt: skip


def guards_of(
    case: Case, way: str, on: datetime.date | None = None, removal: Removal | None = None
) -> list[Guard]:
    """Return every guard of a way of removal on a day (default: the business day)."""
    known = Evidence(case, on or clock.today(), removal, way)
    if way == Way.NATURAL:
        return [nobody_left(known)] if not known.present else [guard(known) for guard in _NATURAL]
    every = [guard(known) for guard in _ASSISTED]
    return every if known.present else [Guard("somebody_left", False, "somebody_nobody"), *every]


def guard_of_risks(removal: Removal, on: datetime.date | None = None) -> Guard | None:
    """Return the guard `risks` of a removal on a day; None where nobody is left, so that no risk is asked about."""
    known = Evidence(removal.case, on or clock.today(), removal, removal.way)
    return None if removal.way == Way.NATURAL and not known.present else risks(known)


def use_values(case: Case, on: datetime.date) -> None:
    """Note that somebody was judged by the area's figures of a day."""
    names = (IDENTIFIED, INCOME, MEASURES, NO_LABOUR, EXEMPT, CHECK_DAYS, "monitoring_line")
    mark_used(*(value(name, area=case.area_id, on=on) for name in names))


def check(known: Evidence) -> Guard:
    """There is a house check since the identification: not too old, of these members, signed, and for this way."""
    visit = known.check
    if visit is None:
        return Guard("check", False, "check_none")
    facts = {"day": str(visit.happened_on)}
    removal = known.removal
    if removal is not None and removal.recheck_since and visit.happened_on < removal.recheck_since:
        return Guard("check", False, "check_asked_anew", facts | {"since": str(removal.recheck_since)})
    days = _figure(known, CHECK_DAYS)
    began = removal.proposed_on if removal is not None else known.on
    if days is not None and visit.happened_on + datetime.timedelta(days) < began:
        return Guard("check", False, "check_old", facts | {"days": days})
    if known.is_of_others:
        return Guard("check", False, "check_others", facts)
    if known.unsigned:
        return Guard("check", False, "check_unsigned", facts)
    return _of_its_way(known, visit.answers.get("way"), facts)


def _of_its_way(known: Evidence, said: object, facts: Mapping[str, Any]) -> Guard:
    """The check says the way that is asked about: a natural end is judged by other guards than help that worked."""
    if said == "not_yet":
        return Guard("check", False, "check_not_yet", facts)
    if said == Way.NATURAL and known.way == Way.ASSISTED:
        return Guard("check", False, "check_says_natural", facts)
    if said == Way.ASSISTED and known.way == Way.NATURAL:
        return Guard("check", False, "check_says_assisted", facts)
    return Guard("check", True, "check_there", facts)


def income(known: Evidence) -> Guard:
    """Every income collected in the last months lies above the line of today, and the first of them long enough ago."""
    now, months = income_now(known), _figure(known, INCOME) or 0
    if not now.holds:
        return Guard("income", False, now.why, now.facts)
    since = known.incomes[0].day
    for each in known.incomes:
        if known.line is None or each.net <= known.line:
            break
        since = each.day
    could = add_months(since, months)
    facts = {**now.facts, "since": str(since), "months": months}
    if known.on < could:
        return Guard("income", False, "income_short", facts, could)
    return Guard("income", True, "income_stable", facts)


def income_now(known: Evidence) -> Guard:
    """The newest income lies above the monitoring line of the day of the decision."""
    if known.line is None:
        return Guard("income_now", False, "income_no_line")
    if not known.incomes:
        return Guard("income_now", False, "income_none")
    newest = known.incomes[0]
    facts = {"net": f"{newest.net:,.2f}", "day": str(newest.day), "line": f"{known.line:,.0f}"}
    if newest.net <= known.line:
        return Guard("income_now", False, "income_below", facts)
    return Guard("income_now", True, "income_above", facts)


def expense(known: Evidence) -> Guard:
    """Large expenses that cannot be avoided are settled, as the check says."""
    said = _said(known, "expense_settled")
    if said == "":
        return Guard("expense", False, "ask_check")
    return Guard("expense", said in ("none", "settled"), f"expense_{said}")


def guarantees(known: Evidence) -> Guard:
    """Dwelling, schooling, insurance and water are all kept, as the check says."""
    if known.check is None:
        return Guard("guarantees", False, "ask_check")
    lacking = [code for code in GUARANTEES if known.check.answers.get(code) != "yes"]
    if lacking:
        return Guard("guarantees", False, "guarantees_lacking", {"lacking": lacking})
    return Guard("guarantees", True, "guarantees_kept")


def risks(known: Evidence) -> Guard:
    """The check found the old risk gone and no new one; no changed fact, signal or warning waits to be judged."""
    if known.check is None:
        return Guard("risks", False, "ask_check")
    if _said(known, "risks_gone") != "yes":
        return Guard("risks", False, "risks_stay")
    if _said(known, "new_risk") != "no":
        return Guard("risks", False, "risks_new")
    if known.changes:
        return Guard("risks", False, "risks_changed", {"changes": known.changes})
    if known.open_risks or known.warnings:
        return Guard("risks", False, "risks_open", {"signals": known.open_risks, "warnings": known.warnings})
    return Guard("risks", True, "risks_gone")


def identified(known: Evidence) -> Guard:
    """Enough months lie between identification and removal: by day, by month where only the month is known."""
    months = _figure(known, IDENTIFIED) or 0
    since = known.identified_on.replace(day=1) if known.by_month else known.identified_on
    could = add_months(since, months)
    facts = {"since": f"{since:%Y-%m}" if known.by_month else str(since), "months": months}
    return Guard(
        "identified", known.on >= could, "identified_since", facts, None if known.on >= could else could
    )


def identified_or_exempt(known: Evidence) -> Guard:
    """The same for natural removal, which the area may exempt from it."""
    if value(EXEMPT, area=known.case.area_id, on=known.on).yes:
        return Guard("identified", True, "identified_exempt")
    return identified(known)


def measures(known: Evidence) -> Guard:
    """Enough measures were delivered; where nothing is recorded here, the township states it with its reason."""
    least = _figure(known, MEASURES) or 0
    found = [*known.delivered, *((each.measure, each.delivered_on) for each in known.stated)]
    if not found:
        return Guard("measures", least == 0, "measures_none", {"least": least})
    name, day = found[-1]
    facts = {"count": len(found), "least": least, "name": name, "day": str(day)}
    return Guard(
        "measures", len(found) >= least, "measures_found" if known.delivered else "measures_stated", facts
    )


def labour(known: Evidence) -> Guard:
    """A household without anybody able to work is not marked: the safety net holds it."""
    if not value(NO_LABOUR, area=known.case.area_id, on=known.on).yes:
        return Guard("labour", True, "labour_not_asked")
    if known.case.no_labour or known.able == 0:
        return Guard("labour", False, "labour_nobody")
    if known.able is None:
        return Guard("labour", False, "labour_unknown")
    return Guard("labour", True, "labour_some", {"able": known.able})


def nobody_left(known: Evidence) -> Guard:
    """The register has nobody in the household any more (整户自然减少)."""
    return Guard("nobody_left", not known.present, "nobody_left")


_ASSISTED: tuple[Callable[[Evidence], Guard], ...] = (
    check, income, expense, guarantees, risks, identified, measures, labour,
)  # fmt: skip
_NATURAL: tuple[Callable[[Evidence], Guard], ...] = (
    check, income_now, expense, guarantees, risks, identified_or_exempt, labour,
)  # fmt: skip


def _figure(known: Evidence, name: str) -> int | None:
    found: Resolved = value(name, area=known.case.area_id, on=known.on)
    return None if found.silent or found.amount is None else int(found.amount)


def _said(known: Evidence, code: str) -> str:
    return str(known.check.answers.get(code) or "") if known.check else ""


def failing(guards: list[Guard]) -> str:
    """Return one sentence that names the guards which do not hold, or an empty one."""
    lacking = [guard.name for guard in guards if not guard.holds]
    return _("Not held yet: %(guards)s.") % {"guards": "；".join(lacking)} if lacking else ""
