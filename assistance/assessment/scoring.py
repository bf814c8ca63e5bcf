"""Judge households by a rule: every criterion is asked, and the answers come to stays, leaves or becomes an object.

leaves   every criterion that leaving asks for holds; what is unknown does not hold
object   somebody who is not monitored, and a criterion that makes an object does not hold (known, not missing),
         while no warning is open: that one looks after the household already
stays    everybody else
"""

import datetime
import hashlib
import json
from collections.abc import Collection, Iterable, Sequence

from assistance.assessment.criteria import NO, YES, Answer, ask
from assistance.assessment.facts import Known, bases_of, in_set, known_of
from assistance.assessment.lifecycle import UNDER_WAY
from assistance.assessment.rule import Rule, rule_of
from assistance.models import AssessedHousehold, Assessment
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.regulations import revision
from foundation.regulations.lookup import mark_used, value
from foundation.workflow.move import create_many
from households.models import Household

Result = AssessedHousehold.Result
_OPEN = (*UNDER_WAY, "decided")


def answers_of(rule: Rule, known: Known) -> list[Answer]:
    """Return the answers of a household, in the order of the rule."""
    return [ask(criterion, known) for criterion in rule.criteria]


def result_of(rule: Rule, answers: Iterable[Answer], *, monitored: bool) -> str:
    """Return what answers come to."""
    said = {each.code: each.answer for each in answers}
    if all(said[each.code] == YES for each in rule.criteria if each.leaves):
        return Result.LEAVES
    falls = any(said[each.code] == NO for each in rule.criteria if each.object)
    if falls and not monitored and said.get("risks") != NO:
        return Result.OBJECT
    return Result.STAYS


def digest_of(answers: Iterable[Answer]) -> str:
    """Return the digest under which answers are frozen."""
    text = json.dumps([each.kept() for each in answers], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def waiting(assessment: Assessment, span: tuple[int, int] | None = None) -> list[int]:
    """Return the households of the set that are still to be judged: in no open assessment, and not in this one.

    With `span`: those whose keys lie between the first and the last, both included.
    """
    rows = in_set(assessment.area_id, assessment.whom, assessment.on)
    rows = rows if span is None else rows.filter(pk__range=span)
    taken = AssessedHousehold.objects.filter(state__in=_OPEN).values("household")
    own = AssessedHousehold.objects.filter(assessment=assessment).values("household")
    return list(rows.exclude(pk__in=taken).exclude(pk__in=own).values_list("pk", flat=True))


def score(assessment: Assessment, households: Collection[int], *, by: User) -> int:
    """Judge some households of the set and keep them as proposed; returns how many. In the caller's transaction."""
    # The day and the marks of the values are asked for once, not for every household.
    with clock.one_reading(), revision.one_reading():
        return _score(assessment, households, by)


def _score(assessment: Assessment, households: Collection[int], by: User) -> int:
    rule, on = rule_of(assessment.rule), assessment.on
    bases = bases_of(households, assessment.whom, on)
    homes = list(Household.objects.filter(pk__in=bases).select_related("area").order_by("pk"))
    rows = [_row(assessment, rule, each, bases) for each in known_of(homes, on)]
    actor = by.authority(_right(by, assessment.area_id), assessment.area_id)
    create_many(rows, by=by, actor=actor, details=_details)
    _note_values(homes, on)
    return len(rows)


def right_of(user: User, area: str) -> Right | None:
    """Return by which right somebody declares and judges an assessment in an area: the township's or the county's."""
    return next(
        (right for right in (Right.REVIEW_CASES, Right.DECIDE_CASES) if user.holds(right, area)), None
    )


def _right(user: User, area: str) -> Right:
    return right_of(user, area) or Right.REVIEW_CASES


def _row(assessment: Assessment, rule: Rule, known: Known, bases: dict[int, str]) -> AssessedHousehold:
    answers = answers_of(rule, known)
    return AssessedHousehold(
        assessment=assessment,
        household=known.household,
        case=known.case,
        basis=bases[known.household.pk],
        answers=[each.kept() for each in answers],
        digest=digest_of(answers),
        proposed=result_of(rule, answers, monitored=known.case is not None),
    )


def _details(row: AssessedHousehold) -> dict[str, object]:
    return {"assessment": row.assessment_id, "proposed": row.proposed, "digest": row.digest}


def _note_values(homes: Sequence[Household], on: datetime.date) -> None:
    """Note that somebody was judged by the area's figures of the day."""
    keys = ("monitoring_line", "removal_income_months")
    mark_used(*(value(key, area=area, on=on) for area in {home.area_id for home in homes} for key in keys))
