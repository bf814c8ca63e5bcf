"""Guess which columns the headers of a foreign table mean: by names that hold each other, or letters that agree."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence

from foundation.tables.columns import header_name

#: Likeness (0 to 1) from which a header is guessed, and by how much it must lead.
_LIKE, _LEAD = 0.5, 0.05
_CONTAINED = 0.8
#: What stands behind a header in brackets (a unit, a remark), and words that say nothing.
_REMARK = re.compile(r"[(\[{【〔][^)\]}】〕]*[)\]}】〕]")


def guessed(headers: Iterable[str], names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Guess which column each header means, none twice: header → column. `names` are what each column is called.

    A name that holds the other, or letters that agree for the most part; where two columns are about as like,
    nothing is guessed.
    """
    found: list[tuple[float, str, str]] = []
    for header in headers:
        ranked = sorted(
            ((_likeness(header, called), column) for column, called in names.items()), reverse=True
        )
        if ranked and ranked[0][0] >= _LIKE and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _LEAD):
            found.append((*ranked[0], header))
    said: dict[str, str] = {}
    for _likest, column, header in sorted(found, key=lambda each: -each[0]):
        if column not in said.values():
            said.setdefault(header, column)
    return said


def _likeness(header: str, names: Sequence[str]) -> float:
    bare = _REMARK.sub("", header_name(header))
    return max((_alike(bare, header_name(name)) for name in names), default=0.0) if bare else 0.0


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    ratio = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    shorter, longer = sorted((one, other), key=len)
    return max(ratio, _CONTAINED * (0.5 + ratio / 2)) if len(shorter) > 1 and shorter in longer else ratio
