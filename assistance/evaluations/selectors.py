"""What pages of meetings read: cases with their heads, the items of a meeting, who of the staff is kin."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from assistance.assessment import moved as assessments
from assistance.evaluations.calling import STEP, waiting_in
from assistance.models import AssessedHousehold, Case, Evaluation, EvaluationItem, NoticeItem, Removal
from assistance.removal.mixed import Subject
from assistance.removal.selectors import waiting_for_meeting
from assistance.removal.selectors import with_heads as removals_with_heads
from foundation.accounts.kin import household_number
from foundation.accounts.models import Area, Kin, Posting, User
from foundation.accounts.roles import Right
from households.models import Resident
from households.models.households import HEAD


def heads(path: str) -> "Prefetch[Any, Any, Any]":
    """Return what reads the heads of households along, as `heads` of each household under `path`."""
    rows = Resident.objects.present().filter(relation=HEAD)
    return Prefetch(f"{path}__residents", rows, to_attr="heads")


def with_heads(cases: QuerySet[Case]) -> list[Case]:
    """Return cases with their households and heads; two queries."""
    return list(cases.select_related("household", "area").prefetch_related(heads("household")))


def waiting_here(area: str, user: User) -> list[Subject]:
    """Return the cases, removals and assessed households of a village that wait for a meeting, with their heads."""
    removals = removals_with_heads(waiting_for_meeting(user).filter(case__area=area))
    assessed = assessed_with_heads(assessments.waiting_for_meeting(user).filter(household__area=area))
    return [*with_heads(waiting_in(area, user)), *removals, *assessed]


def assessed_with_heads(rows: QuerySet[AssessedHousehold]) -> list[AssessedHousehold]:
    """Return assessed households with their heads; two queries."""
    return list(rows.select_related("household__area", "assessment").prefetch_related(heads("household")))


def items_of(evaluation: Evaluation, user: User) -> list[EvaluationItem]:
    """Return the households of a meeting that `user` may see, with their heads."""
    rows = EvaluationItem.objects.visible_to(user).filter(evaluation=evaluation)
    return list(with_homes(rows).order_by("pk"))


def with_homes(rows: Any) -> Any:
    """Read along what a line names, with household, village and head, whichever of the three it is."""
    rows = rows.select_related("case__household", "case__area", "assessed__household__area")
    return rows.prefetch_related(heads("case__household"), heads("assessed__household"))


def of_staff(items: Sequence[EvaluationItem]) -> set[int]:
    """Return the lines whose household a member of staff declared as their own or their kin's."""
    numbers = {household_number(item.household.code): item.pk for item in items}
    declared = Kin.objects.filter(withdrawn_on__isnull=True, household__in=numbers)
    return {numbers[number] for number in declared.values_list("household", flat=True)}


def waiting_by_village(user: User) -> list[tuple[Area, int]]:
    """Return the villages where `user` may call a meeting, each with how many households wait for one there."""
    rows = Case.objects.visible_to(user, Right.PREPARE_CASES).waiting_for(STEP)
    taken = EvaluationItem.objects.filter(result="", case__isnull=False).values("case")
    counted = Counter(rows.exclude(pk__in=taken).values_list("area", flat=True))
    counted.update(waiting_for_meeting(user).order_by().values_list("case__area", flat=True))
    assessed = assessments.waiting_for_meeting(user).order_by()
    counted.update(assessed.values_list("household__area", flat=True))
    return [(area, counted[area.code]) for area in Area.objects.filter(code__in=counted).order_by("code")]


def items_to_vote_on() -> QuerySet[EvaluationItem]:
    """Return households of meetings with all that the form of their votes says of them; to be fenced by the caller."""
    rows: QuerySet[EvaluationItem] = with_homes(EvaluationItem.objects.select_related("evaluation__area"))
    return rows


def head_name(case: "Case | Removal | AssessedHousehold | EvaluationItem | NoticeItem") -> str:
    """Return the head's name as staff read it; the household's number where it has none."""
    found = getattr(case.household, "heads", None)
    return found[0].shown_name if found else case.household.code


def people_of(evaluation: Evaluation, by: User) -> list[User]:
    """Return the staff who may have been in the room: who works in the village or its township, and who asks."""
    village, township = evaluation.area_id, evaluation.area_id[:9]
    posts = Posting.objects.in_force().filter(area__in=[village, township])
    rows = User.objects.filter(is_active=True, is_built_in=False, pk__in=posts.values("user"))
    found = {person.pk: person for person in rows} | {by.pk: by}
    return sorted(found.values(), key=lambda person: (person.name, person.pk))
