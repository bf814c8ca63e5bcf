"""Work that is open at a household, beside what departments propose about it: each page says what waits on the other.

    lines = open_work([household.pk], user)     on the worklist: a case goes on, a warning is open
    lines = waiting_events(household, user)     on the page of a case or a warning: a registered death waits

A package above adds a function named in `config/composition.py` under OPEN_WORK.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse
from django.utils.translation import pgettext

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from households.models import Household
from monitoring.contracts.terms import Field
from monitoring.models import RegisterProposal
from monitoring.proposals.claims import DEATH
from monitoring.proposals.selectors import waiting_of
from monitoring.proposals.wording import EVENTS, Words


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence about something that waits; `url` leads there, empty where the reader may not open it."""

    sentence: str
    url: str = ""


class OpenWork(Protocol):
    """Says of households (keys) what is open there, as far as `user` may see it; a few queries for all of them."""

    def __call__(self, households: Collection[int], user: User) -> Mapping[int, Line]:
        """Return one line for each household at which something is open."""


def open_work(households: Collection[int], user: User) -> dict[int, list[Line]]:
    """Return by household what is open there beside the proposals."""
    found: dict[int, list[Line]] = {}
    for part in parts("OPEN_WORK"):
        for key, line in part(households, user).items():
            found.setdefault(key, []).append(line)
    return found


def waiting_events(household: Household, user: User) -> list[Line]:
    """Say which registered births, deaths, moves … of a household wait to be decided; the way there for who decides."""
    rows = list(waiting_of(household).filter(field=Field.MEMBERSHIP))
    if not rows:
        return []
    may, words = user.holds(Right.EDIT_HOUSEHOLDS, household.area_id), Words()
    return [Line(_said(row, words), reverse("proposals:enter", args=[row.pk]) if may else "") for row in rows]


def _said(row: RegisterProposal, words: Words) -> str:
    event = row.event["event"]
    told = {"name": words.who(row), "event": EVENTS.get(event, event), "day": row.event["on"]}
    if event == DEATH:
        return pgettext("lineage", "A registered death of %(name)s (%(day)s) waits to be decided.") % told
    return (
        pgettext("lineage", "What was registered of %(name)s waits to be decided: %(event)s, %(day)s.") % told
    )
