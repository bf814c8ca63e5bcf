"""What people are told of pairs: noted, waiting too long, passed up, decided, settled, a number to correct."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import holders, notify, take_back, tell_once
from households.models import Duplicate, PairDecision

KINDS = (
    NoticeKind(
        "pairs_passed",
        _("One person in two households below my area: to decide"),
        _("People in two households that were passed to you: {count}."),
    ),
    NoticeKind(
        "pairs_due",
        _("One person in two households below my area: today is the last day"),
        _("People in two households to be decided today: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "pairs_overdue",
        _("One person in two households below my area: not decided in time"),
        _("People in two households that were not decided in time: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "pairs_decided",
        _("It was decided where somebody belongs who stood in two households"),
        _("People in two households about whom was decided: {count}."),
    ),
    NoticeKind(
        "pairs_noted",
        _("Somebody of my area is claimed by a household elsewhere"),
        _("People of your area whom somebody entered in another household: {count}."),
    ),
    NoticeKind(
        "pairs_untaken_due",
        _("One person in two households: today is the last day to decide or pass up"),
        _("People in two households to be decided or passed up today: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "pairs_untaken_overdue",
        _("One person in two households: neither decided nor passed up in time"),
        _("People in two households who were neither decided nor passed up in time: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "pairs_settled",
        _("One person in two households: settled by itself"),
        _("People in two households whose pair settled itself by a change of the register: {count}."),
    ),
    NoticeKind(
        "pairs_wrong_number",
        _("An ID number of my area is wrong: to correct"),
        _("ID numbers to correct, because somebody else has them: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "pairs_wrong_in_file",
        _("An ID number in a file that I handed in may be wrong"),
        _("ID numbers to look at in files that you handed in: {count}. Correct them in the file as well."),
        urgent=True,
    ),
)


def page_of(pair: Duplicate) -> str:
    """Return the address of a pair."""
    return reverse("register:duplicate", args=[pair.pk])


def tell_passed(row: PairDecision, *, by: User) -> None:
    """Tell who decides above both villages."""
    people = holders(Right.SETTLE_MOVES, row.parent_area_id, but=by)
    notify(people, "pairs_passed", place=page_of(row.pair), group=str(row.pair_id))


def tell_due(row: PairDecision) -> None:
    """Remind who decides above both villages on the last day."""
    people = holders(Right.SETTLE_MOVES, row.parent_area_id)
    tell_once(people, "pairs_due", place=page_of(row.pair), group=f"{row.pair_id}-{row.due_on}")


def tell_overdue(row: PairDecision) -> None:
    """Tell who decides above both villages, and above them, that the time is over."""
    people = holders(Right.SETTLE_MOVES, row.parent_area_id)
    tell_once(people, "pairs_overdue", place=page_of(row.pair), group=f"{row.pair_id}-{row.due_on}")


def tell_decided(row: PairDecision, *, by: User) -> None:
    """Tell who answers for the two villages, and who noted the pair; of a wrong number, who has to correct it."""
    notify(_sides(row.pair, but=by), "pairs_decided", place=page_of(row.pair), group=str(row.pair_id))
    if row.outcome == PairDecision.Outcome.WRONG_NUMBER:
        tell_wrong_number(row.pair, by=by)


def tell_wrong_number(pair: Duplicate, *, by: User) -> None:
    """Tell who corrects the register where the person lives, and whoever handed in the file that named the number.

    The page of the pair leads to the correction.
    """
    people = holders(Right.EDIT_HOUSEHOLDS, pair.household.area_id, but=by)
    notify(people, "pairs_wrong_number", place=page_of(pair), group=str(pair.pk))
    if pair.revision is None:
        return
    handed_in = pair.revision.by
    sees = Duplicate.objects.visible_to(handed_in).filter(pk=pair.pk).exists()
    place = page_of(pair) if sees else reverse("register:file", args=[pair.revision.pk])
    notify([handed_in], "pairs_wrong_in_file", place=place, group=str(pair.pk))


def tell_noted(pair: Duplicate, *, by: User) -> None:
    """Tell who answers for the village in which the person lives that somebody entered them elsewhere."""
    people = holders(Right.EDIT_HOUSEHOLDS, pair.household.area_id, but=by)
    notify(people, "pairs_noted", place=page_of(pair), group=str(pair.pk))


def tell_settled(row: PairDecision) -> None:
    """Tell both sides, and who should have decided above, that a pair settled itself; no deadline is told any more."""
    people = {each.pk: each for each in _sides(row.pair)}
    if row.due_on is not None:
        people |= {each.pk: each for each in holders(Right.SETTLE_MOVES, row.parent_area_id)}
    take_back("pairs_passed", [str(row.pair_id)])
    for kind in ("pairs_due", "pairs_overdue"):
        take_back(kind, [f"{row.pair_id}-{row.due_on}"])
    notify(people.values(), "pairs_settled", place=page_of(row.pair), group=str(row.pair_id))


def tell_untaken_due(user: User, count: int, on: datetime.date) -> None:
    """Remind somebody of pairs whose last day it is; the list shows which."""
    place = reverse("register:duplicates")
    notify([user], "pairs_untaken_due", place=place, group=on.isoformat(), count=count)


def tell_untaken_overdue(user: User, count: int, on: datetime.date) -> None:
    """Tell somebody of pairs that were neither decided nor passed up in time."""
    place = reverse("register:duplicates")
    notify([user], "pairs_untaken_overdue", place=place, group=on.isoformat(), count=count)


def _sides(pair: Duplicate, *, but: User | None = None) -> list[User]:
    """Return who corrects the register of either village, and who noted the pair."""
    areas = (pair.household.area_id, pair.claimed_area_id)
    people = {each.pk: each for area in areas for each in holders(Right.EDIT_HOUSEHOLDS, area, but=but)}
    if pair.noted_by is not None and pair.noted_by != but:
        people[pair.noted_by.pk] = pair.noted_by
    return list(people.values())
