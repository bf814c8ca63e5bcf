"""What the file of a household is made of: parts, each of which brings its papers and says what is missing.

A part is an object named in `config/composition.py` under FILE_PARTS:

    class Minutes:
        order, right, label = 60, Right.VIEW_CASES, gettext_lazy("Democratic evaluation")

        def papers(self, case, user):
            for item in …:
                yield Paper(_("Minutes"), minutes_pdf(item, by=user), on=item.held_on, proves=("minutes",))

        def lacking(self, case, user):
            return ()

FILE_PARTS = (…, "assistance.evaluations.papers.PART")

The documents that the steps of the chain ask for (`documents` in assistance/enrolment/chains) need not be reported as
missing: they are, where the step was taken and no paper `proves` them.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from assistance.models import Case
from foundation.accounts.models import User
from foundation.accounts.roles import Right


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper as PDF: its title, its day, and which documents of the chain it proves (codes)."""

    title: str
    pdf: bytes
    on: datetime.date | None = None
    proves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing: the paper, and why it should be there."""

    what: str
    why: str


class FilePart(Protocol):
    """One part of the file; lower `order` comes first, in the order in which inspectors read.

    10 the household · 15 income · 20 warning · 30 visits, their photos · 40 authorisations · 45 application · 50 asset
    check · 60 democratic evaluation · 70 notice, objections · 80 review, decision · 90 announcement · 100 letters ·
    110 what happened with the case. A part is left out, and named as left out, for whoever does not hold its `right`
    where the household belongs.
    """

    order: int
    label: str | Promise
    right: Right

    def papers(self, case: Case, user: User) -> Iterable[Paper]:
        """Return the papers in their order; what is opened for it goes on record as its own page would have it."""
        ...

    def lacking(self, case: Case, user: User) -> Iterable[Lack]:
        """Return what is missing beside the documents of the chain."""
        ...
