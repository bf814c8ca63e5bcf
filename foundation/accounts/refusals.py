"""How the house says no: one sentence for the person who asked, never a stack trace."""

from collections.abc import Iterator
from contextlib import contextmanager

from foundation.tables.columns import UnreadableTable


class Refused(Exception):  # noqa: N818  (a refusal is an answer, not a programming error)
    """An act was not carried out. The message is a translated sentence: what is wrong and what to do next."""

    def __init__(self, sentence: object, *, field: str | None = None) -> None:
        """Say `sentence`; `field` names the form field it belongs to, where there is one."""
        super().__init__(str(sentence))
        self.sentence = str(sentence)
        self.field = field


class Busy(Refused):
    """Not now: somebody else is at it. Asking again a little later may succeed, and a job does so by itself."""


class NoRight(Refused):
    """The person has no right to do this here: programs are answered 403, readers of a page the sentence."""


@contextmanager
def unreadable_is_refused() -> Iterator[None]:
    """Turn what the reader of tables says of a file that cannot be read into a refusal."""
    try:
        yield
    except UnreadableTable as unreadable:
        raise Refused(unreadable.sentence) from unreadable
