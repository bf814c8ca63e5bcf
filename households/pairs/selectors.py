"""What the page of a pair reads about it, once the pair was found through its scoped door."""

from collections.abc import Sequence
from dataclasses import dataclass

from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.workflow.models import Passage
from foundation.workflow.offers import history
from households.ages import age
from households.identity.showing import masked_one
from households.models import Duplicate, Household, PairDecision, Resident
from households.pairs.sides import by_likeness
from households.words import Words


def person_of(pair: Duplicate) -> Resident | None:
    """Return who of the household the pair is about, whether they are a member still or were one."""
    if by_likeness(pair):
        return pair.resident
    rows = Resident.objects.filter(household=pair.household_id, identity=pair.identity_id)
    return rows.order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Side:
    """One of two members who look alike, as the page shows them beside each other; numbers masked."""

    household: Household
    person: Resident
    number: str
    age: int | None
    relation: str


def sides_of(pair: Duplicate, user: User) -> list[Side]:
    """Return both members of a pair by likeness as far as `user` may see their households; none for other pairs."""
    if not by_likeness(pair):
        return []
    rows = Resident.objects.visible_to(user).filter(pk__in=[pair.resident_id, pair.other_id])
    words = Words()
    return [
        Side(
            row.household, row, masked_one(row.identity), age(row.born_on),
            words.word("relation", row.relation, row.area_id),
        )
        for row in rows.select_related("household__area", "identity").order_by("pk")
    ]  # fmt: skip


def numbers_to_correct(pair: Duplicate, decision: PairDecision | None, user: User) -> list[Resident]:
    """Return whose number is wrong by a decision and may be corrected by `user`; none once it was corrected.

    Of two who look alike either number may be the wrong one.
    """
    if decision is None or (decision.state, decision.outcome) != (
        "decided",
        PairDecision.Outcome.WRONG_NUMBER,
    ):
        return []
    rows = Resident.objects.visible_to(user, Right.EDIT_HOUSEHOLDS).present().select_related("household")
    if by_likeness(pair):
        rows = rows.filter(pk__in=[pair.resident_id, pair.other_id])
    else:
        rows = rows.filter(household=pair.household_id, identity=pair.identity_id)
    return [row for row in rows.order_by("pk") if not recused(user, row.household.recusal_keys)]


def left_by_itself(pair: Duplicate, decision: PairDecision | None) -> Resident | None:
    """Return the row whose departure settled a pair, which says when and why; None of every other pair."""
    if decision is None or decision.state != "settled":
        return None
    person = person_of(pair)
    return person if person is not None and person.left_on is not None else None


def happened(pair: Duplicate) -> Sequence[Passage]:
    """Return what people decided about a pair, and took back, the newest first."""
    rows = PairDecision.objects.filter(pair=pair).order_by("-pk")
    return [each for row in rows for each in reversed(history(row))]
