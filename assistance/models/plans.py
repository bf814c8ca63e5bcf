"""The plan of a household in its versions (一户一策), each with its lines as they stood (F10)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.lifecycle_of_help import PLAN
from assistance.models.cases import Case
from assistance.models.measures import Measure
from assistance.querysets_of_help import PlanLineQuerySet, PlanQuerySet
from foundation.workflow.models import Stateful


class Plan(Stateful):
    """One version. `risk_types` and the lines are what was promised that day; a later version never changes them.

    `no_development` says why a household with labour has no development measure (empty: it has one, or
    nobody can work), and `revisit_on` when that is looked at again.
    """

    lifecycle = PLAN

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="plans", verbose_name=pgettext_lazy("case", "case")
    )
    number = models.PositiveSmallIntegerField(pgettext_lazy("plan", "version"))
    risk_types = models.JSONField(pgettext_lazy("plan", "risk types"), default=list)
    aim = models.CharField(pgettext_lazy("plan", "what shall be reached"), max_length=200, blank=True)
    no_development = models.CharField(
        pgettext_lazy("plan", "why no development measure"), max_length=200, blank=True
    )
    revisit_on = models.DateField(pgettext_lazy("plan", "looked at again on"), null=True, blank=True)
    made_on = models.DateField(pgettext_lazy("plan", "made on"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("plan", "made by")
    )  # fmt: skip
    due_on = models.DateField(pgettext_lazy("plan", "approval due on"), null=True, blank=True)
    decided_on = models.DateField(pgettext_lazy("plan", "decided on"), null=True, blank=True)
    decision = models.CharField(pgettext_lazy("plan", "reason of the township"), max_length=200, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("plan", "plan of a household")
        verbose_name_plural = pgettext_lazy("plan", "plans of households")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="a_version_of_a_plan_has_its_number"),
            models.UniqueConstraint(
                fields=["case"], name="one_plan_of_a_case_waits", condition=Q(state="submitted")
            ),
            models.UniqueConstraint(
                fields=["case"], name="one_plan_of_a_case_holds", condition=Q(state="approved")
            ),
            models.CheckConstraint(
                name="a_reason_without_development_has_a_day",
                condition=Q(no_development="", revisit_on__isnull=True)
                | ~Q(no_development="") & Q(revisit_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}"

    @property
    def area_code(self) -> str:
        """Significant code of the village."""
        return str(self.case.area_id)

    def recusal_keys(self) -> frozenset[str]:
        """The household number: its own people and kin do not act here (field.md 5.8)."""
        return self.case.recusal_keys()

    @property
    def goes_with(self) -> Case:
        """A case that is lent lends its plan."""
        return self.case


class PlanLine(models.Model):
    """One line of a version: a risk, the measure against it, and where that stood when the plan was made."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="lines")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="plan_lines")
    risk_type = models.CharField(pgettext_lazy("measure", "risk"), max_length=10, blank=True)
    state = models.CharField(pgettext_lazy("plan", "stood then"), max_length=30)

    objects = PlanLineQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "measure"], name="a_measure_stands_once_in_a_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.measure_id}"
