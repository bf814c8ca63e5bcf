"""Kinds of notices. Each package lists its own under NOTICE_KINDS in config/composition.py."""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise

from foundation.accounts.composition import parts


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind: its code, its name in the preferences, and its sentence with `{count}`.

    `urgent` kinds go out at once where the person wants mail at all; the others wait for the morning digest.
    """

    code: str
    label: str | Promise
    sentence: str | Promise
    urgent: bool = False

    def say(self, count: int) -> str:
        """Return the sentence for so many things."""
        return str(self.sentence).format(count=count)


@cache
def kinds() -> dict[str, NoticeKind]:
    """Return every kind by its code, in the order of the composition."""
    return {kind.code: kind for group in parts("NOTICE_KINDS") for kind in group}


def kind_of(code: str) -> NoticeKind:
    """Return a kind; KeyError names one that no package lists."""
    return kinds()[code]
