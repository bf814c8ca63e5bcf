"""Helpers that the walks look at: one in every case, and a hand-over to somebody else that waits."""

from collections.abc import Iterator

from assistance.models import Case, HandOver, HelperClock, HelperPlace
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household
from tests.house.planted_cases import a_case_of
from tests.house.things import DAY, Thing, of_the_place
from tests.households.families import make_household

#: Who receives what somebody hands over.
_NEXT = {"cun": "zhen", "zhen": "xian", "xian": "shending", "lin_cun": "lin_zhen"}


def helped(people: dict[str, User], homes: list[Household]) -> dict[str, list[Thing]]:
    """Let every household be helped, and handed over to somebody who has not answered; by kind of thing."""
    made = list(_handed_over(people, homes))
    return {
        "hand_over": [Thing(row.hand_over_id, row.case.area_id, right=Right.VIEW_CASES) for row in made],
        "helper_place": [Thing(row.pk, row.case.area_id, right=Right.VIEW_CASES) for row in made],
    }


def _handed_over(people: dict[str, User], homes: list[Household]) -> Iterator[HelperPlace]:
    for home in homes:
        case, giver = Case.objects.get(household=home), of_the_place(home.area_id, people)
        receiver = people[_NEXT[giver.username]]
        row = HandOver.objects.create(
            giver=giver, receiver=receiver, day=DAY, reason="x", made_on=DAY, made_by=receiver
        )
        HelperClock.objects.create(case=case, began_on=DAY, due_on=DAY)
        _place(case, giver, "accepted", accepted_on=DAY)
        yield _place(case, receiver, "offered", hand_over=row)


def _place(case: Case, person: User, state: str, **fields: object) -> HelperPlace:
    usual = {"kind": "helper", "offered_on": DAY, "assigned_by": person, "posting": person.postings.get()}
    return HelperPlace.objects.create(case=case, person=person, state=state, **usual | fields)


def a_helper_place(state: str, people: dict[str, User]) -> HelperPlace:
    """Return a place in a state, in a case of its own (for the walk of the lifecycles)."""
    home = make_household(f"YB{Case.objects.count():06d}", by=people["xian"])
    days = {"ended_on": DAY} if state in ("declined", "ended") else {}
    return _place(a_case_of(home, state="enrolled"), people["bangfu"], state, **days)
