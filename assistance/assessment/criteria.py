"""The criteria of an assessment: a small function for each, from what is known to an answer with its evidence.

    answer = ask(criterion, known)      # answer.answer is "yes", "no" or "unknown"

What is missing is unknown: never a silent zero, and never a reason to leave or to become an object.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assistance.assessment.facts import Known
from assistance.assessment.rule import Criterion
from assistance.assessment.words import ANSWERS, EVIDENCE, SENTENCES
from foundation.accounts import clock
from foundation.regulations.working_days import add_months
from households.ages import age
from households.income.calculator import work_out
from households.income.rules import rule_for
from households.models import Household, Income, Resident, Standing

YES, NO, UNKNOWN = "yes", "no", "unknown"
#: Codes of labour_abilities that count as able to work.
_ABLE = frozenset({"1", "2", "3"})
#: Codes of school_stages before school begins.
_BEFORE_SCHOOL = frozenset({"01", "02"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the sentence's key with its facts (codes, counts, amounts as text), where from, and of which day."""

    code: str
    answer: str
    why: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    evidence: str = "register"
    day: datetime.date | None = None

    @property
    def said(self) -> str:
        """The evidence in the reader's language."""
        facts = dict(self.facts)
        if "kinds" in facts:
            facts["kinds"] = "、".join(str(Standing.Kind(kind).label) for kind in facts["kinds"])
        return str(SENTENCES[self.why]) % facts

    @property
    def word(self) -> str:
        """The answer in the reader's language."""
        return str(ANSWERS[self.answer])

    @property
    def source(self) -> str:
        """Where the fact stands."""
        return str(EVIDENCE[self.evidence])

    def kept(self) -> dict[str, Any]:
        """Return what is stored of it."""
        return {
            "code": self.code, "answer": self.answer, "why": self.why, "facts": dict(self.facts),
            "evidence": self.evidence, "day": self.day.isoformat() if self.day else "",
        }  # fmt: skip


def of_kept(rows: list[dict[str, Any]]) -> list[Answer]:
    """Return answers as they were stored."""
    return [
        Answer(row["code"], row["answer"], row["why"], row["facts"], row["evidence"],
               datetime.date.fromisoformat(row["day"]) if row["day"] else None)
        for row in rows
    ]  # fmt: skip


def ask(criterion: Criterion, known: Known) -> Answer:
    """Return the answer of one household to one criterion."""
    return _ASKED[criterion.code](criterion, known)


def _income(criterion: Criterion, known: Known) -> Answer:
    return _against(criterion, known, lambda row: row.net_per_head, "income")


def _expense(criterion: Criterion, known: Known) -> Answer:
    return _against(criterion, known, lambda row: row.reference_per_head, "expense")


def _own_income(criterion: Criterion, known: Known) -> Answer:
    row = _newest(criterion, known)
    if row is not None and not row.parts:
        return Answer(criterion.code, UNKNOWN, "own_unknown", {}, "income", row.until_day)
    return _against(criterion, known, lambda row: _without_transfers(row, known), "own")


def _against(criterion: Criterion, known: Known, amount: Callable[[Income], Decimal], word: str) -> Answer:
    """Hold an amount of the newest income against the line of the day; it must lie above, not on it."""
    row = _newest(criterion, known)
    if row is None:
        return Answer(criterion.code, UNKNOWN, "income_none", dict(criterion.figures), "income")
    if known.line is None:
        return Answer(criterion.code, UNKNOWN, "no_line", {}, "values")
    found = amount(row)
    facts = {"net": f"{found:,.2f}", "line": f"{known.line:,.0f}", "day": str(row.until_day)}
    above = found > known.line
    why = f"{word}_{'above' if above else 'below'}"
    return Answer(criterion.code, YES if above else NO, why, facts, "income", row.until_day)


def _newest(criterion: Criterion, known: Known) -> Income | None:
    """Return the newest income, unless it ended before the months that the rule looks back."""
    oldest = add_months(known.day, -criterion.figures["months"])
    row = known.incomes[0] if known.incomes else None
    return row if row is not None and row.until_day >= oldest else None


def _without_transfers(row: Income, known: Known) -> Decimal:
    earned = {code: amount for code, amount in row.amounts.items() if not code.startswith("D")}
    rule = rule_for(known.household.area_id, row.as_of)
    return work_out(earned, row.members, rule).net_per_head.amount


def _stable(criterion: Criterion, known: Known) -> Answer:
    """The newest incomes in a row lie above the line of the day, and the first of them long enough ago."""
    if known.line is None or known.stable_months is None:
        return Answer(criterion.code, UNKNOWN, "no_line", {}, "values")
    if not known.incomes:
        return Answer(criterion.code, UNKNOWN, "income_none", {"months": known.stable_months}, "income")
    newest = known.incomes[0]
    if newest.net_per_head <= known.line:
        return Answer(criterion.code, NO, "stable_below", {}, "income", newest.until_day)
    since = newest.until_day
    for row in known.incomes:
        if row.net_per_head <= known.line:
            break
        since = row.until_day
    could = add_months(since, known.stable_months)
    facts = {"since": str(since), "months": known.stable_months, "could": str(could)}
    if known.day < could:
        return Answer(criterion.code, NO, "stable_short", facts, "income", newest.until_day)
    return Answer(criterion.code, YES, "stable_since", facts, "income", newest.until_day)


def _labour(criterion: Criterion, known: Known) -> Answer:
    if not known.people:
        return Answer(criterion.code, UNKNOWN, "nobody")
    able = sum(each.labour in _ABLE for each in known.people)
    if able:
        return _of_people(criterion, known, YES, "labour_some", able, "labour")
    unsaid = sum(not each.labour for each in known.people)
    if unsaid:
        return _of_people(criterion, known, UNKNOWN, "labour_unknown", unsaid, "labour")
    return _of_people(criterion, known, NO, "labour_none", 0, "labour")


def _work(criterion: Criterion, known: Known) -> Answer:
    said = [each.work_months for each in known.people if each.work_months is not None]
    if not said:
        return Answer(criterion.code, UNKNOWN, "work_unknown")
    enough = max(said) >= criterion.figures["months"]
    facts = {"count": max(said), "months": criterion.figures["months"]}
    day = _day_of(known.people, "work_months")
    return Answer(
        criterion.code, YES if enough else NO, "work_some" if enough else "work_less", facts, day=day
    )


def _schooling(criterion: Criterion, known: Known) -> Answer:
    ages = [(each, age(each.born_on, known.day)) for each in known.people]
    first, last = criterion.figures["first_age"], criterion.figures["last_age"]
    children = [each for each, years in ages if years is not None and first <= years <= last]
    out = sum(each.school_stage in _BEFORE_SCHOOL for each in children)
    if out:
        return _of_people(criterion, known, NO, "school_not", out, "school_stage")
    unsaid = sum(not each.school_stage for each in children) + sum(years is None for _each, years in ages)
    if unsaid:
        return _of_people(criterion, known, UNKNOWN, "school_unknown", unsaid, "school_stage")
    if not known.people:
        return Answer(criterion.code, UNKNOWN, "nobody")
    if not children:
        return Answer(criterion.code, YES, "no_children")
    return _of_people(criterion, known, YES, "school_all", len(children), "school_stage")


def _insurance(criterion: Criterion, known: Known) -> Answer:
    if not known.people:
        return Answer(criterion.code, UNKNOWN, "nobody")
    without = sum(each.insured is False for each in known.people)
    if without:
        return _of_people(criterion, known, NO, "insured_not", without, "insured")
    unsaid = sum(each.insured is None for each in known.people)
    if unsaid:
        return _of_people(criterion, known, UNKNOWN, "insured_unknown", unsaid, "insured")
    return _of_people(criterion, known, YES, "insured_all", len(known.people), "insured")


def _dwelling(criterion: Criterion, known: Known) -> Answer:
    grade = known.household.house_grade
    day = _day(known.household, "house_grade")
    if grade not in Household.Grade.values:
        return Answer(criterion.code, UNKNOWN, "grade_unknown")
    if grade in ("A", "B"):
        return Answer(criterion.code, YES, "grade_safe", {"grade": grade}, day=day)
    return Answer(criterion.code, NO, "grade_unsafe", {"grade": grade}, day=day)


def _water(criterion: Criterion, known: Known) -> Answer:
    said = known.household.water_safe
    if said is None:
        return Answer(criterion.code, UNKNOWN, "water_unknown")
    day = _day(known.household, "water_safe")
    return Answer(criterion.code, YES if said else NO, "water_safe" if said else "water_unsafe", day=day)


def _risks(criterion: Criterion, known: Known) -> Answer:
    if known.warnings or known.signals:
        facts = {"warnings": known.warnings, "signals": known.signals}
        return Answer(criterion.code, NO, "risks_open", facts, "warnings", clock.today())
    return Answer(criterion.code, YES, "risks_none", {}, "warnings", clock.today())


def _safety_net(criterion: Criterion, known: Known) -> Answer:
    if known.net:
        return Answer(criterion.code, NO, "net_some", {"kinds": list(known.net)}, "lists", known.day)
    unsaid = sum(not each.dibao or not each.tekun for each in known.people)
    if unsaid or not known.people:
        return Answer(criterion.code, UNKNOWN, "net_unknown", {"count": unsaid}, "lists")
    return Answer(criterion.code, YES, "net_none", {}, "lists", known.day)


def _measures(criterion: Criterion, known: Known) -> Answer:
    if known.case is None:
        return Answer(criterion.code, UNKNOWN, "helped_unknown", {}, "case")
    since = add_months(known.day, -criterion.figures["months"])
    found = [each for each in known.landed if each[1] >= since]
    if not found:
        return Answer(criterion.code, NO, "helped_not", dict(criterion.figures), "case", known.day)
    name, day = found[-1]
    return Answer(
        criterion.code, YES, "helped", {"count": len(found), "day": str(day), "name": name}, "case", day
    )


def _of_people(
    criterion: Criterion, known: Known, answer: str, why: str, count: int, field_name: str
) -> Answer:
    return Answer(criterion.code, answer, why, {"count": count}, day=_day_of(known.people, field_name))


def _day(row: Household | Resident, name: str) -> datetime.date:
    """Return of which day a field is: its own source's, else the row's."""
    own = row.field_sources.get(name)
    return datetime.date.fromisoformat(own[1]) if own else row.source_day


def _day_of(people: Any, name: str) -> datetime.date | None:
    """Return the oldest day that a field of the members is of: no answer is newer than its oldest part."""
    return min((_day(each, name) for each in people), default=None)


_ASKED: Mapping[str, Callable[[Criterion, Known], Answer]] = {
    "income": _income,
    "stable": _stable,
    "expense": _expense,
    "own_income": _own_income,
    "labour": _labour,
    "work": _work,
    "schooling": _schooling,
    "insurance": _insurance,
    "dwelling": _dwelling,
    "water": _water,
    "risks": _risks,
    "safety_net": _safety_net,
    "measures": _measures,
}
