"""What people are told of cases: a step that waits for them, a return, what came from outside, what is overdue."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.enrolment.responsible import RIGHT_OF, right_for
from assistance.models import Case
from foundation.accounts.models import Posting, User
from foundation.accounts.roles import RULES, Level, Right, Role
from foundation.inbox.kinds import NoticeKind
from foundation.inbox.notices import holders, notify

KINDS = (
    NoticeKind(
        "cases_waiting", _("Cases wait for my step"), _("Cases that wait for a step of yours: {count}.")
    ),
    NoticeKind(
        "cases_returned",
        _("A case of mine is sent back"),
        _("Cases sent back for completion: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "cases_returned_often",
        _("A case of my township is sent back for the third time"),
        _("Cases sent back three times or more: {count}."),
    ),
    NoticeKind(
        "case_basis_changed",
        _("Facts under a case of mine changed"),
        _("Cases whose facts changed: {count}."),
        urgent=True,
    ),
    NoticeKind(
        "case_new_risks",
        _("A new signal comes to a running case"),
        _("New risks to judge on running cases: {count}."),
    ),
    NoticeKind(
        "cases_overdue_below",
        _("Cases of my area are overdue for days"),
        _("Cases that lie with people of your area are overdue for days: {count}."),
    ),
)


def after_move(cases: Sequence[Case], *, by: User) -> None:
    """Tell who takes the next step of cases that stand somewhere else now (CASE_FOLLOWERS)."""
    tell_waiting(cases, by=by)


def tell_waiting(cases: Sequence[Case], *, by: User) -> None:
    """Tell who takes the next steps that cases wait for them; one notice for each person until it is read."""
    waiting: Counter[tuple[Right, str]] = Counter()
    for case in cases:
        for right in {right_for(step) for step in case.waits_for if step in RIGHT_OF}:
            level = Level.COUNTY if right is Right.DECIDE_CASES else Level.TOWNSHIP
            level = Level.VILLAGE if right is Right.PREPARE_CASES else level
            waiting[right, case.area_id[:level]] += 1
    for (right, area), count in waiting.items():
        place = f"{reverse('cases:cases')}?mine=yes"
        notify(holders(right, area, but=by), "cases_waiting", place=place, group=area, count=count)


def tell_returned(case: Case, *, by: User) -> None:
    """Tell who prepares the case that it came back, with the way to its check list."""
    people = holders(Right.PREPARE_CASES, case.area_id, but=by)
    notify(people, "cases_returned", place=page_of(case), group=str(case.pk))


def tell_leaders(case: Case) -> None:
    """Tell the leader of the township, or where the post is empty the one above, of a case that came back again."""
    role = Role.TOWNSHIP_APPROVER
    leaders = _in_post(role, case.area_id[: Level.TOWNSHIP])
    above = RULES[role].next_up
    if not leaders and above is not None:
        leaders = _in_post(above, case.area_id[: Level.COUNTY])
    notify(leaders, "cases_returned_often", place=page_of(case), group=str(case.pk))


def tell_from_outside(kind: str, cases: Iterable[Case]) -> None:
    """Tell township and county of facts that changed under cases, or of new risks."""
    for case in cases:
        people = {each.pk: each for each in holders(Right.REVIEW_CASES, case.area_id)}
        if kind == "case_basis_changed":
            people |= {each.pk: each for each in holders(Right.DECIDE_CASES, case.area_id)}
        notify(people.values(), kind, place=page_of(case), group=str(case.pk))


def page_of(case: Case) -> str:
    """Return the address of a case's page."""
    return reverse("cases:case", args=[case.pk])


def _in_post(role: Role, area: str) -> list[User]:
    posts = Posting.objects.in_force().filter(role=role, area=area, user__is_active=True)
    return [post.user for post in posts.select_related("user")]
