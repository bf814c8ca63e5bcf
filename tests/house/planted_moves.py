"""Moves and pairs that the walks look at: out of the first village into the other one of its township."""

from typing import Any

from foundation.accounts.models import User
from households.models import Duplicate, Household, HouseholdMove, PairDecision, Revision
from tests.house.planted_attachments import attached
from tests.house.things import DAY, Thing, of_the_place
from tests.households.families import make_household
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, VILLAGE

#: A village in which nobody of the walk works: whoever sees the move sees it from the village that it leaves.
_TO = "999901001002"


def moving(people: dict[str, User], homes: list[Household]) -> dict[str, list[Thing]]:
    """Let the households of the first village be on their way, and one person alone, with papers; by kind of thing."""
    made = [a_move_of(home, _TO) for home in homes if home.area_id == VILLAGE]
    papers = list(attached(made, of_the_place(VILLAGE, people), "move_paper"))
    person = made[0].household.residents.present().last()
    made.append(a_move_of(made[0].household, _TO, person=person, kind="marriage", persons=1))
    return {"household_move": [Thing(row.pk, row.from_area_id) for row in made], "move_paper": papers}


def a_move_of(home: Household, to: str, state: str = "proposed", **fields: Any) -> HouseholdMove:
    """Return a move of a household (or of one person of it) as a row alone."""
    said: dict[str, Any] = {
        "household": home, "from_area_id": home.area_id, "to_area_id": to, "parent_area_id": COUNTY, "head": "沈**",
        "persons": 2, "moved_on": DAY, "why": "-", "proposed_on": DAY, "counts_from": DAY, "due_on": DAY,
        "state": state, "effective_on": DAY if state in ("accepted", "undone") else None,
    }  # fmt: skip
    made: HouseholdMove = HouseholdMove.objects.create(**said | fields)
    return made


def a_move(state: str, people: dict[str, User]) -> HouseholdMove:
    """Return a move in a state, of a household of its own (for the walk of the lifecycles)."""
    home = make_household(f"YW{Household.objects.count():06d}", by=people["xian"], area=NEIGHBOUR_VILLAGE)
    return a_move_of(home, VILLAGE, state)


def pairs(people: dict[str, User], homes: list[Household]) -> dict[str, list[Thing]]:
    """Let somebody of the first village stand in a household of the next one too; by kind of thing."""
    made = [a_pair_of(home, people) for home in homes if home.area_id == VILLAGE]
    return {"pair": [Thing(row.pk, VILLAGE) for row in made]}


def a_pair_of(home: Household, people: dict[str, User]) -> Duplicate:
    """Return a pair as a row alone: a file named who is reached by the telephone of `home` in another household."""
    wrote = Revision.objects.create(kind="register_file", by=people["xian"], as_of=DAY, entered_on=DAY)
    made: Duplicate = Duplicate.objects.create(
        identity=home.phone, household=home, claimed_code=f"{home.code}-1", claimed_area_id=_TO,
        claimed_name="沈立夏", found_on=DAY, revision=wrote,
    )  # fmt: skip
    return made


def a_pair_decision(state: str, people: dict[str, User]) -> PairDecision:
    """Return a decision in a state, about a pair of its own (for the walk of the lifecycles)."""
    home = make_household(f"YW{Household.objects.count():06d}", by=people["xian"], phone="13800000000")
    made: PairDecision = PairDecision.objects.create(
        pair=a_pair_of(home, people), parent_area_id=VILLAGE, taken_up_on=DAY, state=state
    )
    return made
