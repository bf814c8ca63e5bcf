"""Reading the record of acts: what a person may read of it, and an entry prepared for the page."""

import datetime
import hashlib
import json
from dataclasses import dataclass

from django.db.models import BigIntegerField, Case, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Cast, Substr

from foundation.accounts.models import Posting, User
from foundation.accounts.models.areas import readings
from foundation.accounts.models.people import normal_username
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within
from foundation.accounts.tabular import plain
from foundation.ledger.models import Entry, Opening
from foundation.ledger.record import canonical, read_body

_STAFF = "staff:"
#: Signing in is for auditors; the page of a person shows what was done to the account and its posts.
_SIGN_INS = ("staff.signed_in", "staff.signed_out", "staff.sign_in_failed")
MOST_EVENTS = 50


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """An entry as its page shows it: the stored bytes, their digest, and what became of the personal part."""

    entry: Entry
    text: str
    sha256: str
    is_canonical: bool
    commitment: str
    is_opening_kept: bool
    basis: str


def entries_visible_to(user: User) -> QuerySet[Entry]:
    """Return the entries of the areas whose record `user` may read, each with its actor's name (`actor_name`).

    Entries of no area (the whole country) are for the platform's own accounts alone.
    """
    return with_names(Entry.objects.filter(within("area", prefixes(user, Right.VIEW_LEDGER))), user)


def with_names(entries: QuerySet[Entry], user: User) -> QuerySet[Entry]:
    """Add the name of each actor whom `user` may know; the record itself holds pseudonyms only."""
    number = Case(
        When(actor__startswith=_STAFF, then=Cast(Substr("actor", len(_STAFF) + 1), BigIntegerField()))
    )
    known = User.objects.visible_to(user, Right.VIEW_LEDGER).filter(pk=OuterRef("actor_number"))
    return entries.annotate(actor_number=number).annotate(actor_name=Subquery(known.values("name")[:1]))


def done_by(entries: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    """Keep the acts of one actor: a pseudonym of the record, or a login name."""
    known = User.objects.filter(username=normal_username(text)).values_list("pk", flat=True)
    return entries.filter(Q(actor=text) | Q(actor__in=[f"{_STAFF}{pk}" for pk in known]))


def about(entries: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    """Keep what was done to one object, such as posting:3, or to one kind of them."""
    kind, _colon, number = text.partition(":")
    return entries.filter(object_type=kind.strip(), **({"object_id": number.strip()} if number else {}))


def in_area(entries: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    """Keep what happened under an area, by its code."""
    return entries.filter(area__startswith=readings(plain(text))[-1])


def on_day(entries: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    """Keep what happened or was entered on a day; nothing where no day was typed."""
    try:
        day = datetime.date.fromisoformat(plain(text))
    except ValueError:
        return entries.none()
    return entries.filter(Q(happened_on=day) | Q(entered_on=day))


def history_of(person: User, reader: User) -> list[Entry]:
    """Return what was done to an account and to those of its posts that `reader` sees, newest first.

    For who manages accounts, grants postings or reads the record; nothing for anybody else.
    """
    rights = (Right.MANAGE_ACCOUNTS, Right.GRANT_POSTINGS, Right.VIEW_LEDGER)
    codes = frozenset[str]().union(*(prefixes(reader, right) for right in rights))
    if not codes:
        return []
    posts = Posting.objects.visible_to(reader).filter(user=person).values_list("pk", flat=True)
    about = Q(object_type="staff", object_id=str(person.pk)) | Q(
        object_type="posting", object_id__in=[str(pk) for pk in posts]
    )
    entries = Entry.objects.filter(about).filter(within("area", codes)).exclude(verb__in=_SIGN_INS)
    return list(with_names(entries, reader)[:MOST_EVENTS])


def read_entry(entry: Entry) -> ReadEntry:
    """Prepare an entry for its page; of the personal part only the commitment, never what it hides."""
    body = read_body(entry)
    stored = bytes(entry.body)
    return ReadEntry(
        entry=entry,
        text=json.dumps(body, ensure_ascii=False, indent=2),
        sha256=hashlib.sha256(stored).hexdigest(),
        is_canonical=canonical(body) == stored,
        commitment=body["commitment"] or "",
        is_opening_kept=Opening.objects.filter(pk=entry.pk).exists(),
        basis=body["basis"],
    )
