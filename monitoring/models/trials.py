"""Trials of a draft line or a draft standard (试跑), and comparisons that wait for their turn."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area
from foundation.regulations.models import LocalValue
from foundation.regulations.units import Comparator, Population
from monitoring.models.comparison import Run
from monitoring.querysets import RunRequestQuerySet, TrialQuerySet


class Trial(models.Model):
    """What a draft would have found in the archive in the last months of an area; it raises nothing.

    The draft is a line for the standard `standard` (by hand: `amount`, `comparator` and `population`; or that of the
    proposed local value `proposal`), or the standard itself (`declaration`: its file as typed), or both. It is looked
    at as if it had held in every month. `result` holds counts alone and names nobody (monitoring.comparison.trials);
    empty while the trial runs, or where it failed.
    """

    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, verbose_name=_("area"))
    as_of = models.DateField(_("as of"))
    standard = models.CharField(_("standard"), max_length=40)
    declaration = models.TextField(_("declaration"), blank=True)
    population = models.CharField(
        _("population class"), max_length=12, choices=Population.choices, blank=True
    )
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=6, null=True, blank=True)
    comparator = models.CharField(_("comparator"), max_length=2, choices=Comparator.choices, blank=True)
    proposal = models.ForeignKey(
        LocalValue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proposed local value"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    job = models.UUIDField(_("job"), unique=True, null=True, blank=True)
    asked_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    result = models.JSONField(_("what it came to"), default=dict, blank=True)
    #: The day on which the trial is deleted.
    kept_until = models.DateField(_("kept until"))

    objects = TrialQuerySet.as_manager()

    class Meta:
        verbose_name = _("trial")
        verbose_name_plural = _("trials")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["area", "-id"],
                name="trials_of_area",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_trial_has_a_draft",
                condition=~Q(declaration="") | Q(amount__isnull=False) | Q(proposal__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard} {self.area_id} {self.as_of}"

    @property
    def area_code(self) -> str:
        """The area whose archive is looked through."""
        return self.area_id


class RunRequest(models.Model):
    """A comparison that is to begin when its area is free and the deliveries there have come to rest.

    An area has one at most: what is asked for meanwhile is joined to it (`standards` empty: every standard).
    """

    area = models.OneToOneField(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    standards = ArrayField(
        models.CharField(max_length=40), verbose_name=_("standards"), default=list, blank=True
    )
    cause = models.CharField(_("cause"), max_length=10, choices=Run.Cause.choices)
    first_at = models.DateTimeField(_("first asked for at"))
    asked_at = models.DateTimeField(_("last asked for at"))
    #: It begins no earlier: a delivery puts it off, the night does not.
    begins_at = models.DateTimeField(_("begins at"))

    objects = RunRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting comparison")
        verbose_name_plural = _("waiting comparisons")
        ordering = ["begins_at", "pk"]

    def __str__(self) -> str:
        return f"{self.area_id} {self.begins_at:%H:%M}"

    @property
    def area_code(self) -> str:
        """The area whose households are to be compared."""
        return self.area_id
