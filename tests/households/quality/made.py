"""Small families of which nothing is doubted, unless a test says otherwise."""

import datetime
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count
from typing import Any

from foundation.accounts import clock
from foundation.accounts.models import User
from households.models import (
    Household,
    Identity,
    Income,
    QualityCount,
    QualityFinding,
    Resident,
    Revision,
    Standing,
)
from households.quality.checking import Checked, check_area
from tests.people import COUNTY, VILLAGE

DAY = datetime.date(2026, 11, 4)
_numbers = count(1)


@dataclass(frozen=True)
class Person:
    """A member: whatever is not said here is without doubt. `known` False: no ID number."""

    relation: str = "01"
    age: int = 40
    known: bool = True
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Watched:
    """A standing as a monitored object; `until` and `way` where the risk was removed."""

    since: str | None = "2026-10-05"
    until: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)


def person(relation: str = "01", *, age: int = 40, known: bool = True, **fields: Any) -> Person:
    """Describe a member."""
    return Person(relation, age, known, fields)


def watched(since: str | None = "2026-10-05", until: str | None = None, **fields: Any) -> Watched:
    """Describe a monitored object: ill, helped with health and work, taken in with 6,000 yuan."""
    return Watched(since, until, fields)


def family(
    code: str,
    *people: Person,
    area: str = VILLAGE,
    case: Watched | None = None,
    lifted_out: bool = False,
    earned: dict[str, str] | None = None,
    **fields: Any,
) -> Household:
    """Make a household with a head of 40, or with `people`.

    `case` makes it a monitored object, `earned` states items of income.
    """
    act = revision()
    stated = {"source": act.kind, "source_day": act.as_of, "revision": act}
    sound: dict[str, Any] = {
        "net_income_per_head": 12000,
        "house_grade": "A",
        "water_safe": True,
        "phone": identity("phone"),
    }
    made = Household.objects.create(code=code, area_id=area, **stated, **sound | fields)
    for each in people or (person(),):
        _member(made, each, stated)
    if lifted_out:
        Standing.objects.create(household=made, kind="lifted_out", basis=act.kind, revision=act)
    if case:
        _watch(made, case, act)
    if earned is not None:
        _earn(made, earned, act)
    return made


def identity(kind: str = "id") -> Identity:
    """Make a sealed number of its own."""
    return Identity.objects.create(kind=kind, token_a=uuid.uuid4(), sealed=b"sealed")


def revision() -> Revision:
    """Return an act that writes to the register."""
    found = Revision.objects.filter(file_sha256="made").first()
    return found or Revision.objects.create(
        kind="register_file",
        by=User.objects.built_in("shell"),
        as_of=DAY,
        entered_on=DAY,
        file_sha256="made",
    )


def checked(area: str = COUNTY) -> Checked:
    """Check an area in the name of the shell."""
    return check_area(area, by=User.objects.built_in("shell"))


def doubts(area: str = COUNTY) -> dict[str, set[str]]:
    """Return the rules that are open, by household number."""
    found: dict[str, set[str]] = {}
    for row in QualityFinding.objects.open().filter(area__code__startswith=area).select_related("household"):
        found.setdefault(row.household.code, set()).add(row.rule)
    return found


def doubted(homes: Iterable[Household]) -> Iterator[QualityFinding]:
    """Let two things be doubted in each household, one of them judged right: both of its first member."""
    for home in homes:
        judged = {"judged_on": DAY, "judged_by": home.revision.by, "judged_reason": "right"}
        for rule, more in (("R-02b", {}), ("R-07a", judged)):
            yield QualityFinding.objects.create(
                rule=rule,
                household=home,
                resident=home.residents.order_by("pk").first(),
                area_id=home.area_id,
                found_on=DAY,
                **more,
            )
        QualityCount.objects.update_or_create(
            area_id=home.area_id, rule="R-02b", since=DAY, defaults={"waiting": 1}
        )


def plant_doubts() -> None:
    """Let a village of the first county have households to correct, whose number goes down over some weeks."""
    for number in range(3):
        family(
            f"YS-{number}",
            person(name="沈立夏", health=[]),
            person("03", name="沈小满", age=19, school_stage="04"),
        )
    poor = watched("2026-08-01", measures=[], risk_types=["99", "04"])
    family("YS-3", person(name="柳霜降"), person("12", age=70, insured=None), case=poor)
    for back, code in ((21, "YS-0"), (14, "YS-1"), (7, ""), (0, "")):
        with clock.at(DAY - datetime.timedelta(days=back)):
            checked()
            Resident.objects.filter(household__code=code).update(health=["1"])


def _member(household: Household, wanted: Person, stated: dict[str, Any]) -> None:
    schooled = wanted.fields.get("school_stage", "")
    sound: dict[str, Any] = {
        "name": f"沈{next(_numbers)}",
        "sex": "2" if wanted.relation == "02" else "1",
        "born_on": datetime.date(DAY.year - wanted.age, DAY.month, DAY.day),
        "education": "" if schooled else "70",
        "health": ["1"],
        "labour": "5" if schooled or wanted.age > 59 else "1",
        "insured": True,
        "dibao": "none",
        "tekun": "none",
        "identity": identity() if wanted.known else None,
    }
    Resident.objects.create(
        household=household,
        area_id=household.area_id,
        relation=wanted.relation,
        **stated,
        **sound | wanted.fields,
    )


def _earn(household: Household, items: dict[str, str], act: Revision) -> None:
    """State items of income for last year; cost is taken off what the items say."""
    total = sum(Decimal(items.get(letter, 0)) for letter in ("A", "B", "D", "D1", "D2", "D4"))
    net = total - Decimal(items.get("E", 0))
    Income.objects.create(
        household=household,
        from_day="2025-01-01",
        until_day="2025-12-31",
        parts=items,
        members=1,
        net_income=net,
        net_per_head=net,
        reference_income=net,
        reference_per_head=net,
        source=act.kind,
        as_of=DAY,
        revision=act,
    )


def _watch(household: Household, wanted: Watched, act: Revision) -> None:
    sound: dict[str, Any] = {
        "kind": "marginal",
        "risk_types": ["01"],
        "measures": ["健康帮扶", "就业帮扶"],
        "net_income_per_head": 6000,
        "removal_way": "assisted" if wanted.until else "",
    }
    Standing.objects.create(
        household=household,
        from_day=wanted.since,
        until_day=wanted.until,
        basis=act.kind,
        revision=act,
        **sound | wanted.fields,
    )
