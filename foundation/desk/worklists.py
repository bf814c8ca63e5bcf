"""The first worklists of the home page: posts that run out, and stand-ins."""

import datetime
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.labels import role_labels_of_many
from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Right, Role
from foundation.accounts.vacancies import vacancies
from foundation.desk.home import MOST_ITEMS, State, WorkItem, state_of
from foundation.desk.models import GrantProposal
from foundation.desk.tables import COUNTED

#: A post that ends within so many days stands on the list of who may grant posts.
DAYS_AHEAD = 30


def ending_posts(user: User) -> list[WorkItem]:
    """Name the posts that end within 30 days, to who may extend them or find a successor."""
    today = clock.today()
    if not user.holds(Right.GRANT_POSTINGS):
        return []
    rows = (
        Posting.objects.visible_to(user, Right.GRANT_POSTINGS)
        .standing()
        .filter(until_day__range=(today, today + datetime.timedelta(days=DAYS_AHEAD)))
        .select_related("user", "area")
        .order_by("until_day", "pk")[:MOST_ITEMS]
    )
    titles = _titles(rows)
    return [
        WorkItem(
            title=titles[posting.pk],
            url=reverse("desk:person", args=[posting.user_id]),
            why=_("This post ends: extend it, or find a successor."),
            due=posting.until_day,
            state=state_of(posting.until_day or today),
        )
        for posting in rows
        if posting.until_day
    ]


def vacant_posts(user: User) -> list[WorkItem]:
    """Say in one line how many posts that must not stand empty do, to who can find somebody for them."""
    if not (user.holds(Right.VIEW_VACANCIES) and user.holds(Right.ARRANGE_STAND_INS)):
        return []
    empty = vacancies(user).order_by()[: COUNTED + 1].count()
    if not empty:
        return []
    count = f"{COUNTED:,}+" if empty > COUNTED else f"{empty:,}"
    return [
        WorkItem(
            title=_("Vacant posts in areas: %(count)s") % {"count": count},
            url=reverse("desk:vacancies"),
            why=_("Their work falls to the next level until somebody is posted."),
            due=None,
            state=State.TODAY,
        )
    ]


def own_stand_ins(user: User) -> list[WorkItem]:
    """Name the posts of others that a person looks after now, until they end."""
    rows = (
        user.stands_in.in_force()
        .select_related("posting__user", "posting__area")
        .order_by("until_day", "pk")[:MOST_ITEMS]
    )
    titles = _titles(each.posting for each in rows)
    return [
        WorkItem(
            title=titles[each.posting_id],
            url=reverse("desk:me"),
            why=_("You stand in for this post until this day."),
            due=each.until_day,
            state=state_of(each.until_day),
        )
        for each in rows
    ]


def waiting_grants(user: User) -> list[WorkItem]:
    """Name the proposed postings that wait for the decision of a second person, oldest first."""
    if not user.holds(Right.APPROVE_GRANTS):
        return []
    rows = (
        GrantProposal.objects.visible_to(user, Right.APPROVE_GRANTS)
        .filter(state="proposed")
        .exclude(proposed_by=user)
        .select_related("user", "area")
        .order_by("pk")[:MOST_ITEMS]
    )
    return [
        WorkItem(
            title=str(row),
            url=reverse("desk:grant", args=[row.pk]),
            why=_("A posting was proposed: approve, return or refuse it."),
            due=row.from_day,
            state=state_of(row.from_day),
        )
        for row in rows
    ]


def _titles(postings: Iterable[Posting]) -> dict[int, str]:
    """Name each post in one line: who, as what in the words of its area, where; one query."""
    found = list(postings)
    called = role_labels_of_many(posting.area_id for posting in found)
    return {
        posting.pk: f"{posting.user.name} · {called[posting.area_id][Role(posting.role)]} · {posting.area.name}"
        for posting in found
    }
