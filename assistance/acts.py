"""What the page of a case offers its reader: the next step of the chain first, then returns and side doors.

Every part brings its own acts: an object named in `config/composition.py` under CASE_ACTS.

    class Acts:
        def acts(self, case, user):
            return offered(case, user, {"review": reverse("cases:review", args=[case.pk])})
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from assistance.enrolment import barriers
from assistance.models import Case
from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.workflow.courses import Standing
from foundation.workflow.offers import offers


@dataclass(frozen=True, slots=True)
class Act:
    """A button: which move it leads to (or another word of the part), and the sentence why it does not yet.

    `leads`: it comes first where no step of the chain is to be taken.
    """

    verb: str
    label: str
    url: str
    blocked: str = ""
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts of a page: the one to do next (or None), other steps of the chain, and what leads off the chain."""

    first: Act | None
    steps: list[Act]
    aside: list[Act]


class CaseActs(Protocol):
    """What one part lets people do with a case."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return the acts of `user`; those that the table or the chain do not give are left out."""


def offered(case: Case, user: User, pages: Mapping[str, str]) -> list[Act]:
    """Return an act for each move of `pages` (verb → address) that leaves from here and is the reader's to make."""
    found = offers(case, user, list(pages))
    return [
        Act(
            offer.move.verb,
            str(offer.move.label),
            pages[offer.move.verb],
            offer.blocked or barriers.before(offer.move.verb, case),
        )
        for offer in found
    ]


def acts_of(case: Case, user: User, standing: Standing | None) -> Acts:
    """Gather the acts of every part, those of open steps in the order of the chain first."""
    every = [act for part in parts("CASE_ACTS") for act in part.acts(case, user)]
    opened = [verb for step in standing.open_steps() for verb in step.verbs] if standing else []
    steps = sorted((act for act in every if act.verb in opened), key=lambda act: opened.index(act.verb))
    ahead = [*steps, *(act for act in every if act.leads)]
    first = next((act for act in ahead if not act.blocked), None)
    chain = {verb for step in standing.steps for verb in step.verbs} if standing else set()
    other = [act for act in every if act.verb not in opened and act is not first]
    aside = [act for act in other if not (act.blocked and act.verb in chain)]
    return Acts(first, [act for act in steps if act is not first], aside)
