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
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.models import Case, Removal
from assistance.removal.evidence import Evidence
from foundation.accounts import clock
from foundation.regulations.book import Resolved
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.working_days import add_months

Way = Removal.Way

IDENTIFIED, INCOME, MEASURES = "removal_identified_months", "removal_income_months", "removal_measures"
NO_LABOUR, EXEMPT, CHECK_DAYS = "removal_excludes_no_labour", "removal_natural_exempt", "removal_check_days"
#: The answers of the check on the three guarantees and water, and what each is called.
GUARANTEES = {
    "house_safe": pgettext_lazy("removal", "dwelling"),
    "all_at_school": pgettext_lazy("removal", "schooling"),
    "all_insured": pgettext_lazy("removal", "medical insurance"),
    "water_safe": pgettext_lazy("removal", "drinking water"),
}
NAMES: dict[str, Any] = {
    "check": pgettext_lazy("removal", "House check (F12), signed"),
    "income": pgettext_lazy("removal", "Income above the line, and stable"),
    "income_now": pgettext_lazy("removal", "Income above the line"),
    "expense": pgettext_lazy("removal", "Large expenses settled"),
    "guarantees": pgettext_lazy("removal", "Three guarantees and drinking water"),
    "risks": pgettext_lazy("removal", "Risk gone, and none that is new"),
    "identified": pgettext_lazy("removal", "Long enough since the identification"),
    "measures": pgettext_lazy("removal", "Measures delivered"),
    "labour": pgettext_lazy("removal", "Somebody able to work"),
    "nobody_left": pgettext_lazy("removal", "Nobody left in the household"),
}


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
    known = Evidence(case, on or clock.today(), removal)
    if way == Way.NATURAL:
        return [nobody_left(known)] if not known.present else [guard(known) for guard in _NATURAL]
    return [guard(known) for guard in _ASSISTED]


def use_values(case: Case, on: datetime.date) -> None:
    """Note that somebody was judged by the area's figures of a day."""
    names = (IDENTIFIED, INCOME, MEASURES, NO_LABOUR, EXEMPT, CHECK_DAYS, "monitoring_line")
    mark_used(*(value(name, area=case.area_id, on=on) for name in names))


def check(known: Evidence) -> Guard:
    """There is a house check since the identification, not too old, signed by all who are asked to."""
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
    if known.unsigned:
        return Guard("check", False, "check_unsigned", facts)
    if visit.answers.get("way") == "not_yet":
        return Guard("check", False, "check_not_yet", facts)
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
    """The check found the old risk gone and no new one; no signal and no warning waits to be judged."""
    if known.check is None:
        return Guard("risks", False, "ask_check")
    if _said(known, "risks_gone") != "yes":
        return Guard("risks", False, "risks_stay")
    if _said(known, "new_risk") != "no":
        return Guard("risks", False, "risks_new")
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
    check, income_now, guarantees, risks, identified_or_exempt, labour,
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


SENTENCES: dict[str, Any] = {
    "ask_check": gettext_lazy("The house check for the removal says so: it is to be made first."),
    "check_none": gettext_lazy("No house check for a removal since the identification."),
    "check_asked_anew": gettext_lazy("Checked on %(day)s; a new check is asked for since %(since)s."),
    "check_old": gettext_lazy("Checked on %(day)s: older than %(days)s days, check again."),
    "check_unsigned": gettext_lazy("Checked on %(day)s; not signed by everybody yet."),
    "check_not_yet": gettext_lazy("Checked on %(day)s: the risk is not gone yet."),
    "check_there": gettext_lazy("Checked on %(day)s, signed."),
    "income_no_line": gettext_lazy("No monitoring line is in force here."),
    "income_none": gettext_lazy("No income was collected yet."),
    "income_below": gettext_lazy("%(net)s yuan per head on %(day)s: not above the line of today, %(line)s."),
    "income_above": gettext_lazy("%(net)s yuan per head on %(day)s, above the line of today, %(line)s."),
    "income_short": gettext_lazy(
        "%(net)s yuan per head on %(day)s; above the line of today (%(line)s) since %(since)s, asked are %(months)s "
        "months."
    ),
    "income_stable": gettext_lazy(
        "%(net)s yuan per head on %(day)s; every income collected since %(since)s lies above the line of today, "
        "%(line)s."
    ),
    "expense_none": gettext_lazy("No large expense."),
    "expense_settled": gettext_lazy("Large expenses are settled."),
    "expense_going_on": gettext_lazy("Large expenses go on."),
    "guarantees_lacking": gettext_lazy("Not kept: %(lacking)s."),
    "guarantees_kept": gettext_lazy("All four are kept."),
    "risks_stay": gettext_lazy("The risk of the identification is still there."),
    "risks_new": gettext_lazy("The check found a new risk."),
    "risks_open": gettext_lazy("To be judged first: new signals %(signals)s, open warnings %(warnings)s."),
    "risks_gone": gettext_lazy("The risk is gone, nothing new is known."),
    "identified_since": gettext_lazy("Identified %(since)s; asked are %(months)s months."),
    "identified_exempt": gettext_lazy("Natural removal is exempt from the months after identification."),
    "measures_none": gettext_lazy(
        "Nothing is recorded here: the township states what was delivered, and why."
    ),
    "measures_found": gettext_lazy(
        "Delivered: %(count)s (at least %(least)s), the last one %(name)s on %(day)s."
    ),
    "measures_stated": gettext_lazy("Stated by the township: %(count)s, the last one %(name)s on %(day)s."),
    "labour_not_asked": gettext_lazy("This area does not ask for it."),
    "labour_nobody": gettext_lazy(
        "Nobody is able to work: such a household is not marked, the safety net holds it."
    ),
    "labour_unknown": gettext_lazy("Nobody knows who is able to work: the check says it."),
    "labour_some": gettext_lazy("Able to work: %(able)s."),
    "nobody_left": gettext_lazy("The register has no member in this household any more."),
}
