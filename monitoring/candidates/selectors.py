"""What the pages of candidates read: masked, for people who deliver and not for those who know the households."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from households.identity import showing
from households.identity.masking import masked_name
from monitoring.models import RowCandidate
from monitoring.querysets import CandidateQuerySet


@dataclass(frozen=True, slots=True)
class Told:
    """A candidate as a page shows it: where the row stands, and who is probably meant, masked, with the village."""

    candidate: RowCandidate
    where: str
    who: str
    number: str
    village: str
    how: str


def candidates_for(user: User) -> CandidateQuerySet:
    """Return the candidates that `user` may decide on, with everything that a page shows of them."""
    return RowCandidate.objects.visible_to(user).select_related(
        "delivery__dataset", "delivery__area", "resident__household", "resident__identity", "resident__area"
    )


def chosen(user: User, keys: list[str]) -> list[RowCandidate]:
    """Return the candidates of a list of keys that `user` may decide on."""
    known = [int(key) for key in keys if key.isdecimal() and len(key) < 19]
    return list(candidates_for(user).filter(pk__in=known).order_by("delivery", "sheet", "line", "pk"))


def told(rows: Iterable[RowCandidate]) -> list[Told]:
    """Put candidates into words."""
    found = list(rows)
    numbers = showing.masked(row.resident.identity for row in found)
    return [
        Told(
            row,
            where=where(row),
            who=masked_name(row.resident.name),
            number=numbers.get(row.resident.identity_id, "") if row.resident.identity_id else "",
            village=row.resident.area.name,
            how=str(row.get_kind_display()),
        )
        for row in found
    ]


def where(row: RowCandidate) -> str:
    """Say where the row stands in its file."""
    line = _("line %(line)d") % {"line": row.line}
    return f"{row.sheet} {line}" if row.sheet else line
