"""The case goes along: enrolled stays enrolled, with its day of identification (MoveFollower)."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assistance.followups.keeping import level_changed
from assistance.models import (
    AidRecord,
    Case,
    EvaluationItem,
    HelperPlace,
    IncomeSheet,
    Measure,
    NoticeItem,
    Plan,
    Recategorisation,
    Removal,
)
from foundation.accounts.models import User
from foundation.workflow.models import Stateful
from households.moving.followers import Journey, acted_since
from households.words import Words

#: What is done with a case by its own acts: done since the household came, it stands on its being there.
_OF_CASES: tuple[type[Stateful], ...] = (
    HelperPlace, Measure, Plan, AidRecord, Removal, Recategorisation, IncomeSheet,
)  # fmt: skip


class CasesGo:
    """The running case and those before it; the chain that it began with is kept, and what is decided stays decided.

    Months since identification go on: standing and day of identification are the household's own.
    """

    claims = ("assistance.Case.area", "assistance.Case.household")

    def tells(self, journey: Journey) -> Iterator[str]:
        """Say how the case stands and since when, and which plan holds."""
        words = Words()
        for case in _running(journey):
            category = words.standing(case.category, journey.origin) if case.category else ""
            since = case.standing.from_day if case.standing else None
            said = {
                "state": case.state_label,
                "category": category,
                "since": f"{since:%Y-%m}" if since else "",
            }
            if category and since:
                yield (
                    _("Case (%(state)s, %(category)s, identified %(since)s): it goes on as it stands.") % said
                )
            else:
                yield _("Case (%(state)s): it goes on where it stands in its procedure.") % said
            if Plan.objects.in_force().filter(case=case).exists():
                yield pgettext("move", "The plan of the household holds until the new area writes another.")

    def hinders(self, journey: Journey) -> Iterator[str]:
        """Name what a village, a township or a county is in the middle of deciding about the case."""
        cases = _running(journey)
        if EvaluationItem.objects.filter(_of(cases, journey), result="").exists():
            yield _(
                "The case is on the list of a meeting that is not over: it is taken off, or decided first."
            )
        posted = NoticeItem.objects.filter(
            _of(cases, journey), until__isnull=False, ended_on__isnull=True, left_on__isnull=True
        )
        if posted.exists():
            yield _("The household stands on a notice that hangs: its days end first.")
        if Removal.objects.running().filter(case__in=cases).exists():
            yield _("The removal of its risk is under way: take that proposal back first.")
        if Recategorisation.objects.open().filter(case__in=cases).exists():
            yield _("Another category is proposed for the case: the county decides first.")
        if any(case.state == "correcting" for case in cases):
            yield _("A correction of the identification waits for the county: it is decided first.")

    def later(self, journey: Journey) -> Iterator[str]:
        """Say whether anybody did something with the case since the household came."""
        cases = list(Case.objects.filter(household=journey.household.pk).values_list("pk", flat=True))
        acted = acted_since(journey.move, Case, cases)
        for model in _OF_CASES:
            # Every one of these models has a key to its case; their common type does not say so.
            rows = model._default_manager.filter(case__in=cases)  # type: ignore[misc]
            acted = acted or acted_since(journey.move, model, list(rows.values_list("pk", flat=True)))
        if acted:
            yield _("The case of the household went on since.")

    def follow(self, journey: Journey, *, by: User) -> None:
        """Write the new village; the visit that is owed is due by the days of the new area."""
        Case.objects.filter(household=journey.household.pk).update(area=journey.target)
        for case in _running(journey):
            level_changed(case)


def _of(cases: list[Case], journey: Journey) -> Q:
    """Return what picks the lines of a household: those of its case, and those of its assessment."""
    return Q(case__in=cases) | Q(assessed__household=journey.household.pk)


def _running(journey: Journey) -> list[Case]:
    rows = Case.objects.running().filter(household=journey.household.pk)
    return list(rows.select_related("household", "area", "standing"))


CASES = CasesGo()
