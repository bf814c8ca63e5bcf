"""Owe the next visit, take it as done, owe it again, and stop when a household is monitored no more."""

import datetime
from collections import Counter
from collections.abc import Collection, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.data_checks.following import ask_again
from assistance.followups import before
from assistance.lifecycle import HELD, RUNNING
from assistance.models import Case, FollowUp
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import holders, notify
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.working_days import deadline
from households.models import Visit

#: Values in force, by risk level: the days from one visit to the next.
DAYS = {"high": "followup_days_high", "middle": "followup_days_middle", "low": "followup_days_low"}
#: By which level a household is visited that was decided before levels were kept here.
USUAL = "middle"
#: Rows owed in one statement at night.
_AT_ONCE = 1000
KINDS = (
    NoticeKind(
        "follow_ups_overdue",
        _("Follow-up visits in my township are overdue"),
        _("Monitored households whose follow-up visit became overdue: {count}."),
    ),
)


def after_move(cases: Sequence[Case], *, by: User) -> None:
    """Owe visits to households that are monitored now, and none to those that are so no more (CASE_FOLLOWERS)."""
    owe([case for case in cases if case.state in HELD])
    FollowUp.objects.owed().filter(case__in=[case.pk for case in cases if case.state not in HELD]).update(
        ended_on=clock.today()
    )
    homes = {case.household_id for case in cases if case.state == before.ENDED or case.state in RUNNING}
    if homes:
        before.keep(homes)


def owe(cases: Collection[Case]) -> None:
    """Owe each of these monitored cases a visit, unless it is owed one; counts from today."""
    owed = set(FollowUp.objects.owed().filter(case__in=cases).values_list("case", flat=True))
    today = clock.today()
    _write([_next(case, today) for case in cases if case.pk not in owed])


def level_changed(case: Case) -> None:
    """Let the visit that a case is owed be due by its new risk level, from the same day as before."""
    row = FollowUp.objects.owed().filter(case=case).first()
    anew = _next(case, row.counts_from) if row is not None else None
    if row is not None and anew is not None:
        row.due_on, row.level, row.told_on = anew.due_on, anew.level, None
        row.save(update_fields=["due_on", "level", "told_on"])


@transaction.atomic
def serve(row: FollowUp, visit: Visit) -> None:
    """Take an owed visit as made, and owe the next one from its day. An attempt that met nobody serves nothing."""
    if visit.outcome != Visit.Outcome.MET:
        return
    FollowUp.objects.owed().filter(pk=row.pk).update(visit=visit, done_on=visit.happened_on)
    if row.case.state in HELD:
        _write([_next(row.case, visit.happened_on)])
    elif row.case.state == before.ENDED:
        _write([before.next_visit(row.case, visit.happened_on)])
    ask_again([row.case.household_id])


@transaction.atomic
def take_back(row: FollowUp, visit: Visit) -> None:
    """Owe the visit again that an annulled or corrected one had served; what was owed after it is owed no more."""
    held = FollowUp.objects.select_for_update().get(pk=row.pk)
    if held.visit_id != visit.pk:
        return
    later = FollowUp.objects.filter(case=held.case_id, pk__gt=held.pk)
    if later.filter(visit__isnull=False).exists():
        return  # somebody was there since: that visit counts, and nothing older is owed
    later.delete()
    held.visit, held.done_on = None, None
    held.save(update_fields=["visit", "done_on"])
    ask_again([row.case.household_id])


def night_work(*, by: User, on: datetime.date) -> None:
    """Owe a visit to every monitored household that is owed none, and tell townships what became overdue."""
    missing = Case.objects.filter(state__in=HELD).exclude(pk__in=FollowUp.objects.owed().values("case"))
    keys = list(missing.order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(keys), _AT_ONCE):
        owe(list(Case.objects.filter(pk__in=keys[first : first + _AT_ONCE])))
    before.keep()
    _tell_overdue(on)


@transaction.atomic
def _tell_overdue(today: datetime.date) -> None:
    late = FollowUp.objects.owed().filter(due_on__lt=today, told_on__isnull=True).select_for_update()
    rows = list(late.values_list("pk", "case__area", "case__state"))
    counted = Counter((area[: Level.TOWNSHIP], state == before.ENDED) for _pk, area, state in rows)
    for (township, removed), count in counted.items():
        kind = "aftercare_overdue" if removed else "follow_ups_overdue"
        place = f"{reverse('cases:follow_ups')}?late=yes&removed={'yes' if removed else 'no'}"
        people = holders(Right.REVIEW_CASES, township)
        # After-care of removals here is told of in a group of its own: each notice leads to its own list.
        group = f"{township}-before" if removed else township
        notify(people, kind, place=place, group=group, count=count)
    FollowUp.objects.filter(pk__in=[pk for pk, _area, _state in rows]).update(told_on=today)


def _write(rows: Collection[FollowUp | None]) -> None:
    FollowUp.objects.bulk_create([row for row in rows if row is not None], ignore_conflicts=True)


def _next(case: Case, since: datetime.date) -> FollowUp | None:
    """Return the next visit that a case is owed; None where its area has no value in force."""
    answer = value(DAYS[case.level or USUAL], area=case.area_id, on=since)
    if answer.amount is None:
        return None
    mark_used(answer)
    due = deadline(since, answer.amount, answer.unit, case.area_id).day
    return FollowUp(case=case, counts_from=since, due_on=due, level=case.level)
