"""What an authorisation says, in words: as pages, the pad and the printed form show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.regulations.units import in_language
from households.models import Authorisation
from households.models.households import NAMELESS


@dataclass(frozen=True, slots=True)
class Told:
    """An authorisation in words; the text itself is always the Chinese one, because that is what is signed."""

    authorisation: Authorisation
    basis: str
    purposes: Sequence[str]
    kinds: Sequence[str]
    members: Sequence[str]
    version: str


def told(row: Authorisation) -> Told:
    """Return what an authorisation says; two queries (its members, the version of its text)."""
    version = row.text_value
    return Told(
        authorisation=row,
        basis=str(Authorisation.Basis(row.basis).label),
        purposes=[in_language(each["zh"], each["en"]) for each in row.purposes],
        kinds=[in_language(each["zh"], each["en"]) for each in row.kinds],
        members=[
            each.resident.shown_name if each.name == NAMELESS else each.name
            for each in row.members.select_related("resident")
        ],
        version=f"{version.from_day} · {version.area or _('whole country')}",
    )
