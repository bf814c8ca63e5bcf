"""Cases of small families of which no data check says anything, unless a test says otherwise. The day: 4 Nov 2026."""

import datetime
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from assistance.models import AidRecord, Case, Conclusion, Measure, Plan, Removal
from foundation.accounts.models import User
from households.models import Household, Questionnaire, Resident, Standing, Visit
from tests.households.quality.made import DAY, family, person, watched
from tests.people import VILLAGE

#: The four answers of a check that finds everything in order.
SOUND = {"house_safe": "yes", "all_at_school": "yes", "all_insured": "yes", "water_safe": "yes"}
SINCE = datetime.date(2026, 10, 20)
_numbers = count(1)


@dataclass(frozen=True)
class Gone:
    """A removal that is announced: the day, the way, what the check found, and what else stands in its row."""

    on: datetime.date = datetime.date(2026, 10, 30)
    way: str = "assisted"
    answers: dict[str, str] | None = field(default_factory=lambda: dict(SOUND))
    net: str = "11,700.00"
    fields: dict[str, Any] = field(default_factory=dict)


def held(
    *people: Any,
    code: str = "",
    since: datetime.date = SINCE,
    risks: tuple[str, ...] = ("01",),
    words: tuple[str, ...] = ("健康帮扶",),
    looked: dict[str, str] | None = SOUND,
    gone: Gone | None = None,
    area: str = VILLAGE,
    concluded: dict[str, Any] | None = None,
    **fields: Any,
) -> Case:
    """Return a case: `words` are the measures of the old list, `looked` the answers of a check at its beginning."""
    number = next(_numbers)
    until = str(gone.on) if gone else None
    standing_of = watched(str(since), until, risk_types=list(risks), measures=list(words),
                          **({"removal_way": gone.way} if gone else {}))  # fmt: skip
    home = family(
        code or f"SJ{number:04d}",
        *(people or (person(labour="3", health=["3"]),)),
        area=area,
        case=standing_of,
    )
    usual = {
        "state": "removed" if gone else "enrolled", "origin": "alert", "opened_on": since, "first_clue_on": since,
        "area_id": area, "category": "marginal", "decided_on": since, "risk_types": list(risks),
        "standing": Standing.objects.get(household=home, resident=None),
    }  # fmt: skip
    case: Case = Case.objects.create(household=home, **usual | fields)
    if looked is not None:
        visit(home, since, looked)
    if concluded is not None:
        conclude(case, **concluded)
    if gone:
        remove(case, gone)
    return case


def visit(home: Household, day: datetime.date, answers: dict[str, str]) -> Visit:
    """Return a visit as a row, by the form of its day; one from before the platform by the first version."""
    versions = Questionnaire.objects.filter(code="removal_check")
    asked = versions.filter(from_day__lte=day).order_by("-version").first() or versions.earliest("version")
    made: Visit = Visit.objects.create(
        household=home, area_id=home.area_id, happened_on=day, entered_on=day,
        entered_by=User.objects.built_in("shell"), way="home", outcome="met", latitude=34.1, longitude=113.9,
        questionnaire=asked, answers=answers, state="recorded",
        digest="0" * 64,
    )  # fmt: skip
    return made


def conclude(case: Case, **fields: Any) -> Conclusion:
    """Write down what the county decided."""
    usual = {"day": SINCE, "category": "marginal", "risk_types": case.risk_types, "level": "middle",
             "by": User.objects.built_in("shell"), "confirmed_on": SINCE}  # fmt: skip
    return Conclusion.objects.create(case=case, **usual | fields)


def remove(case: Case, gone: Gone) -> Removal:
    """Mark the removal of a case, as its announcement would."""
    check = visit(case.household, gone.on, gone.answers) if gone.answers is not None else None
    facts = {"net": gone.net, "day": str(gone.on), "line": "8,800"} if gone.net else {}
    guards = [{"code": "income", "holds": True, "why": "income_stable", "facts": facts, "could": ""}]
    usual = {
        "way": gone.way, "why": "稳定", "contact_name": "贺立冬", "contact_phone": "13800000000", "visit": check,
        "guards": guards, "decided_guards": guards, "proposed_on": gone.on, "decided_on": gone.on,
        "removed_on": gone.on,
        "natural_reason": "died" if gone.way == "natural" else "", "state": "removed",
    }  # fmt: skip
    made: Removal = Removal.objects.create(case=case, **usual | gone.fields)
    return made


def measure(case: Case, code: str, kind: str, *, member: int | None = None, **fields: Any) -> Case:
    """Let a measure have landed two weeks ago, for a member by place or the household; return the case."""
    day = DAY - datetime.timedelta(days=14)
    usual = {
        "state": "landed", "name": code, "ticked_on": day, "asked_on": day, "landed_on": day,
        "ticked_by": User.objects.built_in("shell"), "resident": who(case, member) if member is not None else None,
    }  # fmt: skip
    Measure.objects.create(case=case, code=code, kind=kind, **usual | fields)
    return case


def aided(case: Case, code: str, kind: str, *, member: int | None = None, **fields: Any) -> Case:
    """Let aid be recorded two weeks ago, 300 yuan once, for a member by place or the household; return the case."""
    day = DAY - datetime.timedelta(days=14)
    usual = {
        "state": "recorded", "name": code, "per": "once", "landed_on": day, "amount": 300, "recorded_on": day,
        "recorded_by": User.objects.built_in("shell"), "touched_on": day,
        "resident": who(case, member) if member is not None else None,
    }  # fmt: skip
    AidRecord.objects.create(case=case, code=code, kind=kind, **usual | fields)
    return case


def who(case: Case, number: int) -> Resident:
    """Return a member by place."""
    return Resident.objects.filter(household=case.household_id).order_by("pk")[number]


def excused(case: Case) -> Case:
    """Let the approved plan say why there is no development measure; return the case."""
    Plan.objects.create(
        case=case, number=1, state="approved", no_development="照料病人", revisit_on=DAY, made_on=SINCE,
        made_by=User.objects.built_in("shell"),
    )  # fmt: skip
    return case
