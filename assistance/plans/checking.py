"""What a plan must have: a measure against every risk, and a development measure where somebody can work."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.catalogue.book import measure as declared_measure
from assistance.catalogue.facts import able
from assistance.catalogue.words import CatalogueWords
from assistance.measures.lasting import stands
from assistance.models import Case, Measure
from foundation.accounts import clock
from foundation.accounts.refusals import Refused
from households.models import Resident


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a plan lacks: risks without a measure (codes), and a development measure where one is owed."""

    risks: tuple[str, ...]
    development: bool

    def __bool__(self) -> bool:
        return bool(self.risks) or self.development


@dataclass(frozen=True, slots=True)
class NoDevelopment:
    """Why a household with labour has no development measure now, and when that is looked at again."""

    reason: str = ""
    revisit_on: datetime.date | None = None


def gaps_of(case: Case, risks: Sequence[str], measures: Sequence[Measure]) -> Gaps:
    """Return what a plan of these measures would lack."""
    today = clock.today()
    develops = any(row.develops for row in measures if stands(row, today))
    return Gaps(open_risks(risks, measures), not develops and has_labour(case))


def open_risks(risks: Sequence[str], measures: Sequence[Measure]) -> tuple[str, ...]:
    """Return the risks against which no measure stands; one that was refused, taken back or is over stands no more."""
    today = clock.today()
    standing = [row for row in measures if stands(row, today)]
    return tuple(risk for risk in risks if not any(stands_against(row, risk) for row in standing))


def has_labour(case: Case) -> bool:
    """Say whether somebody of the household can work, half labour among them; what nobody knows counts as no."""
    if case.no_labour:
        return False
    known = Resident.objects.present().filter(household=case.household_id).values_list("labour", flat=True)
    return able(list(known)) is True


def check(case: Case, gaps: Gaps, without: NoDevelopment) -> None:
    """Refuse a plan that leaves a risk without a measure, or labour without development and without a reason."""
    if gaps.risks:
        words = CatalogueWords(case.area_id)
        named = "、".join(words.risk(each) for each in gaps.risks)
        raise Refused(
            pgettext("plan", "No measure stands against the risk “%(risks)s”: tick one, then make the plan.")
            % {"risks": named}
        )
    if not gaps.development:
        return
    if not without.reason.strip():
        raise Refused(
            _(
                "Somebody here can work, and no development measure (production or work) is ticked: tick one, or say "
                "why not and when that is looked at again."
            ),
            field="no_development",
        )
    if without.revisit_on is None or without.revisit_on <= clock.today():
        raise Refused(_("Say on which later day that is looked at again."), field="revisit_on")


def stands_against(row: Measure, risk: str) -> bool:
    """Say whether a measure is one against a risk, whether it still runs or not.

    It was ticked for it, or for another risk and answers both. What was ticked for development alone stands against
    no risk.
    """
    declared = declared_measure(row.code)
    both = bool(row.risk_type) and declared is not None and declared.answers_to(risk)
    return row.risk_type == risk or both
