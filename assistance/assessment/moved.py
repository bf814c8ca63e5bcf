"""Moves of assessed households with what stands before them and what follows: lists that they leave, who is told."""

from collections.abc import Collection, Sequence

from django.utils.translation import gettext as _

from assistance.assessment import telling
from assistance.models import AssessedHousehold, CaseBatchItem, EvaluationItem, NoticeItem, Objection
from assistance.querysets_of_assessments import AssessedHouseholdQuerySet
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.workflow.move import Request, Result, move_many

#: Moves that an open objection against the line stands before.
HELD_BACK = frozenset({"end_notice", "review", "decide"})
#: Moves after which the household stands on no list any more.
_LEAVING = frozenset({"send_back", "recheck", "return", "drop", "call_off"})
#: Move → kinds of papers that hold no longer.
_UNDONE = {
    "undo_review": ("review",), "undo_decision": ("approval",), "recheck": ("review",), "return": ("review",),
    "drop": ("review",), "call_off": ("review",),
}  # fmt: skip


def moved_many(
    rows: Sequence[AssessedHousehold], asked: Request, *, by: User
) -> tuple[list[Result], list[AssessedHousehold]]:
    """Make a move on many assessed households; returns the result of each, and those that moved as they stand now.

    The caller calls `follow` with them, once it has written what else belongs to the move.
    """
    barred = contested(rows) if asked.verb in HELD_BACK else set()
    sentence = _("An objection against the notice is open: it is settled first.")
    done = {each.key: each for each in move_many([row for row in rows if row.pk not in barred], asked, by=by)}
    results = [Result(row.pk, Refused(sentence)) if row.pk in barred else done[row.pk] for row in rows]
    went = [each.key for each in results if each.moved]
    if went and asked.verb in _LEAVING:
        leave_lists(went, asked.reason)
    if went and asked.verb in _UNDONE:
        _undo_papers(went, _UNDONE[asked.verb], asked.reason)
    return results, fresh(went)


def follow(rows: Sequence[AssessedHousehold], *, by: User) -> None:
    """Tell those whom it waits for now: the township after the notice, the county after the review, and back."""
    telling.tell_waiting(rows, by=by)


def fresh(keys: Collection[int]) -> list[AssessedHousehold]:
    """Return assessed households as they stand now, with household and assessment."""
    rows = AssessedHousehold.objects.filter(pk__in=keys).select_related(
        "household__area", "assessment", "case"
    )
    return list(rows.order_by("pk"))


def contested(rows: Collection[AssessedHousehold]) -> set[int]:
    """Return the keys of those that an objection in time holds back."""
    blocking = Objection.objects.blocking().filter(item__assessed__in=[row.pk for row in rows])
    return set(blocking.order_by().values_list("item__assessed_id", flat=True))


def leave_lists(keys: Collection[int], why: str) -> None:
    """Take households off the meeting and the notice on which they stand; the others there go on."""
    said = why.strip() or _("It went back to the township.")
    EvaluationItem.objects.filter(assessed__in=keys, result="").update(
        result=EvaluationItem.Result.LEFT, why=said[:300]
    )
    lines = NoticeItem.objects.filter(assessed__in=keys, ended_on__isnull=True, left_on__isnull=True)
    lines.update(left_on=clock.today(), left_why=said[:200])


def waiting_for_meeting(user: User, right: Right = Right.PREPARE_CASES) -> AssessedHouseholdQuerySet:
    """Return the assessed households that wait for a meeting and are on no list, where `user` prepares cases."""
    rows = AssessedHousehold.objects.visible_to(user, right).filter(state="confirmed")
    taken = EvaluationItem.objects.filter(result="", assessed__isnull=False).values("assessed")
    return rows.exclude(pk__in=taken).order_by("household__area", "pk")


def waiting_for_notice(user: User) -> AssessedHouseholdQuerySet:
    """Return the assessed households that wait for a notice and are on none, where `user` prepares cases."""
    rows = AssessedHousehold.objects.visible_to(user, Right.PREPARE_CASES).filter(state="evaluated")
    lines = NoticeItem.objects.filter(ended_on__isnull=True, left_on__isnull=True, assessed__isnull=False)
    return rows.exclude(pk__in=lines.values("assessed")).order_by("household__area", "pk")


def _undo_papers(keys: Collection[int], kinds: Collection[str], why: str) -> None:
    rows = CaseBatchItem.objects.done().filter(assessed__in=keys, batch__kind__in=kinds)
    rows.update(result=CaseBatchItem.Result.UNDONE, why=why.strip()[:300])
