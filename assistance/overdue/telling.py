"""At night: who answers for a plan, a first measure, an answer or an after-care visit is told that it is overdue.

Once for each deadline (ToldDeadline): one that is put off and passes again is told again. Plans, first measures and
after-care are told to the township; an answer to the office that owes it, and to who dispatches in the county.
"""

import datetime
from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.assessment.aftercare import tell_overdue
from assistance.measures.telling import people_of
from assistance.models import ToldDeadline
from assistance.overdue.coming import COMING, tell_coming
from assistance.overdue.looking import SOURCES, Overdue, What, township
from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Level, Right, Role
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import holders, notify

_AT_ONCE = 2_000
KINDS = (
    NoticeKind(
        "plans_overdue",
        _("Plans of households in my township are overdue"),
        _("Monitored households whose plan became overdue: {count}."),
    ),
    NoticeKind(
        "first_measures_overdue",
        _("First measures for households in my township are overdue"),
        _("Monitored households for which nothing landed in time: {count}."),
    ),
    NoticeKind(
        "answers_overdue",
        _("My office owes answers about measures"),
        _("Measures for households that your office did not answer in time: {count}."),
    ),
    NoticeKind(
        "answers_overdue_below",
        _("Offices of my county did not answer measures in time"),
        _("Measures for households that offices did not answer in time: {count}."),
    ),
    NoticeKind(
        "aftercare_overdue",
        _("After-care visits in my township are overdue"),
        _("Households whose after-care visit became overdue: {count}."),
    ),
    COMING,
)
#: What a township is told, and the list to which the notice leads.
_OF_TOWNSHIPS = {
    What.PLAN: ("plans_overdue", "cases:plans", "state=missing"),
    What.FIRST: ("first_measures_overdue", "cases:plans", "state=nothing"),
    What.AFTERCARE: ("aftercare_overdue", "cases:removals", "visit=yes"),
}


def night_work(*, by: User, on: datetime.date) -> None:
    """Tell of what became overdue, and of after-care that comes due (foundation.accounts.next_day.NightWork)."""
    tell(by=by, on=on)
    tell_overdue(on)
    tell_coming(on)


@transaction.atomic
def tell(*, by: User, on: datetime.date) -> int:
    """Tell of every last day before `on` of which nobody was told yet; returns how many."""
    done = 0
    for source in SOURCES:
        new = _untold(list(source(by, "", on)), on)
        if not new:
            continue
        done += len(new)
        if new[0].what == What.ANSWER:
            _tell_offices(new)
        else:
            _tell_townships(new)
    return done


def _untold(late: Sequence[Overdue], on: datetime.date) -> list[Overdue]:
    """Keep what nobody was told of, and write down that it is told now."""
    found: list[Overdue] = []
    for first in range(0, len(late), _AT_ONCE):
        some = late[first : first + _AT_ONCE]
        rows = ToldDeadline.objects.filter(what=some[0].what, key__in=[each.key for each in some])
        known = set(rows.values_list("key", "due_on"))
        found += [each for each in some if (each.key, each.due) not in known]
    ToldDeadline.objects.bulk_create(
        (
            ToldDeadline(case_id=each.case, what=each.what, key=each.key, due_on=each.due, told_on=on)
            for each in found
        ),
        batch_size=_AT_ONCE,
        ignore_conflicts=True,
    )
    return found


def _tell_townships(late: Sequence[Overdue]) -> None:
    kind, route, asked = _OF_TOWNSHIPS[late[0].what]
    for area, count in Counter(township(each) for each in late).items():
        place = f"{reverse(route)}?{asked}"
        notify(holders(Right.REVIEW_CASES, area), kind, place=place, group=area, count=count)


def _tell_offices(late: Sequence[Overdue]) -> None:
    """Tell each office what it owes, and the dispatchers of a county what all of its offices owe."""
    place = f"{reverse('cases:measure_tasks')}?late=yes"
    offices: Counter[tuple[str | None, str]] = Counter()
    counties: Counter[str] = Counter()
    for each in late:
        offices[each.department, each.area[: Level.COUNTY if each.department else Level.TOWNSHIP]] += 1
        counties[each.area[: Level.COUNTY]] += 1
    above = {county: _dispatchers(county) for county in counties}
    for (department, area), count in offices.items():
        watch = {person.pk for person in above[area[: Level.COUNTY]]}
        people = [each for each in people_of(department, area) if each.pk not in watch]
        notify(people, "answers_overdue", place=place, group=f"{area}-{department or ''}", count=count)
    for county, count in counties.items():
        notify(above[county], "answers_overdue_below", place=place, group=county, count=count)


def _dispatchers(county: str) -> list[User]:
    people = holders(Right.ANSWER_MEASURES, county)
    posts = Posting.objects.in_force().filter(user__in=people, area=county, role=Role.COUNTY_DISPATCHER)
    wanted = set(posts.values_list("user", flat=True))
    return [person for person in people if person.pk in wanted]
