"""What of other parts belongs to a helped household: what is due there next, and what a hand-over must not forget.

Measures, plans and follow-ups add their own without touching these pages: a callable named in `config/composition.py`
under HELPER_LINES. It is asked once for many cases.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.lifecycle import UNDER_WAY
from assistance.models import Case
from foundation.accounts.composition import parts
from foundation.accounts.models import User
from households.models import Visit

#: The last visits that a hand-over names.
_VISITS = 3
#: The question that every form of a visit asks the household: what is difficult, and what it asks for.
_ASKED = "wishes"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence about a household. With `due` it is work with a last day, which `url` opens.

    `handed_on` are lines that belong on the sheet of a hand-over: promises, open requests, what was found.
    """

    sentence: str
    due: datetime.date | None = None
    url: str = ""
    handed_on: bool = True


class HelperLines(Protocol):
    """Says for each case what its helper must know or do."""

    def __call__(self, cases: Sequence[Case], user: User) -> dict[int, list[Line]]:
        """Return lines by the key of the case, in a few queries whatever their number."""


def lines_of(cases: Sequence[Case], user: User) -> dict[int, list[Line]]:
    """Return what every part says of each case, what is due first before the rest."""
    found: dict[int, list[Line]] = {case.pk: [] for case in cases}
    for part in parts("HELPER_LINES"):
        for key, lines in part(cases, user).items():
            found[key] += lines
    for lines in found.values():
        lines.sort(key=lambda line: (line.due is None, line.due or datetime.date.max))
    return found


def of_cases(cases: Sequence[Case], user: User) -> dict[int, list[Line]]:
    """Say of each case the last day of its step while it is on its way (HELPER_LINES)."""
    return {
        case.pk: [
            Line(
                _("Step of the case due"),
                case.step_due_on,
                reverse("cases:case", args=[case.pk]),
                handed_on=False,
            )
        ]
        for case in cases
        if case.state in UNDER_WAY and case.step_due_on is not None
    }


def of_visits(cases: Sequence[Case], user: User) -> dict[int, list[Line]]:
    """Say of each case when its household was visited last, and what it asked for then (HELPER_LINES)."""
    by_household = {case.household_id: case.pk for case in cases}
    rows = (
        Visit.objects.visible_to(user)
        .counting()
        .filter(household__in=by_household)
        .annotate(asked=KT(f"answers__{_ASKED}"))
        .order_by("-happened_on", "-pk")
    )
    found: dict[int, list[Line]] = {}
    for household, day, outcome, asked in rows.values_list("household", "happened_on", "outcome", "asked"):
        lines = found.setdefault(by_household[household], [])
        if len(lines) < _VISITS:
            told = {"day": day, "outcome": Visit.Outcome(outcome).label, "asked": asked}
            said = (
                _("Visited on %(day)s: %(outcome)s. The household asked: %(asked)s")
                if asked
                else _("Visited on %(day)s: %(outcome)s")
            )
            lines.append(Line(said % told))
    return found
