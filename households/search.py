"""Search of the register: one function behind the search of the top bar, pickers and the API.

What is typed decides where it is looked up: a full ID number and a telephone by their keyed index, four characters as
the end of an ID number, letters as pinyin initials, everything else as a name (exact, then from its beginning, then
inside), and always as a household number. Everything begins at `visible_to`, goes township by township of the
reader's scope through an index led by the township, and stops after the first hits; nothing is counted. So it costs
the same whatever lies in other townships (docs/decisions/0013).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.array import ArrayOverlap  # type: ignore[attr-defined]
from django.db.models import BooleanField, Case, F, Func, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Left, Length, Substr
from django.db.models.lookups import GreaterThan, StartsWith

from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes, within
from households.identity import keeping
from households.identity.numbers import IdNumber, plain_number, read_id_number, read_phone
from households.models import Household, Identity, Resident
from households.models.households import HEAD, TOWNSHIP
from households.querysets import HouseholdQuerySet, ResidentQuerySet

#: So many are shown; one more is looked for, to say that there are others.
MOST = 20
_END_OF_NUMBER = re.compile(r"[0-9]{3}[0-9X]")
_LETTERS = re.compile(r"[A-Za-z]+")
_TWO = 2
#: With these beginnings of its area the index of long names holds each piece (migration 0012), finest first.
PIECE_DIGITS = (9, 6, 4)
_FROM_SECOND = Substr("name", 2)
Rows = TypeVar("Rows", bound=QuerySet[Any])
_TEXTS = ArrayField(TextField())
_PIECES = Case(
    When(
        GreaterThan(Length("name"), 3),
        then=Func(TOWNSHIP, F("name"), function="households_name_pieces", output_field=_TEXTS),
    ),
    default=None,
    output_field=_TEXTS,
)


class _Among(Func):
    """Says that a text is one of many, as a sub-select of a constant.

    A list that the planner sees is weighed member by member against its statistics, in each part of the statement: for
    a city that took longer than the search itself.
    """

    template = "%(expressions)s)))"
    arg_joiner = " = ANY(ARRAY(SELECT unnest("
    output_field = BooleanField()

    def __init__(self, text: Any, among: list[str]) -> None:
        super().__init__(text, Value(among, output_field=_TEXTS))


def residents(user: User, typed: str, *, most: int = MOST) -> list[Resident]:
    """Return up to `most` residents that `user` may see and that fit, the best first, with household and village.

    Five statements, however many there are: loans, townships of the scope, the hits, their rows, and villages (apart,
    because a planner that is asked for both together may read all villages). Where more fit than are shown, a sixth
    asks for those who are called exactly so.
    """
    inside, lent = Resident.objects.visible_parts(user)
    places = _Places(user)
    found = _first(_resident_queries(places, inside, lent, typed), most)
    name = _plain_name(typed)
    if len(name) >= _TWO and sum(part == 0 for part in found.values()) == most:
        # Whoever is called exactly so may be among those that were left out.
        found = dict(list((_first([_called(places, inside, name)], most) | found).items())[:most])
    # Found among what is visible; asking again would only cost.
    rows = Resident.objects.order_by().select_related("household").prefetch_related("area").in_bulk(found)
    return sorted((rows[key] for key in found if key in rows), key=lambda row: row.name != name)


def households(user: User, typed: str, *, most: int = MOST) -> list[Household]:
    """Return up to `most` households that `user` may see, by number, its beginning, or by telephone."""
    inside, lent = Household.objects.visible_parts(user)
    found = _first(_household_queries(_Places(user), inside, lent, typed), most)
    rows = Household.objects.order_by().prefetch_related("area").in_bulk(found)
    return [rows[key] for key in found if key in rows]


def with_head(user: User, typed: str) -> QuerySet[Any]:
    """Return the keys of all households that `user` may see and whose head is called so, for a list that is narrowed.

    By pinyin initials, or by name from its beginning and (two characters and more) from further inside, each through
    the index of search.
    """
    heads = Resident.objects.present().filter(relation=HEAD)
    inside, lent = heads.visible_parts(user)
    parts = [rows.order_by().values_list("household") for rows in _named(_Places(user), inside, lent, typed)]
    if not parts:
        return heads.none().values_list("household")
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


class _Places:
    """The townships that a reader's search goes through."""

    def __init__(self, user: User) -> None:
        self._prefixes = prefixes(user, Right.VIEW_HOUSEHOLDS)

    @cached_property
    def places_of_pieces(self) -> list[str]:
        """Codes that pieces of long names begin with: few, each as wide as the scope allows (9, 6 or 4 digits)."""
        found = set()
        for code in self._prefixes:
            fitting = [digits for digits in PIECE_DIGITS if digits <= len(code)]
            if fitting:
                found.add(code[: fitting[0]])
            else:
                found |= {each[: PIECE_DIGITS[-1]] for each in self.townships if each.startswith(code)}
        return sorted(found)

    @cached_property
    def townships(self) -> list[str]:
        """Codes of nine digits: those in the scope, or above it in the case of a village. At most one query."""
        level = int(Level.TOWNSHIP)
        found = {code[:level] for code in self._prefixes if len(code) >= level}
        wide = frozenset(code for code in self._prefixes if len(code) < level)
        if wide:
            # A village may have come before its township.
            heads = Q(level=level) | Q(level__gt=level, parent__isnull=True)
            below = Area.objects.filter(within("code", wide), heads)
            found |= set(below.values_list(Left("code", level), flat=True))
        return sorted(found)

    def narrowed(self, inside: Rows, lent: Rows | None) -> Iterator[Rows]:
        """Yield visible rows as the indexes want them: those of the townships, then those that are lent.

        Ordered by township, which only the index gives for nothing: a planner that expects many hits would rather
        read the table from its beginning, where other counties lie.
        """
        yield inside.alias(township=TOWNSHIP).filter(_Among(TOWNSHIP, self.townships)).order_by("township")
        if lent is not None:
            yield lent.order_by()


def _resident_queries(
    places: _Places, inside: ResidentQuerySet, lent: ResidentQuerySet | None, typed: str
) -> Iterator[QuerySet[Resident]]:
    """Yield the rows that fit, the best first."""
    number = plain_number(typed).upper()
    read = read_id_number(number)
    if isinstance(read, IdNumber):
        for rows in (inside, lent):
            if rows is not None:
                yield from _by_number(rows, read.number)
    elif _END_OF_NUMBER.fullmatch(number):
        yield from _by_end(places, inside, lent, number)
    else:
        yield from _named(places, inside, lent, typed)


def _named(
    places: _Places, inside: ResidentQuerySet, lent: ResidentQuerySet | None, typed: str
) -> Iterator[QuerySet[Resident]]:
    """Yield whose initials or whose name fit, the best first."""
    letters = plain_number(typed)
    if _LETTERS.fullmatch(letters):
        for rows in places.narrowed(inside, lent):
            yield rows.filter(initials__startswith=letters.lower())
    elif name := _plain_name(typed):
        (narrowed,) = places.narrowed(inside, None)
        yield from _by_name(narrowed, name)
        if len(name) >= _TWO:
            yield _long_names(inside, name, places.places_of_pieces)
        if lent is not None:
            yield lent.filter(name__contains=name).order_by()


def _by_number(rows: ResidentQuerySet, number: str) -> Iterator[QuerySet[Resident]]:
    """Yield whose number it is: who lives here, then who left."""
    subject = keeping.subject_of(Identity.Kind.ID_NUMBER, number)
    if subject is not None:
        for living in (True, False):
            yield rows.filter(identity=subject, left_on__isnull=living).order_by()


def _by_end(
    places: _Places, inside: ResidentQuerySet, lent: ResidentQuerySet | None, end: str
) -> Iterator[QuerySet[Resident]]:
    """Yield whose number ends so."""
    held = keeping.keys_in_use()
    if held is None:
        return
    fits = {f"tail__tail_{held.active}": held.looked_up.tail(Identity.Kind.ID_NUMBER, end)}
    yield inside.filter(_Among("tail__township", places.townships), **fits).order_by("tail__township")
    if lent is not None:
        yield lent.filter(**fits).order_by()


def _by_name(rows: ResidentQuerySet, name: str) -> Iterator[QuerySet[Resident]]:
    """Yield whose name begins so (who is called exactly so among them), and who has it from the second character on.

    PERF: no row fits both, but for a character that is repeated; what the planner need not weigh is left out.
    """
    yield rows.filter(name__startswith=name)
    if len(name) >= _TWO:
        inside = rows.filter(StartsWith(_FROM_SECOND, name))
        yield inside.exclude(name__startswith=name) if len(set(name)) == 1 else inside


def _called(places: _Places, inside: ResidentQuerySet, name: str) -> QuerySet[Resident]:
    """Return who is called exactly so."""
    (narrowed,) = places.narrowed(inside, None)
    return narrowed.filter(name=name)


def _long_names(inside: ResidentQuerySet, name: str, places: Iterable[str]) -> QuerySet[Resident]:
    """Return those in whose long name it stands from the third character on.

    Their pieces of two, each with its township, its county and its city, stand in an index of their own. It is the only
    one that fits: with the townships named as well, a planner may rather read a whole village.
    """
    pieces = [place + name[:_TWO] for place in places]
    long = inside.filter(ArrayOverlap(_PIECES, pieces), name__contains=name)
    return long.exclude(StartsWith(_FROM_SECOND, name)).exclude(name__startswith=name).order_by()


def _household_queries(
    places: _Places, inside: HouseholdQuerySet, lent: HouseholdQuerySet | None, typed: str
) -> Iterator[QuerySet[Household]]:
    phone = read_phone(typed)
    subject = keeping.subject_of(Identity.Kind.PHONE, phone) if isinstance(phone, str) else None
    if subject is not None:
        yield from (rows.filter(phone=subject).order_by() for rows in (inside, lent) if rows is not None)
    code = plain_number(typed)
    if code:
        for rows in places.narrowed(inside, lent):
            yield rows.filter(code=code)
            yield rows.filter(code__startswith=code).exclude(code=code)


def _plain_name(typed: str) -> str:
    """Return a name without blanks, its forms unified, at most as long as names are."""
    return "".join(unicodedata.normalize("NFKC", typed).split())[:60]


def _first(queries: Iterable[QuerySet], most: int) -> dict[int, int]:
    """Return the keys of the first rows of all queries together, each with the number of its query.

    In one statement that stops when it has them.
    """
    each = [
        rows.annotate(part=Value(part)).values_list("pk", "part")[:most] for part, rows in enumerate(queries)
    ]
    if not each:
        return {}
    rows = each[0] if len(each) == 1 else each[0].union(*each[1:], all=True)[:most]
    found: dict[int, int] = {}
    for key, part in rows:
        found.setdefault(key, part)
    return found
