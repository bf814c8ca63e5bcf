"""Batch assessments (综合评估—分类管理): the set, its households, and what was decided."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from alerts.models import Signal
from assistance.assessment.lifecycle import ASSESSED, UNDER_WAY
from assistance.models.cases import Case
from assistance.querysets_of_assessments import (
    AssessedHouseholdQuerySet,
    AssessmentQuerySet,
    PolicyExitQuerySet,
)
from foundation.accounts.models import Area
from foundation.workflow.models import Stateful
from households.models import Household

#: States in which a household is in an assessment that is not over.
_OPEN = (*UNDER_WAY, "decided")


class Assessment(models.Model):
    """One assessment: which households of an area are judged, as of which day, by which rule (its digest stays).

    `whom` are kinds of standing (households.Standing.Kind): who was lifted out of poverty, and the three categories.
    """

    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("case", "area")
    )
    whom = ArrayField(
        models.CharField(max_length=15), verbose_name=pgettext_lazy("assessment", "who is assessed")
    )
    on = models.DateField(pgettext_lazy("assessment", "as of"))
    rule = models.CharField(pgettext_lazy("assessment", "rule"), max_length=20)
    digest = models.CharField(pgettext_lazy("assessment", "digest of the rule"), max_length=64)
    note = models.CharField(pgettext_lazy("assessment", "note"), max_length=200, blank=True)
    declared_on = models.DateField(pgettext_lazy("assessment", "declared on"))
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("assessment", "declared by"),
    )  # fmt: skip
    job = models.UUIDField(pgettext_lazy("case", "job"), null=True, blank=True)
    #: When every household of the set had been judged; none while that goes on.
    scored_on = models.DateField(pgettext_lazy("assessment", "judged on"), null=True, blank=True)
    cancelled_on = models.DateField(pgettext_lazy("assessment", "called off on"), null=True, blank=True)
    cancelled_why = models.CharField(
        pgettext_lazy("assessment", "why called off"), max_length=300, blank=True
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("assessment", "batch assessment")
        verbose_name_plural = pgettext_lazy("assessment", "batch assessments")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="an_assessment_names_somebody", condition=~Q(whom=[])),
            models.CheckConstraint(
                name="a_called_off_assessment_says_why",
                condition=Q(cancelled_on__isnull=True, cancelled_why="")
                | Q(cancelled_on__isnull=False) & ~Q(cancelled_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.on}"

    @property
    def area_code(self) -> str:
        """The area that it was declared for."""
        return self.area_id


class AssessedHousehold(Stateful):
    """One household of an assessment. `answers` are frozen when it is judged: code, answer, sentence, facts, day.

    `basis` is the standing by which it is in the set; `proposed` what the rule came to, `result` what the township
    said, `why` its reason where it said otherwise.
    """

    class Result(models.TextChoices):
        """What becomes of it."""

        STAYS = "stays", pgettext_lazy("assessment", "stays")
        LEAVES = "leaves", pgettext_lazy("assessment", "leaves in order")
        OBJECT = "object", pgettext_lazy("assessment", "becomes an object")

    lifecycle = ASSESSED

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="households")
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="assessed", verbose_name=pgettext_lazy("case", "household")
    )
    #: The case that monitors it; none of a household that is not an object.
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="assessed",
        verbose_name=pgettext_lazy("case", "case"),
    )  # fmt: skip
    basis = models.CharField(pgettext_lazy("assessment", "assessed as"), max_length=15)
    answers = models.JSONField(pgettext_lazy("assessment", "answers"))
    digest = models.CharField(pgettext_lazy("assessment", "digest of the answers"), max_length=64)
    proposed = models.CharField(
        pgettext_lazy("assessment", "proposed by the rule"), max_length=8, choices=Result.choices
    )
    result = models.CharField(
        pgettext_lazy("assessment", "confirmed"), max_length=8, choices=Result.choices, blank=True
    )
    why = models.CharField(pgettext_lazy("assessment", "reason"), max_length=300, blank=True)
    #: The report that a household which becomes an object was handed on with.
    signal = models.ForeignKey(
        Signal, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("assessment", "reported"),
    )  # fmt: skip

    objects = AssessedHouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("assessment", "household of an assessment")
        verbose_name_plural = pgettext_lazy("assessment", "households of assessments")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "household"], name="an_assessment_names_a_household_once"
            ),
            models.UniqueConstraint(
                fields=["household"], name="a_household_is_in_one_assessment", condition=Q(state__in=_OPEN)
            ),
            models.CheckConstraint(
                name="a_changed_result_says_why",
                condition=Q(result="") | Q(result=models.F("proposed")) | ~Q(why=""),
            ),
            models.CheckConstraint(
                name="the_township_says_a_result_first",
                condition=Q(state__in=["proposed", "dropped"]) | ~Q(result=""),
            ),
        ]
        indexes = [models.Index(fields=["assessment", "state", "id"], name="assessed_by_state")]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.household_id}"

    @property
    def area_code(self) -> str:
        """The village in which moves need their right."""
        return self.household.area_id

    @property
    def area_id(self) -> str:
        """The same, as lines of batches ask for it."""
        return self.area_code

    @property
    def area(self) -> Area:
        """That village."""
        found: Area = self.household.area
        return found

    def recusal_keys(self) -> frozenset[str]:
        """The household number: its own people and kin do not act here (field.md 5.8)."""
        return frozenset(self.household.recusal_keys)

    @property
    def goes_by_removal(self) -> bool:
        """Whether its leaving is a removal of the risk, with the guards and the chain of that."""
        return self.case_id is not None


class PolicyExit(models.Model):
    """The end of policy for a household that was lifted out of poverty and is not monitored, with its after-care.

    Measures that run go on to their own end. `visit_due_on` is when the household is looked in on next, `told_on` when
    the township was told that this is overdue.
    """

    household = models.ForeignKey(
        Household,
        models.PROTECT,
        related_name="policy_exits",
        verbose_name=pgettext_lazy("case", "household"),
    )
    assessed = models.ForeignKey(AssessedHousehold, models.PROTECT, related_name="exits")
    last_day = models.DateField(pgettext_lazy("assessment", "last day of policy"))
    visit_due_on = models.DateField(pgettext_lazy("case", "after-care visit due on"), null=True, blank=True)
    told_on = models.DateField(pgettext_lazy("follow-up", "township told on"), null=True, blank=True)
    written_on = models.DateField(pgettext_lazy("case", "entered on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("assessment", "written down by"),
    )  # fmt: skip
    undone_on = models.DateField(pgettext_lazy("assessment", "undone on"), null=True, blank=True)
    undone_why = models.CharField(pgettext_lazy("assessment", "why undone"), max_length=300, blank=True)

    objects = PolicyExitQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("assessment", "end of policy")
        verbose_name_plural = pgettext_lazy("assessment", "ends of policy")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"],
                name="a_household_leaves_policy_once",
                condition=Q(undone_on__isnull=True),
            ),
            models.CheckConstraint(
                name="an_undone_end_of_policy_says_why",
                condition=Q(undone_on__isnull=True, undone_why="")
                | Q(undone_on__isnull=False) & ~Q(undone_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.last_day}"
