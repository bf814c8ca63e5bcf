"""A person's page: their posts, stand-ins and loans as far as the reader sees them, and what one may do here."""

from dataclasses import dataclass

from django.db.models import Q

from foundation.accounts import clock
from foundation.accounts.labels import role_labels_of_many
from foundation.accounts.models import Department, Loan, Posting, StandIn, User
from foundation.accounts.roles import RULES, Right, Role
from foundation.accounts.scope import prefixes, within


@dataclass(frozen=True, slots=True)
class ShownPosting:
    """A posting with its role as the area calls it, its rights in words, and whether the reader may change it."""

    posting: Posting
    label: str
    rights: tuple[str, ...]
    may_end: bool
    may_arrange: bool


@dataclass(frozen=True, slots=True)
class Posts:
    """A person's postings by when they are held."""

    now: list[ShownPosting]
    to_come: list[ShownPosting]
    past: list[ShownPosting]


def posts_of(person: User, reader: User) -> Posts:
    """Return the postings of `person` that `reader` sees; three queries."""
    today = clock.today()
    rows = list(
        Posting.objects.visible_to(reader)
        .filter(user=person)
        .select_related("area", "department")
        .order_by("-from_day", "-pk")
    )
    called = role_labels_of_many({row.area_id for row in rows})
    posts = Posts([], [], [])
    for row in rows:
        over = row.withdrawn_on is not None or (row.until_day is not None and row.until_day < today)
        group = posts.past if over else posts.to_come if row.from_day > today else posts.now
        group.append(_shown(row, called[row.area_id][Role(row.role)], reader, is_over=over))
    return posts


def stand_ins_of(person: User, reader: User) -> list[StandIn]:
    """Return the stand-ins for a person's posts and of the person for others, that `reader` sees."""
    about = Q(posting__user=person) | Q(substitute=person)
    return list(
        StandIn.objects.visible_to(reader)
        .filter(about)
        .select_related("posting__user", "posting__area", "substitute")
    )


def loans_to(person: User, reader: User) -> list[Loan]:
    """Return the loans to a person that still run, of the areas where `reader` lends records."""
    codes = prefixes(reader, Right.LEND_OBJECTS)
    running = Loan.objects.filter(borrower=person, ended_on__isnull=True, until_day__gte=clock.today())
    return list(running.filter(within("area__code", codes)).select_related("area"))


def departments(_reader: User) -> list[tuple[str, str]]:
    """Return code and name of every kind of department; they are the same for everybody."""
    return [(each.pk, each.called) for each in Department.objects.all()]


def _shown(row: Posting, label: str, reader: User, *, is_over: bool) -> ShownPosting:
    own = row.user_id == reader.pk
    return ShownPosting(
        posting=row,
        label=label,
        rights=tuple(str(right.label) for right in Right if right in RULES[Role(row.role)].rights),
        may_end=not is_over and not own and reader.holds(Right.GRANT_POSTINGS, row.area_id),
        may_arrange=not is_over and reader.holds(Right.ARRANGE_STAND_INS, row.area_id),
    )
