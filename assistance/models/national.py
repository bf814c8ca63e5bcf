"""What was entered in the national system, and what an export from there says otherwise."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assistance.national.querysets import ComparedExportQuerySet, DifferenceQuerySet, NationalEntryQuerySet
from foundation.accounts.models import Area
from households.models import Household, Resident


class NationalEntry(models.Model):
    """Somebody has entered a household in the national system, or changed it there; the newest one says what it has.

    `digests` hold no words, only what is needed to see later which field has changed: field → digest for the household,
    and the same for every person by key of the register.
    """

    class Basis(models.TextChoices):
        """How one knows that it stands there."""

        TYPED = "typed", pgettext_lazy("national system", "entered by hand")
        TAKEN_OVER = "taken_over", pgettext_lazy("national system", "came from there")

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="national_entries", verbose_name=_("household")
    )
    basis = models.CharField(_("basis"), max_length=12, choices=Basis.choices)
    digests = models.JSONField(_("digests of what was entered"))
    entered_on = models.DateField(_("entered on"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )

    objects = NationalEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry in the national system")
        verbose_name_plural = _("entries in the national system")
        ordering = ["id"]
        indexes = [
            # The newest entry of each household.
            models.Index(fields=["household", "-id"], name="national_entries_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.entered_on}"


class ComparedExport(models.Model):
    """An export from the national system that was laid beside the register, for one area."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, verbose_name=_("area"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    rows = models.PositiveIntegerField(_("rows"))
    rejected = models.PositiveIntegerField(_("rejected rows"))
    same = models.PositiveIntegerField(_("households without a difference"))
    made_on = models.DateField(_("compared on"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("compared by")
    )

    objects = ComparedExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("compared export")
        verbose_name_plural = _("compared exports")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["area", "-id"],
                name="compared_exports_by_area",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.made_on}"


class Difference(models.Model):
    """One thing that the register and an export say differently, until somebody decides what is right.

    `field` is a field of the contract of monitored objects; empty where a household or a person is on one side only.
    """

    class Side(models.TextChoices):
        """On which side it stands."""

        THERE = "there", pgettext_lazy("national system", "only in the national system")
        HERE = "here", pgettext_lazy("national system", "only here")
        BOTH = "both", pgettext_lazy("national system", "differs")

    class Decision(models.TextChoices):
        """What is done about it."""

        MEND_THERE = "mend_there", pgettext_lazy("national system", "to be corrected there")
        MEND_HERE = "mend_here", pgettext_lazy("national system", "to be corrected here")
        EXPLAINED = "explained", pgettext_lazy("national system", "explained, both stay")

    export = models.ForeignKey(
        ComparedExport, models.CASCADE, related_name="differences", verbose_name=_("compared export")
    )
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    code = models.CharField(_("household number"), max_length=40)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("household")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("member")
    )
    #: Name of a person, empty where it is about the household.
    person = models.CharField(_("person"), max_length=60, blank=True)
    field = models.CharField(_("column"), max_length=20, blank=True)
    here = models.CharField(_("here"), max_length=200, blank=True)
    there = models.CharField(_("there"), max_length=200, blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("national system", "difference")
        verbose_name_plural = pgettext_lazy("national system", "differences")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_decided_difference_says_who",
                condition=Q(decision="", decided_on=None, decided_by=None)
                | ~Q(decision="") & Q(decided_on__isnull=False, decided_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["export", "code", "id"], name="differences_of_export")]

    def __str__(self) -> str:
        return f"{self.side} {self.code} {self.field}"
