"""What higher storeys offer beside a proposed local value: a `LocalValueLink` named under LOCAL_VALUE_LINKS."""

from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.regulations.models import LocalValue


@dataclass(frozen=True, slots=True)
class Link:
    """A button of the page: its words, where it leads, and its icon."""

    label: str | Promise
    url: str
    icon: str


class LocalValueLink(Protocol):
    """Gives a link to whom it concerns; any app lists one in `config/composition.py` under LOCAL_VALUE_LINKS."""

    def __call__(self, row: LocalValue, user: User) -> Link | None:
        """Return the link on the page of one proposal, or None where there is nothing for `user` to do."""


def links_for(row: LocalValue, user: User) -> list[Link]:
    """Return what the page of a proposed value offers beside its moves."""
    return [link for part in parts("LOCAL_VALUE_LINKS") if (link := part(row, user)) is not None]
