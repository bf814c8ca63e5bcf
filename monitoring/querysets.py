"""The door to datasets: departments see their own, the offices that work with all of them see all."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from foundation.accounts.querysets import ScopedQuerySet
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes, within

if TYPE_CHECKING:
    from foundation.accounts.models import User
    from monitoring.models import (  # noqa: F401  (named below)
        Batch,
        CorrectionTask,
        Dataset,
        DeclaredStandard,
        Delivery,
        Finding,
        FindingOutcome,
        HeaderMeaning,
        RegisterProposal,
        Reminder,
        RowCandidate,
        RowOutcome,
        Run,
        RunRequest,
        RunStandard,
        Trial,
        TuningRequest,
    )


class DatasetQuerySet(models.QuerySet["Dataset"]):
    """Datasets lie in no area; what narrows them is the department of the reader's posting."""

    def visible_to(self, user: "User", right: Right = Right.VIEW_DATASETS) -> Self:
        """Keep what `user` may see: of every department with a posting outside departments, else of their own."""
        if user.is_built_in:
            return self
        departments = {duty.department for duty in user.duties() if duty.holds(right)}
        if None in departments:
            return self
        return self.filter(department__in=departments)

    def declared(self) -> Self:
        """Keep the datasets that a file still declares."""
        return self.filter(withdrawn=False)


class StandardQuerySet(models.QuerySet["DeclaredStandard"]):
    """Warning standards lie in no area and name nobody: whoever may read the regulation values reads them all."""

    def visible_to(self, user: "User", right: Right = Right.VIEW_VALUES) -> Self:
        """Keep everything for a person with the right anywhere, else nothing."""
        return self if user.is_built_in or user.holds(right) else self.none()

    def declared(self) -> Self:
        """Keep the standards that a file still declares."""
        return self.filter(withdrawn=False)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries by area, and within it by department: a department's people see what their department delivered."""

    #: Where lists find the area, to narrow them to the one looked at (foundation.desk.focus).
    area_field = "area__code"

    def visible_to(self, user: "User", right: Right = Right.VIEW_DATASETS) -> Self:
        """Keep what `user` may see by one of their duties: in its area, and of its department where it has one."""
        return self.filter(_of_duties(user, right, ""))

    def in_force(self) -> Self:
        """Keep the deliveries whose rows count today."""
        return self.filter(state="accepted")

    def known_at(self, moment: datetime.datetime) -> Self:
        """Keep what had been received by a moment."""
        return self.filter(received_at__lte=moment)


class HeaderMeaningQuerySet(models.QuerySet["HeaderMeaning"]):
    """Confirmed headers, for who delivers: by area and department."""

    def visible_to(self, user: "User", right: Right = Right.DELIVER_DATA) -> Self:
        """Keep the headers of the datasets that `user` delivers, in their areas."""
        return self.filter(_of_duties(user, right, ""))


class BatchQuerySet(models.QuerySet["Batch"]):
    """Batches of the archive, seen as their delivery is."""

    def visible_to(self, user: "User", right: Right = Right.VIEW_DATASETS) -> Self:
        """Keep the batches of the deliveries that `user` may see."""
        return self.filter(_of_duties(user, right, "delivery__"))

    def in_force(self) -> Self:
        """Keep the batches whose rows count today and are still in the archive."""
        return self.filter(delivery__state="accepted", deleted_on__isnull=True)


class ProposalQuerySet(ScopedQuerySet["RegisterProposal"]):
    """Proposed changes of the register by the village of their household: they name people."""

    area_field = "area__code"
    read_right = Right.VIEW_HOUSEHOLDS

    def waiting(self) -> Self:
        """Keep what nobody has decided."""
        return self.filter(state="proposed")


class CandidateQuerySet(models.QuerySet["RowCandidate"]):
    """Candidates of rows, for who delivers: by area and department, as their delivery is."""

    def visible_to(self, user: "User", right: Right = Right.DELIVER_DATA) -> Self:
        """Keep the candidates for rows of the deliveries whose rows `user` may read."""
        return self.filter(_of_duties(user, right, "delivery__"))

    def waiting(self) -> Self:
        """Keep what nobody has decided."""
        return self.filter(state="waiting")


class CorrectionQuerySet(models.QuerySet["CorrectionTask"]):
    """Rows to be corrected: for who delivers there, and for who found them wrong in their own areas."""

    def visible_to(self, user: "User", right: Right = Right.DELIVER_DATA) -> Self:
        """Keep the tasks of the deliveries that `user` answers for, and those found in the user's own areas."""
        found = within("area__code", prefixes(user, Right.EDIT_HOUSEHOLDS))
        return self.filter(_of_duties(user, right, "delivery__") | found)

    def unsettled(self) -> Self:
        """Keep what the department still has to correct, contested or not."""
        return self.filter(state__in=["open", "contested"])


class RunQuerySet(ScopedQuerySet["Run"]):
    """Runs of the comparison by their area: they name nobody."""

    area_field = "area__code"
    read_right = Right.VIEW_FINDINGS


class RunStandardQuerySet(ScopedQuerySet["RunStandard"]):
    """Results of standards, seen as their run is."""

    area_field = "run__area__code"
    read_right = Right.VIEW_FINDINGS


class RunRequestQuerySet(ScopedQuerySet["RunRequest"]):
    """Comparisons that wait for their turn, by their area."""

    area_field = "area__code"
    read_right = Right.VIEW_FINDINGS

    def ripe(self, moment: datetime.datetime) -> Self:
        """Keep what may begin at a moment."""
        return self.filter(begins_at__lte=moment)


class TrialQuerySet(ScopedQuerySet["Trial"]):
    """Trials by their area: they name nobody."""

    area_field = "area__code"
    read_right = Right.VIEW_FINDINGS

    def over(self, on: datetime.date) -> Self:
        """Keep the trials whose time has passed on a day."""
        return self.filter(kept_until__lt=on)


class FindingQuerySet(ScopedQuerySet["Finding"]):
    """Findings by the village of their household: they name people."""

    area_field = "area__code"
    read_right = Right.VIEW_FINDINGS

    def living(self) -> Self:
        """Keep what stands: neither taken back nor of a run that looked back."""
        return self.filter(looks_back=False, retracted_at__isnull=True)

    def waiting(self) -> Self:
        """Keep what is to be taken up: new or renewed, not held back by the brake."""
        return self.living().filter(taken_at__isnull=True).exclude(result="held")


class OutcomeQuerySet(ScopedQuerySet["FindingOutcome"]):
    """Outcomes of findings, by the village of their household."""

    area_field = "area__code"
    read_right = Right.VIEW_FINDINGS


class TuningQuerySet(ScopedQuerySet["TuningRequest"]):
    """Words about standards, by the village of the warning: who may see alerts there reads them; they name nobody."""

    area_field = "area__code"
    read_right = Right.VIEW_ALERTS


class RowOutcomeQuerySet(models.QuerySet["RowOutcome"]):
    """Outcomes of delivered rows, for who delivers: by area and department, as their delivery is."""

    #: Where lists find the area, to narrow them to the one looked at (foundation.desk.focus).
    area_field = "delivery__area__code"

    def visible_to(self, user: "User", right: Right = Right.DELIVER_DATA) -> Self:
        """Keep the outcomes of the deliveries whose rows `user` may read."""
        return self.filter(_of_duties(user, right, "delivery__"))


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Reminders for the office that answers them, by area and department, and for who reads findings there."""

    area_field = "finding__area__code"

    def visible_to(self, user: "User", right: Right = Right.SETTLE_REMINDERS) -> Self:
        """Keep what `user` may answer, and what stands on findings that they may read."""
        if user.is_built_in:
            return self
        condition = within(self.area_field, prefixes(user, Right.VIEW_FINDINGS))
        for duty in user.duties():
            if duty.holds(right):
                here = within(self.area_field, [duty.area])
                condition |= here if duty.department is None else here & Q(department=duty.department)
        return self.filter(condition)

    def open(self) -> Self:
        """Keep what nobody has answered."""
        return self.filter(state="open")


def _of_duties(user: "User", right: Right, path: str) -> Q:
    if user.is_built_in:
        return Q()
    condition = Q(pk__in=[])
    for duty in user.duties():
        if duty.holds(right):
            here = within(f"{path}area__code", [duty.area])
            condition |= (
                here
                if duty.department is None
                else here & Q(**{f"{path}dataset__department": duty.department})
            )
    return condition
