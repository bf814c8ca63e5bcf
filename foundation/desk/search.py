"""Global search: what is typed in the top bar, looked up by every storey, within the person's own scope.

Any app takes part: a `SearchPart` named in `config/composition.py` under SEARCH.
"""

from dataclasses import dataclass
from typing import Protocol

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.accounts.composition import parts
from foundation.accounts.models import Area, User
from foundation.accounts.models.people import normal_username
from foundation.accounts.selectors import matching

#: A part shows at most so many hits.
MOST_HITS = 20
_LONGEST = 60
#: So many digits may be the end of an ID number: its last four may be three and an X.
_DIGITS_OF_A_NUMBER = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its name, one line that tells it from others, and its page."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one part; `more` says that there are others than the MOST_HITS shown."""

    title: str | Promise
    hits: list[Hit]
    more: bool


class SearchPart(Protocol):
    """Looks for one kind of thing; returns up to MOST_HITS + 1 hits, only what `user` may see."""

    title: str | Promise

    def __call__(self, user: User, text: str) -> list[Hit]:
        """Return what fits `text` (not empty, at most 60 characters)."""


def search(user: User, typed: str) -> list[Found]:
    """Ask every part; parts that found nothing are left out."""
    text = typed.replace("\x00", "").strip()[:_LONGEST]
    if not text:
        return []
    answers = [(part.title, part(user, text)) for part in parts("SEARCH")]
    return [Found(title, hits[:MOST_HITS], len(hits) > MOST_HITS) for title, hits in answers if hits]


def may_be_a_number(text: str) -> bool:
    """Say whether what was typed may be somebody's number or its end: such words never stand in an address.

    An address lies in the browser's history and in the logs of proxies; the body of a POST does not.
    """
    return sum(character.isdigit() for character in text) >= _DIGITS_OF_A_NUMBER


class AreaSearch:
    """Areas by part of their name, by pinyin initials, or by the beginning of their code."""

    title = _("Areas")

    def __call__(self, user: User, text: str) -> list[Hit]:
        """Return areas that `user` may see."""
        rows = matching(Area.objects.visible_to(user), text).order_by("level", "code")
        return [
            Hit(
                area.name,
                f"{area.get_level_display()} · {area.padded_code}",
                reverse("desk:area", args=[area.code]),
            )
            for area in rows[: MOST_HITS + 1]
        ]


class StaffSearch:
    """Staff by part of their name, by pinyin initials, or by their login name."""

    title = _("Staff")

    def __call__(self, user: User, text: str) -> list[Hit]:
        """Return people that `user` may see."""
        fits = Q(name__icontains=text) | Q(initials__startswith=text.lower())
        rows = (
            User.objects.visible_to(user)
            .filter(fits | Q(username=normal_username(text)))
            .order_by("name", "pk")
        )
        return [
            Hit(person.name, person.username, reverse("desk:person", args=[person.pk]))
            for person in rows[: MOST_HITS + 1]
        ]


areas = AreaSearch()
staff = StaffSearch()
