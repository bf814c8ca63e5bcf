"""Every step of every chain, at every place of the chain, by everybody: exactly what chain, right and area permit."""

import datetime
from collections.abc import Iterator

import pytest
from django.db import transaction

from assistance.enrolment.chain import FOLDER, begin
from assistance.enrolment.moved import follow
from assistance.lifecycle import CASE
from assistance.models import Case
from foundation.accounts.models import Area, User
from foundation.accounts.roles import RULES
from foundation.workflow import courses, paths
from foundation.workflow.models import Path
from foundation.workflow.move import Request, move_many
from foundation.workflow.offers import history
from households.models import Household
from tests.assistance.made import BY, opened, taken
from tests.households.families import make_household
from tests.people import COUNTY, OUTSIDERS, POSTS

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
    wrong = [told for verb in BY for told in _tried(case, people, verb)]
    assert wrong == []


def _tried(case: Case, people: dict[str, User], verb: str) -> Iterator[tuple[str, str, str, bool]]:
    """Let everybody try every step where a case stands, then take the next one; yields what came out wrong."""
    standing = courses.of([case])[str(case.pk)]
    open_verbs = {each for step in standing.open_steps() for each in step.verbs}
    makers = _makers(case)
    for step in STEPS:
        for username, (role, area, _department) in (POSTS | OUTSIDERS).items():
            permitted = (
                case.state in step.sources
                and step.verb in open_verbs
                and step.right in RULES[role].rights
                and case.area_id.startswith(area)
                and makers.get(step.checker_of or "") != people[username].pk
            )
            if _moves(case, step.verb, people[username]) is not permitted:
                yield (verb, step.verb, username, permitted)
    taken(case, verb, people=people)


def _moves(case: Case, verb: str, by: User) -> bool:
    given = dict.fromkeys(CASE.find(verb).needs, "given")
    with transaction.atomic():
        (result,) = move_many([case], Request(verb, reason="x", given=given), by=by)
        transaction.set_rollback(True)
    return bool(result.moved)


def _makers(case: Case) -> dict[str, int]:

    return {row.verb: row.by_id for row in history(case)}
