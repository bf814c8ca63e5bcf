"""The check list of a returned report: what is missing, asked by who reviews and ticked off by who reports again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alerts.models import Alert, MissingPiece
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.regulations.lookup import value
from foundation.regulations.units import in_language
from households.identity.masking import masked_text

LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class ReturnItem:
    """One thing that is missing: its code in the value `missing_pieces`, and what exactly."""

    piece: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ToldPiece:
    """A line of the check list in words."""

    row: MissingPiece
    name: str


def choices(area: str) -> list[tuple[str, str]]:
    """Return what a township of an area can ask for, and its names."""
    items = value("missing_pieces", area=area).items
    return [(each["code"], in_language(each["zh"], each["en"])) for each in items]


def told(alert: Alert) -> list[ToldPiece]:
    """Return the check list of an alert in words, what is missing first. Two queries."""
    rows = alert.pieces.select_related("asked_by", "mended_by").order_by("mended_on", "pk")
    names = dict(choices(alert.area_id))
    listed = [ToldPiece(row, names.get(row.piece, row.piece)) for row in rows]
    return sorted(listed, key=lambda each: each.row.mended_on is not None)


def check(items: Sequence[ReturnItem], area: str) -> None:
    """Refuse an empty check list, and what the list of the area does not have."""
    if not items:
        raise Refused(_("Say what is missing: tick at least one line."), field="items")
    known = dict(choices(area))
    for item in items:
        if item.piece not in known:
            raise Refused(_("Choose from the check list."), field="items")
        if item.piece == "other" and not item.note.strip():
            raise Refused(_("Say in a few words what is missing."), field="note")


def ask(alert: Alert, items: Sequence[ReturnItem], *, by: User) -> None:
    """Write the check list down; numbers of people in a note are masked. What is missing still is asked for again."""
    today = clock.today()
    for item in items:
        note = masked_text(item.note.strip())[:LONGEST_NOTE]
        missing = MissingPiece.objects.missing().filter(alert=alert, piece=item.piece, note=note)
        if not missing.update(asked_on=today, asked_by=by):
            MissingPiece.objects.create(alert=alert, piece=item.piece, note=note, asked_on=today, asked_by=by)


def mend(alert: Alert, keys: Collection[int], *, by: User) -> int:
    """Tick lines off that are there now; returns how many were."""
    rows = MissingPiece.objects.missing().filter(alert=alert, pk__in=list(keys))
    return rows.update(mended_on=clock.today(), mended_by=by)
