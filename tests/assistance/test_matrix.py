"""Every step of every chain, at every place of the chain, by everybody: exactly what chain, right and area permit."""

import datetime

import pytest

from assistance.enrolment.chain import FOLDER, begin
from assistance.enrolment.moved import follow
from assistance.lifecycle import CASE
from assistance.models import Case
from foundation.accounts.models import Area, User
from foundation.workflow import paths
from foundation.workflow.models import Path
from households.models import Household
from tests.assistance.made import BY, opened, taken
from tests.assistance.tried import Wrong, tried
from tests.households.families import make_household
from tests.people import COUNTY

#: What each chain waits for, step by step, when it is walked in the order of tests/assistance/made.py.
PLACES = {
    "country": ["apply", "compare", "evaluate", "post", "notice", "review", "decide", "announce", ""],
    "gansu": ["apply", "compare", "evaluate", "post", "notice", "review", "decide", "announce", ""],
    "leye": ["apply", "compare", "evaluate", "post", "notice", "review", "decide", "announce", ""],
    "anhui": ["apply", "compare+evaluate", "evaluate", "post", "notice", "review", "decide", "announce", ""],
}
D = datetime.date
STEPS = [move for move in CASE.moves if move.by_path]


def with_chain(name: str, areas: dict[str, Area]) -> None:
    """Let the county follow a shipped chain of another area."""
    read = paths.read((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), file=name, lifecycle=CASE)
    if name != "country":
        Path.objects.create(
            kind=read.kind, area=areas[COUNTY], from_day=read.from_day, steps=read.steps, digest=read.digest,
            source=read.source,
        )  # fmt: skip


@pytest.mark.parametrize("name", PLACES)
def test_the_chains_of_several_areas_from_the_same_facts(
    name: str, people: dict[str, User], areas: dict[str, Area]
) -> None:
    with_chain(name, areas)
    case = opened(people)
    seen = ["+".join(case.waits_for)]
    for verb in BY:
        taken(case, verb, people=people)
        seen.append("+".join(case.waits_for))
    assert seen == PLACES[name]
    assert case.state == "enrolled"


def test_three_areas_side_by_side_read_the_same_facts_by_their_own_rules(people: dict[str, User]) -> None:
    found = {}
    for number, area in enumerate(("999901001001", "620123001001", "340722001001", "451028001001")):
        case = _begun(make_household(f"YZ{number:06d}", by=people["xian"]), area)
        first, whole = case.waits_for, case.total_due_on
        taken(case, "apply", people=people | {"cun": User.objects.built_in("system")})
        found[area[:2]] = (first, whole, case.waits_for)
    assert found == {
        "99": (["apply"], D(2026, 11, 18), ["compare"]),
        "62": (["apply"], D(2026, 11, 24), ["compare"]),
        "34": (["apply"], D(2026, 12, 1), ["compare", "evaluate"]),
        "45": (["apply"], D(2026, 11, 18), ["compare"]),
    }


def _begun(home: Household, area: str) -> Case:
    """Return a case of a village of another county, begun there on the same day as everywhere."""
    day = D(2026, 11, 3)
    Area.objects.get_or_create(code=area, defaults={"name": "村", "level": len(area)})
    Household.objects.filter(pk=home.pk).update(area=area)
    case = Case(household=home, area_id=area, origin="alert", opened_on=day, first_clue_on=day, state="open")
    Case.objects.bulk_create([case])
    begin([case])
    follow([case], by=User.objects.built_in("system"))
    return Case.objects.select_related("household").get(pk=case.pk)


def test_beside_the_evaluation_the_asset_check_may_come_last(
    people: dict[str, User], areas: dict[str, Area]
) -> None:
    with_chain("anhui", areas)
    case = taken(opened(people), "apply", "evaluate", "post", "end_notice", people=people)
    assert case.waits_for == ["compare"]
    taken(case, "compare", people=people)
    assert case.waits_for == ["review"]


@pytest.mark.timeout(600)
@pytest.mark.slow
@pytest.mark.parametrize("name", ["country", "anhui"])
def test_exactly_what_chain_right_and_area_permit(
    name: str, people: dict[str, User], areas: dict[str, Area]
) -> None:
    with_chain(name, areas)
    case = opened(people)
    wrong: list[Wrong] = []
    for verb in BY:
        wrong.extend(tried(case, STEPS, people, verb))
        taken(case, verb, people=people)
    assert wrong == []
