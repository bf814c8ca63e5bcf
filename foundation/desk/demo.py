"""What the first page of the demonstration shows: its doors, what each opens, and what is going on today.

Every number is counted when the page is asked for, as the person behind the door would count it. A later
stage adds a `Count` for what it brings (demo_parts.py), and the doors of those who may see it show it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from foundation.accounts import clock, vacancies
from foundation.accounts.composition import parts
from foundation.accounts.demo.cast import CAST
from foundation.accounts.labels import role_labels
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.roles import ADMINISTRATORS, RULES, Level, Right, Role
from foundation.accounts.scope import prefixes, within
from foundation.desk.demo_parts import Count
from foundation.ledger.models import Entry

#: A door names at most so many counts, the first that apply and are not zero.
COUNTS_PER_DOOR = 3
GROUPS: dict[str, Promise] = {
    "village": _("In the village"),
    "township": _("In the township"),
    "county": _("In the county"),
    "department": _("In the departments"),
    "above": _("City and province"),
    "oversight": _("Administration and audit"),
}
_BY_LEVEL = {Level.TOWNSHIP: "township", Level.COUNTY: "county", Level.CITY: "above", Level.PROVINCE: "above"}


#: What the ground itself has to count; what later stages count goes before.
COUNTS = (
    Count(
        Right.VIEW_LEDGER,
        lambda user: Entry.objects.filter(within("area", prefixes(user, Right.VIEW_LEDGER))).count(),
        ngettext_lazy("%(n)d recorded act", "%(n)d recorded acts", "n"),
    ),
    Count(
        Right.MANAGE_ACCOUNTS,
        lambda user: User.objects.visible_to(user, Right.MANAGE_ACCOUNTS).count(),
        ngettext_lazy("%(n)d account", "%(n)d accounts", "n"),
    ),
    Count(
        Right.GRANT_POSTINGS,
        lambda user: vacancies.ending_soon(user).count(),
        ngettext_lazy("%(n)d post ends within 30 days", "%(n)d posts end within 30 days", "n"),
    ),
    Count(
        Right.VIEW_VACANCIES,
        lambda user: vacancies.vacancies(user).count(),
        ngettext_lazy("%(n)d post stands empty", "%(n)d posts stand empty", "n"),
    ),
    Count(
        Right.VIEW_STAFF,
        lambda user: Posting.objects.visible_to(user).in_force().values("user").distinct().count(),
        ngettext_lazy("%(n)d person at work", "%(n)d people at work", "n"),
    ),
    Count(
        Right.VIEW_AREAS,
        lambda user: _places(user, Level.VILLAGE),
        ngettext_lazy("%(n)d village", "%(n)d villages", "n"),
    ),
    Count(
        Right.VIEW_AREAS,
        lambda user: _places(user, Level.GROUP),
        ngettext_lazy("%(n)d villager group", "%(n)d villager groups", "n"),
    ),
)


@dataclass(frozen=True, slots=True)
class Entrance:
    """One press: whom one becomes, as what, where, and what is there now."""

    username: str
    name: str
    role: str
    place: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntranceGroup:
    """The doors of one storey of the work."""

    key: str
    title: Promise
    entrances: tuple[Entrance, ...]


def clock_banner(request: HttpRequest) -> str | None:
    """Return the banner of the business day where it stands still, for every page (composition BANNERS)."""
    if settings.SHOUWANG_TODAY:
        return "components/clock_held.html"
    return "components/clock_banner.html" if clock.is_pinned() else None


def entrances() -> list[EntranceGroup]:
    """Return the doors of the cast by storey; who holds no post today has none."""
    counted: dict[tuple[str, str | None, int, int], int] = {}
    labels: dict[str, dict[Role, str]] = {}
    found: dict[str, list[Entrance]] = {key: [] for key in GROUPS}
    for post in _posts_of_the_cast():
        if post.area_id not in labels:
            labels[post.area_id] = role_labels(post.area_id)
        found[_storey(post)].append(
            Entrance(
                username=post.user.username,
                name=post.user.name,
                role=labels[post.area_id][Role(post.role)],
                place=f"{post.area.name}{post.department.called if post.department else ''}",
                counts=tuple(_counts(post, counted)),
            )
        )
    return [EntranceGroup(key, GROUPS[key], tuple(doors)) for key, doors in found.items() if doors]


def _posts_of_the_cast() -> list[Posting]:
    """Return one post in force of each of the cast who may sign in, in the order of the cast; one query."""
    order = {player.username: number for number, player in enumerate(CAST)}
    rows = (
        Posting.objects.in_force()
        .filter(user__username__in=order, user__is_active=True)
        .select_related("user", "area", "department")
    )
    first = {row.user.username: row for row in reversed(rows)}
    return sorted(first.values(), key=lambda row: order[row.user.username])


def _storey(post: Posting) -> str:
    if post.role in (*ADMINISTRATORS, Role.EXTERNAL_AUDITOR):
        return "oversight"
    return "department" if post.department_id else _BY_LEVEL.get(Level(post.area.level), "village")


def _counts(post: Posting, counted: dict[tuple[str, str | None, int, int], int]) -> Iterator[str]:
    """Yield what there is behind a door, the latest stage first; doors on the same desk share the counting."""
    shown = 0
    brought = (count for part in reversed(parts("DEMONSTRATION")) for count in part.counts)
    for number, count in enumerate((*brought, *COUNTS)):
        if count.right not in RULES[Role(post.role)].rights or shown == COUNTS_PER_DOOR:
            continue
        key = (post.area_id, post.department_id, number, post.user_id if count.own else 0)
        if key not in counted:
            counted[key] = count.number(post.user)
        if counted[key]:
            shown += 1
            yield str(count.said % {"n": counted[key]})


def _places(user: User, level: Level) -> int:
    """Count the living areas of a level below the person's own; a village does not count itself."""
    below = [code for code in prefixes(user, Right.VIEW_AREAS) if len(code) < level]
    return Area.objects.living().filter(within("code", below), level=level).count()
