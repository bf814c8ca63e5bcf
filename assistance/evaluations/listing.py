"""The households of a meeting on its page: narrowed by words or by what is still to be done, a part at a time.

A village may judge hundreds of households in one evening. All of them are read (heads are looked for by name), and a
part of them is shown; sheet and minutes print all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from assistance.evaluations.selectors import head_name
from assistance.models import EvaluationItem

#: So many households stand on one page.
PAGE = 50
#: What is left to do: households without votes, with votes, relatives of staff.
ONLY: Mapping[str, str | Promise] = {
    "open": pgettext_lazy("evaluation", "not voted on yet"),
    "voted": pgettext_lazy("evaluation", "voted on"),
    "staff": pgettext_lazy("evaluation", "relatives of staff"),
}
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Listed:
    """What a page shows of a meeting: `count` are asked for of `of` on the list; addresses are queries, or "".

    `first` and `last` count from 1; 0 where nothing is shown.
    """

    items: Sequence[EvaluationItem]
    of: int
    count: int
    first: int
    last: int
    words: str
    only: str
    earlier: str
    later: str

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What may be left to do, in words."""
        return [(code, str(label)) for code, label in ONLY.items()]

    @property
    def is_long(self) -> bool:
        """Whether the list is worth a search."""
        return self.of > PAGE or bool(self.words or self.only)


def listed(items: Sequence[EvaluationItem], staff: set[int], asked: Mapping[str, Any]) -> Listed:
    """Return the part of the households of a meeting that an address asks for: `q`, `only`, `after` (a key)."""
    words, only = str(asked.get("q", "")).strip()[:_LONGEST], str(asked.get("only", ""))
    only = only if only in ONLY else ""
    found = [item for item in items if _fits(item, words, only, staff)]
    after = str(asked.get("after", ""))
    begin = sum(item.pk <= int(after) for item in found) if after.isdecimal() and len(after) < 19 else 0
    shown = found[begin : begin + PAGE]
    # The part before begins after the household that stands a whole part earlier.
    before = found[begin - PAGE - 1].pk if begin > PAGE else 0
    return Listed(
        items=shown,
        of=len(items),
        count=len(found),
        first=begin + 1 if shown else 0,
        last=begin + len(shown),
        words=words,
        only=only,
        earlier=_query(words, only, before) if begin else "",
        later=_query(words, only, shown[-1].pk) if begin + len(shown) < len(found) else "",
    )


def _fits(item: EvaluationItem, words: str, only: str, staff: set[int]) -> bool:
    left = not item.voted and not item.result
    if (only == "open" and not left) or (only == "voted" and not item.voted):
        return False
    if only == "staff" and item.pk not in staff:
        return False
    said = f"{head_name(item)} {item.household.group_name} {item.household.code}".lower()
    return all(word in said for word in words.lower().split())


def _query(words: str, only: str, after: int) -> str:
    return "?" + urlencode({"q": words, "only": only, "after": after}) + "#items-title"
