"""The case of a household on its way into monitoring, and whom it counts (监测对象)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import pgettext_lazy

from alerts.models import Alert
from assistance.lifecycle import CASE, RUNNING, UNDER_WAY
from assistance.models.decided import Decided
from assistance.querysets import CaseQuerySet
from foundation.accounts.models import Area
from foundation.accounts.roles import Level
from households.models import Authorisation, Household, Resident, Standing, Visit


class Case(Decided):
    """A household that the township proposed, or that was monitored before this platform; one that runs at a time.

    `area` is the village responsible for it, and follows the household. `waits_for` repeats the open steps of its path,
    for lists; it and the last days are worked out by `assistance.enrolment.moved`, never by hand. `Decided` has the
    columns of what the county decided.
    """

    class Origin(models.TextChoices):
        """How the household came here."""

        ALERT = "alert", pgettext_lazy("case", "a verified warning")
        APPLICATION = "application", pgettext_lazy("case", "a written application")
        DISASTER = "disaster", pgettext_lazy("case", "a disaster")
        IMPORT = "import", pgettext_lazy("case", "before this platform")

    lifecycle = CASE

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="cases", verbose_name=pgettext_lazy("case", "household")
    )
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", db_index=False, verbose_name=pgettext_lazy("case", "village")
    )
    county = models.GeneratedField(
        expression=Left("area", Level.COUNTY.value),
        output_field=models.CharField(max_length=6),
        db_persist=True,
    )
    township = models.GeneratedField(
        expression=Left("area", Level.TOWNSHIP.value),
        output_field=models.CharField(max_length=9),
        db_persist=True,
    )
    origin = models.CharField(pgettext_lazy("case", "came by"), max_length=12, choices=Origin.choices)
    alert = models.ForeignKey(
        Alert,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=pgettext_lazy("case", "warning"),
    )
    #: The doorstep check that it rests on, and what the household signed: asked once, carried over.
    visit = models.ForeignKey(
        Visit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("case", "check"),
    )
    authorisation = models.ForeignKey(
        Authorisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("case", "authorisation"),
    )  # fmt: skip
    opened_on = models.DateField(pgettext_lazy("case", "opened on"))
    first_clue_on = models.DateField(pgettext_lazy("case", "first clue"))
    waits_for = ArrayField(
        models.CharField(max_length=40),
        verbose_name=pgettext_lazy("case", "waits for"),
        default=list,
        blank=True,
    )
    step_due_on = models.DateField(pgettext_lazy("case", "step due on"), null=True, blank=True)
    total_due_on = models.DateField(pgettext_lazy("case", "whole due on"), null=True, blank=True)
    returned = models.PositiveSmallIntegerField(pgettext_lazy("case", "times returned"), default=0)
    #: Help first, papers after (绿色通道): until when the papers are owed.
    fast_track = models.BooleanField(pgettext_lazy("case", "help first"), default=False)
    papers_due_on = models.DateField(pgettext_lazy("case", "papers due on"), null=True, blank=True)
    standing = models.ForeignKey(
        Standing, models.PROTECT, null=True, blank=True, related_name="cases",
        verbose_name=pgettext_lazy("case", "standing"),
    )  # fmt: skip
    ended_on = models.DateField(pgettext_lazy("case", "ended on"), null=True, blank=True)
    #: When a superior was last told that it is overdue.
    escalated_on = models.DateField(pgettext_lazy("case", "superior told on"), null=True, blank=True)
    #: Last day of the newest period of which helper and township were told that its income sheet is overdue.
    sheet_told_until = models.DateField(
        pgettext_lazy("case", "overdue income sheet told of"), null=True, blank=True
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "case")
        verbose_name_plural = pgettext_lazy("case", "cases")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], name="a_household_has_one_running_case", condition=Q(state__in=RUNNING)
            ),
            models.UniqueConstraint(
                fields=["standing"],
                name="a_standing_is_told_in_one_case",
                condition=Q(standing__isnull=False),
            ),
        ]
        indexes = [
            # The list of a county and of a township, the newest first; and what is due there.
            models.Index(fields=["county", "-id"], name="cases_of_county"),
            models.Index(fields=["township", "-id"], name="cases_of_township"),
            models.Index(
                fields=["area", "-id"], name="cases_by_area", opclasses=["varchar_pattern_ops", "int8_ops"]
            ),
            models.Index(
                fields=["county", "step_due_on", "id"],
                name="due_cases_of_county",
                condition=Q(state__in=UNDER_WAY),
            ),
            GinIndex(fields=["waits_for"], name="cases_by_open_step"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.household_id}"

    @property
    def area_code(self) -> str:
        """The village in which moves of this case need their right."""
        return self.area_id

    def recusal_keys(self) -> frozenset[str]:
        """The household number: its own people and kin do not act here (field.md 5.8)."""
        return frozenset(self.household.recusal_keys)

    @property
    def number(self) -> str:
        """The number that people read on papers: year, county, and its own."""
        return f"{self.opened_on:%Y}-{self.area_id[: Level.COUNTY.value]}-{self.pk:06d}"

    @property
    def is_running(self) -> bool:
        """Whether it is the case of its household that runs."""
        return self.state in RUNNING


class CaseMember(models.Model):
    """Somebody whom a case counts. Who died or left meanwhile stays, with the day (人员自然减少)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="members")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="cases_counted_in")
    left_on = models.DateField(pgettext_lazy("case", "counted until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("case", "resident", name="a_person_counts_once_in_a_case"),
        ]
