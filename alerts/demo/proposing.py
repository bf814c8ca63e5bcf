"""The way of a household from what the village saw to the proposal, for stories that go on from there."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from alerts.demo.acts import Assigns, Dispatches, Reports, StoryAct
from alerts.demo.reviewing import Proposes
from alerts.demo.visiting import Checks
from alerts.models import Channel
from monitoring.screening.terms import EventKind

#: S10 and the households of its notice: seen and dispatched, assigned, visited, proposed.
SEEN_ON, ASSIGNED_ON = datetime.date(2026, 10, 21), datetime.date(2026, 10, 22)
VISITED_ON, PROPOSED_ON = datetime.date(2026, 10, 23), datetime.date(2026, 10, 26)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What befell a household: told by whoever saw it, found at the door, paid by itself, and the code of the risk."""

    told: str
    found: str
    paid: int
    risk: str


def to_the_proposal(head: str, trouble: Trouble, wages: int, at: datetime.time) -> Sequence[StoryAct]:
    """Return what people did from the first word to the proposal.

    `wages` are what the household earns in a year, in yuan; `at` is when the assistant came to the yard.
    """
    answers = {
        "changes": ["illness"], "risks": [trouble.risk], "wages": str(wages), "medical_paid": str(trouble.paid),
        "income_part": "near", "expense_part": "heavy", "hardship_part": "grave", "coping_part": "unable",
        "opinion": "propose",
    }  # fmt: skip
    return (
        Reports(SEEN_ON, Channel.VISIT, EventKind.ILLNESS, trouble.told, "村民小组长"),
        Dispatches(SEEN_ON),
        Assigns(ASSIGNED_ON),
        Checks(VISITED_ON, at, trouble.found, (head,), answers),
        Proposes(PROPOSED_ON, "入户情况属实，符合突发严重困难户的情形，提请民主评议。"),
    )
