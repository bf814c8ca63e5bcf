"""What stands before a move although table and chain would let it pass: asked before every move of a case.

A part adds an object named in `config/composition.py` under CASE_BARRIERS.
"""

from collections.abc import Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from assistance.models import Case, CasePiece
from foundation.accounts.composition import parts
from foundation.accounts.refusals import Refused

#: Moves that judge a file: nothing that a return asked for may be missing then.
JUDGING = frozenset({"review", "approve"})


class CaseBarrier(Protocol):
    """Names what stands before a move of some cases, in few queries whatever their number."""

    def standing_before(self, verb: str, cases: Sequence[Case]) -> dict[int, str]:
        """Return by key of the case the sentence that stands before the move now; the others pass."""


class MissingPieces:
    """Nobody passes a file on that still lacks what it was sent back for."""

    def standing_before(self, verb: str, cases: Sequence[Case]) -> dict[int, str]:
        """Return the sentence for cases with lines of their check list that nobody has ticked off."""
        if verb not in JUDGING:
            return {}
        missing = CasePiece.objects.missing().filter(case__in=[case.pk for case in cases])
        sentence = _("The check list of the return is not complete: tick off first what is there now.")
        return dict.fromkeys(missing.values_list("case", flat=True), sentence)


MISSING_PIECES = MissingPieces()


def standing_before(verb: str, cases: Sequence[Case]) -> dict[int, str]:
    """Return what stands before a move of many cases, by key; the first sentence of each."""
    found: dict[int, str] = {}
    if cases:
        for barrier in parts("CASE_BARRIERS"):
            found = barrier.standing_before(verb, cases) | found
    return found


def before(verb: str, case: Case) -> str:
    """Return what stands before a move of one case, or an empty sentence."""
    return standing_before(verb, [case]).get(case.pk, "")


def check(verb: str, case: Case) -> None:
    """Refuse a move that something stands before."""
    if sentence := before(verb, case):
        raise Refused(sentence)
