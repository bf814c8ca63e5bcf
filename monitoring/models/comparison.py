"""Runs of the comparison (比对) and what they found (比对命中)."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.accounts.models import Area
from foundation.regulations.models import Value
from foundation.regulations.units import Comparator, Population
from households.models import Household, Resident
from monitoring.models.deliveries import Delivery
from monitoring.models.standards import DeclaredStandard
from monitoring.querysets import FindingQuerySet, RunQuerySet, RunStandardQuerySet


class Run(models.Model):
    """One comparison of the households under an area with the standards, as of a business day.

    Its state is that of its job. `standards` empty: every standard that is evaluated there. A run whose as-of day
    lies before the newest run of its area, or that asks what was known at a moment (`known_at`), looks back: it
    writes findings of its own and raises, attaches and retracts nothing. A trial is no run: it writes
    no findings (monitoring.comparison.trials).
    """

    class Cause(models.TextChoices):
        """Why it ran."""

        NIGHT = "night", _("the night")
        DELIVERY = "delivery", _("a delivery")
        HAND = "hand", _("asked for by hand")

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, verbose_name=_("area"))
    as_of = models.DateField(_("as of"))
    known_at = models.DateTimeField(_("known at"), null=True, blank=True)
    standards = ArrayField(
        models.CharField(max_length=40), verbose_name=_("standards"), default=list, blank=True
    )
    cause = models.CharField(_("cause"), max_length=10, choices=Cause.choices)
    looks_back = models.BooleanField(_("looks back"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    job = models.UUIDField(_("job"), unique=True, null=True, blank=True)
    asked_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    #: When its findings were written and handed on; null while it is open, failed or cancelled.
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    #: Content digest of the register snapshot by county code; what a later look is held against.
    snapshots = models.JSONField(_("register snapshots"), default=dict, blank=True)
    alerts_raised = models.PositiveIntegerField(_("alerts raised"), default=0)
    signals_attached = models.PositiveIntegerField(_("signals attached"), default=0)
    seconds = models.FloatField(_("seconds"), null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["area", "-id"],
                name="runs_of_area",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.as_of}"

    @property
    def area_code(self) -> str:
        """The area whose households were compared."""
        return self.area_id


class RunStandard(models.Model):
    """What one standard came to in one run (the counts of `compare --json`, datasets.md section 6).

    `findings = new + repeated + cooled_down + held`. `error` says in a sentence why a standard could not be
    evaluated; the others go on. `found` counts what was found by county, for the brake: {county code: findings}.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="results")
    standard = models.ForeignKey(
        DeclaredStandard, models.PROTECT, related_name="+", verbose_name=_("standard")
    )
    #: The declaration that was evaluated.
    digest = models.CharField(_("digest of the declaration"), max_length=64)
    silent = models.BooleanField(_("silent"), default=False)
    subjects = models.PositiveIntegerField(_("subjects"), default=0)
    findings = models.PositiveIntegerField(_("findings"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    repeated = models.PositiveIntegerField(_("repeated"), default=0)
    cooled_down = models.PositiveIntegerField(_("cooled down"), default=0)
    held = models.PositiveIntegerField(_("held"), default=0)
    retracted = models.PositiveIntegerField(_("retracted"), default=0)
    found = models.JSONField(_("found by county"), default=dict, blank=True)
    #: What the brake compares with the next run: {area: {"line": digest, "contract": digest}}.
    basis = models.JSONField(_("lines and contract by area"), default=dict, blank=True)
    error = models.CharField(_("why it could not be evaluated"), max_length=400, blank=True)
    seconds = models.FloatField(_("seconds"), default=0)

    objects = RunStandardQuerySet.as_manager()

    class Meta:
        verbose_name = _("result of a standard")
        verbose_name_plural = _("results of standards")
        ordering = ["run", "standard"]
        constraints = [
            models.UniqueConstraint(fields=["run", "standard"], name="a_standard_has_one_result_in_a_run"),
            models.CheckConstraint(
                name="every_finding_is_new_repeated_cooled_down_or_held",
                condition=Q(findings=F("new") + F("repeated") + F("cooled_down") + F("held")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.standard_id}"


class Finding(models.Model):
    """A household or a member over the line of a standard, with every row that counted (比对命中).

    There is one living finding of a standard and a subject: a later run that finds it again renews it. `area` is the
    responsible area of the household at the run that wrote it, and does not follow the household (a finding belongs
    to the household's county at the run). `measured` and `line` are in the unit of the line; a share is a share, yes
    is 1. `taken_at` null: nobody above has looked at what the last run wrote; held and looking-back findings are not
    taken.

    `evidence` holds the rows that counted, oldest first, each {"delivery", "digest" (of its batch), "line", "sheet",
    "seq", "day", "value"}; `consulted` the deliveries whose presence decided the answer beside them (the newest roll
    of somebody who is not in it). Neither holds names or numbers of people.
    """

    class Result(models.TextChoices):
        """What the last run that found it made of it."""

        NEW = "new", pgettext_lazy("finding", "new")
        REPEATED = "repeated", _("repeated")
        COOLED_DOWN = "cooled_down", _("cooled down")
        HELD = "held", _("held")

    standard = models.ForeignKey(
        DeclaredStandard, models.PROTECT, related_name="findings", verbose_name=_("standard")
    )
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="comparison_findings", verbose_name=_("household")
    )
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="comparison_findings",
        verbose_name=_("member"),
    )
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", db_index=False, verbose_name=_("village")
    )
    run = models.ForeignKey(
        Run, models.PROTECT, related_name="findings", verbose_name=_("last run that found it")
    )
    first_run = models.ForeignKey(
        Run, models.PROTECT, related_name="+", verbose_name=_("first run that found it")
    )
    looks_back = models.BooleanField(_("looks back"), default=False)
    result = models.CharField(_("result"), max_length=12, choices=Result.choices)
    #: Which brake holds it (monitoring.comparison.brake); empty unless `result` is held.
    held_because = models.CharField(_("held because"), max_length=20, blank=True)
    as_of = models.DateField(_("as of"))
    #: The day of the last row that counted.
    day = models.DateField(_("day"))
    window_first = models.DateField(_("first day that counts"), null=True, blank=True)
    window_last = models.DateField(_("last day that counts"))
    population = models.CharField(_("population class"), max_length=12, choices=Population.choices)
    measured = models.DecimalField(_("measured"), max_digits=16, decimal_places=4)
    line = models.DecimalField(_("line"), max_digits=16, decimal_places=4)
    comparator = models.CharField(_("comparator"), max_length=2, choices=Comparator.choices, blank=True)
    #: The regulation value that was the line; null where it was worked out of several.
    line_value = models.ForeignKey(
        Value, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("regulation value")
    )
    line_source = models.TextField(_("source of the line"), blank=True)
    rows = models.PositiveIntegerField(_("rows"))
    evidence = models.JSONField(_("rows that counted"), default=list)
    consulted = ArrayField(
        models.BigIntegerField(), verbose_name=_("deliveries consulted"), default=list, blank=True
    )
    #: SHA-256 of what was found: subject, measured, line and evidence in canonical form; in the record of the run.
    digest = models.CharField(_("digest"), max_length=64)
    #: Whether a row that counted was delivered under another name than the register's.
    name_differs = models.BooleanField(_("name differs"), default=False)
    found_at = models.DateTimeField(_("last found at"), auto_now=True)
    taken_at = models.DateTimeField(_("taken up at"), null=True, blank=True)
    retracted_at = models.DateTimeField(_("retracted at"), null=True, blank=True)
    retracted_by_run = models.ForeignKey(
        Run, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("run that took it back")
    )
    #: The delivery that took its rows away, where one did.
    retracted_for = models.ForeignKey(
        Delivery,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken back because of"),
    )
    retracted_why = models.CharField(_("why it was taken back"), max_length=200, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "household", "resident"],
                name="a_subject_has_one_living_finding_of_a_standard",
                condition=Q(looks_back=False, retracted_at__isnull=True),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["run", "standard", "household", "resident"],
                name="a_run_finds_a_subject_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="no_finding_without_evidence", condition=Q(rows__gt=0)),
        ]
        indexes = [
            models.Index(
                fields=["area", "standard"],
                name="findings_of_area",
                opclasses=["varchar_pattern_ops", "varchar_ops"],
                condition=Q(looks_back=False, retracted_at__isnull=True),
            ),
            models.Index(
                fields=["run", "standard"],
                name="findings_not_taken_up",
                condition=Q(taken_at__isnull=True, looks_back=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard_id} {self.household_id}"

    @property
    def area_code(self) -> str:
        """The village of the household at the run."""
        return self.area_id
