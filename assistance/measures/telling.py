"""Whom the work on measures is told: the office that is asked, who ticked when it answered."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.models import Measure
from foundation.accounts.models import Posting, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.roles import Level, Right, Role
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import holders, notify

KINDS = (
    NoticeKind(
        "measures_asked",
        _("My office is asked to help households"),
        _("Measures for households that your office is asked for: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "measures_answered",
        _("An office answered what I had ticked"),
        _("Measures of households that an office answered: {count}."),
    ),
    NoticeKind(
        "measures_ended",
        _("Help that I ticked or answer for was stopped, or goes on after all"),
        _("Measures of households that were stopped or go on after all: {count}."),
    ),
)


def tell_asked(measures: Iterable[Measure], *, by: User) -> None:
    """Tell each office how many wait for it; where a department has nobody, the county's dispatcher."""
    waiting: Counter[tuple[str | None, str]] = Counter()
    for row in measures:
        waiting[
            row.department_id, row.area_code[: Level.COUNTY if row.department_id else Level.TOWNSHIP]
        ] += 1
    for (department, area), count in waiting.items():
        people = [each for each in people_of(department, area) if each.pk != by.pk]
        place = f"{reverse('cases:measure_tasks')}?state=asked"
        notify(people, "measures_asked", place=place, group=f"{area}-{department or ''}", count=count)


def tell_answered(measure: Measure, *, by: User) -> None:
    """Tell who ticked that the office has answered, with the way to the case."""
    if measure.ticked_by_id != by.pk:
        place = reverse("cases:measure", args=[measure.pk])
        notify([measure.ticked_by], "measures_answered", place=place, group=str(measure.case_id))


def tell_stopped(measure: Measure, *, by: User) -> None:
    """Tell who ticked a measure and its office that it was stopped, or goes on after all; not who did it."""
    area = measure.area_code[: Level.COUNTY if measure.department_id else Level.TOWNSHIP]
    people = {each.pk: each for each in (measure.ticked_by, *people_of(measure.department_id, area))}
    people.pop(by.pk, None)
    place = reverse("cases:measure", args=[measure.pk])
    notify(list(people.values()), "measures_ended", place=place, group=str(measure.case_id))


def people_of(department: str | None, area: str) -> Sequence[User]:
    """Return who answers for an office in an area; where nobody does, who dispatches in the county."""
    people = holders(Right.ANSWER_MEASURES, area)
    here = Posting.objects.in_force().filter(user__in=people, area__in=[*ancestors(area), area])
    office = {"area__level": Level.TOWNSHIP} if department is None else {"department": department}
    own = here.filter(**office) or here.filter(role=Role.COUNTY_DISPATCHER)
    wanted = set(own.values_list("user", flat=True))
    return [person for person in people if person.pk in wanted]
