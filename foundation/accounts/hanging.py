"""What hangs on a posting: nobody leaves one while others rely on them there (field.md 2.5).

Stages above answer for their own work: a callable named in `config/composition.py` under HANGS_ON_POSTINGS. Work that
finds an owner by itself does not hang: it is re-homed by POSTING_FOLLOWERS when the posting ends.
"""

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from foundation.accounts.composition import parts
from foundation.accounts.models import Posting
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right


@dataclass(frozen=True, slots=True)
class Hanging:
    """Work of one kind that hangs on a posting: in words with its count, and the page where `right` hands it over.

    `act` is what the way there is called, `ask` what is said to who may not go there; empty: that it is handed over.
    """

    sentence: str
    url: str
    right: Right
    count: int
    act: str = ""
    ask: str = ""


class HangsOnPosting(Protocol):
    """Says what of one stage's work hangs on a posting."""

    def __call__(self, posting: Posting) -> Hanging | None:
        """Return what hangs there, or None where nothing does; one query."""


def hanging_on(posting: Posting) -> list[Hanging]:
    """Return everything that hangs on a posting."""
    found = (hangs(posting) for hangs in parts("HANGS_ON_POSTINGS"))
    return [each for each in found if each is not None]


def check_nothing_hangs(posting: Posting) -> None:
    """Refuse to take a posting from somebody on whom others rely there."""
    if hanging := hanging_on(posting):
        raise Refused(
            _("This posting cannot end yet: %(what)s Hand this over or settle it first.")
            % {"what": " ".join(each.sentence for each in hanging)}
        )
