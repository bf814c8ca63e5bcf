"""A measure of help for a household or one of its members (帮扶措施), and what its department answered."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.catalogue.book import called
from assistance.lifecycle_of_help import MEASURE, WAITING
from assistance.models.cases import Case
from assistance.querysets_of_help import MeasureQuerySet
from foundation.accounts.models import Area, Department
from foundation.workflow.models import Stateful
from households.models import Resident


class Measure(Stateful):
    """One tick: a measure of the catalogue for one person (`resident` empty: for the household), against one risk.

    `code`, `kind` and `name` repeat the catalogue as it was: what was promised keeps its words. `department` empty: the
    township office answers itself. `amount` is yuan for `per`, as the office says that it landed; a service has none.
    """

    class Per(models.TextChoices):
        """For which time the amount is."""

        ONCE = "once", pgettext_lazy("measure", "once")
        MONTH = "month", pgettext_lazy("measure", "a month")
        TERM = "term", pgettext_lazy("measure", "a term")
        YEAR = "year", pgettext_lazy("measure", "a year")

    lifecycle = MEASURE
    #: First day of its aid records, where rows were read `with_aid()`; a record counts as landed beside the answer.
    first_aid: ClassVar[datetime.date | None] = None

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="measures", verbose_name=pgettext_lazy("case", "case")
    )
    code = models.CharField(pgettext_lazy("measure", "code"), max_length=30)
    kind = models.CharField(pgettext_lazy("measure", "kind"), max_length=10)
    name = models.CharField(pgettext_lazy("measure", "measure"), max_length=60)
    develops = models.BooleanField(pgettext_lazy("measure", "development-type"), default=False)
    #: The risk type that it answers; empty where it only lets the household develop.
    risk_type = models.CharField(pgettext_lazy("measure", "risk"), max_length=10, blank=True)
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="measures",
        verbose_name=pgettext_lazy("measure", "for"),
    )  # fmt: skip
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("measure", "department"),
    )  # fmt: skip
    note = models.CharField(pgettext_lazy("measure", "what is asked"), max_length=200, blank=True)
    ticked_on = models.DateField(pgettext_lazy("measure", "ticked on"))
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("measure", "ticked by"),
    )  # fmt: skip
    asked_on = models.DateField(pgettext_lazy("measure", "asked on"), null=True, blank=True)
    due_on = models.DateField(pgettext_lazy("measure", "answer due on"), null=True, blank=True)
    answered_on = models.DateField(pgettext_lazy("measure", "answered on"), null=True, blank=True)
    landed_on = models.DateField(pgettext_lazy("measure", "landed on"), null=True, blank=True)
    amount = models.DecimalField(
        pgettext_lazy("measure", "amount (yuan)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    per = models.CharField(pgettext_lazy("measure", "for"), max_length=5, choices=Per.choices, blank=True)
    until_day = models.DateField(pgettext_lazy("measure", "until"), null=True, blank=True)
    #: Last day of what was stopped before its time; empty: it runs to `until_day`, or on.
    stopped_on = models.DateField(pgettext_lazy("measure", "stopped after"), null=True, blank=True)
    #: What the office said to it: the reason of a refusal, or a word beside the amount.
    answer = models.CharField(pgettext_lazy("measure", "answer"), max_length=200, blank=True)
    #: The county whose office answers for it still although the household moved to another (0084); empty: its own.
    kept_area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=pgettext_lazy("measure", "kept by"),
    )  # fmt: skip

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("measure", "measure")
        verbose_name_plural = pgettext_lazy("measure", "measures")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "code", "resident"],
                name="a_measure_is_asked_once_at_a_time",
                condition=Q(state__in=WAITING),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="an_amount_is_above_nothing_and_for_a_time",
                condition=Q(amount__isnull=True, per="") | Q(amount__gt=0) & ~Q(per=""),
            ),
            models.CheckConstraint(
                name="a_measure_stops_after_it_landed",
                condition=Q(stopped_on__isnull=True)
                | Q(state="landed", stopped_on__gte=models.F("landed_on")),
            ),
        ]
        indexes = [
            # The task list of a department: what waits, the earliest last day first.
            models.Index(
                fields=["department", "due_on", "id"], name="measures_owed", condition=Q(state="asked")
            ),
            models.Index(fields=["kept_area"], name="measures_kept", condition=Q(kept_area__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """What it is called in the reader's language."""
        return called(self.code, self.name)

    @property
    def area_code(self) -> str:
        """Significant code of the village, or of the county that keeps it after the household moved away."""
        return str(self.kept_area_id or self.case.area_id)

    def recusal_keys(self) -> frozenset[str]:
        """The household number: its own people and kin do not act here (field.md 5.8)."""
        return self.case.recusal_keys()

    @property
    def goes_with(self) -> Case:
        """A case that is lent lends its measures."""
        return self.case
