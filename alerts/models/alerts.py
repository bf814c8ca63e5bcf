"""The one open alert of a household (预警), and where it stands."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alerts.lifecycle import ALERT, OPEN
from alerts.models.way import OnItsWay
from alerts.querysets import AlertQuerySet
from foundation.accounts.models import Area
from foundation.accounts.roles import Level
from households.models import Household
from monitoring.models import Run


class Alert(OnItsWay):
    """A household to be looked at, with its reasons. `area` is the village responsible for it, and follows it.

    `channels`, `standards` and `themes` repeat what its living signals say, for filters; `parts` are the parts that
    `priority` is the sum of (alerts.priority.Part), `band` the code of its band in the area. All are worked out by
    `alerts.settling`, never by hand.
    """

    class Woke(models.TextChoices):
        """Why a household whose last alert is closed was warned about again."""

        OTHER_STANDARD = "other_standard", _("another standard fires")
        STEP_UP = "step_up", _("the measured value rose by more than the step")
        QUIET_OVER = "quiet_over", _("the cool-down is over")
        REPORTED = "reported", _("somebody reported it")

    lifecycle = ALERT

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="alerts", verbose_name=_("household")
    )
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", db_index=False, verbose_name=_("village")
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
    opened_on = models.DateField(_("opened on"))
    #: The run that opened it; null where somebody's report did.
    run = models.ForeignKey(
        Run, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("run")
    )
    already_monitored = models.BooleanField(_("already a monitored object"), default=False)
    priority = models.PositiveIntegerField(_("priority"), default=0)
    parts = models.JSONField(_("parts of the priority"), default=list)
    band = models.CharField(_("priority band"), max_length=10, blank=True)
    channels = ArrayField(models.CharField(max_length=12), verbose_name=_("channels"), default=list)
    standards = ArrayField(models.CharField(max_length=40), verbose_name=_("standards"), default=list)
    themes = ArrayField(models.CharField(max_length=10), verbose_name=_("themes"), default=list)
    repeats = models.PositiveIntegerField(_("found again"), default=0)
    outcome = models.CharField(_("outcome"), max_length=20, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    quiet_until = models.DateField(_("cool-down until and including"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("joined into")
    )
    #: The closed alert of the same household before this one, and why the household did not stay quiet.
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("follows")
    )
    woke = models.CharField(_("warned again because"), max_length=15, choices=Woke.choices, blank=True)
    reopened = models.PositiveSmallIntegerField(_("times reopened"), default=0)
    #: When the last signal was taken back although people had already been at work: visited in vain.
    baseless_on = models.DateField(_("basis gone since"), null=True, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("alert", "warning")
        verbose_name_plural = pgettext_lazy("alert", "warnings")
        ordering = ["-priority", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], name="a_household_has_one_open_alert", condition=Q(state__in=OPEN)
            ),
            models.CheckConstraint(
                name="only_a_closed_alert_has_an_outcome",
                condition=Q(state="closed") | Q(outcome="", closed_on__isnull=True, quiet_until__isnull=True),
            ),
        ]
        indexes = [
            # The queue of a county and of a township in its order, and the same from above.
            models.Index(
                fields=["county", "-priority", "id"], name="queue_of_county", condition=Q(state__in=OPEN)
            ),
            models.Index(
                fields=["township", "-priority", "id"], name="queue_of_township", condition=Q(state__in=OPEN)
            ),
            models.Index(fields=["-priority", "id"], name="queue_of_all", condition=Q(state__in=OPEN)),
            # What lies with a person, and what is due in an area.
            models.Index(fields=["visitor", "state"], name="alerts_of_visitor"),
            models.Index(
                fields=["county", "step_due_on", "id"],
                name="due_alerts_of_county",
                condition=Q(state__in=OPEN),
            ),
            models.Index(
                fields=["township", "step_due_on", "id"],
                name="due_alerts_of_township",
                condition=Q(state__in=OPEN),
            ),
            # Every alert of an area, the newest first.
            models.Index(fields=["county", "-id"], name="alerts_of_county"),
            models.Index(fields=["township", "-id"], name="alerts_of_township"),
            models.Index(fields=["area"], name="alerts_by_area", opclasses=["varchar_pattern_ops"]),
            # Filters by what it rests on, where few fit.
            GinIndex(fields=["standards", "themes", "channels"], name="alerts_by_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.household_id}"

    @property
    def area_code(self) -> str:
        """The village in which moves of this alert need their right."""
        return self.area_id

    @property
    def goes_with(self) -> "Alert":
        """Itself: somebody of a neighbouring village to whom it is lent visits its household."""
        return self

    def recusal_keys(self) -> frozenset[str]:
        """The household number: its own people and kin do not act here (field.md 5.8)."""
        return frozenset(self.household.recusal_keys)

    @property
    def is_open(self) -> bool:
        """Whether work on it goes on."""
        return self.state in OPEN

    @property
    def total(self) -> int:
        """The sum of the parts: what `priority` must be."""
        return sum(int(part["points"]) for part in self.parts)
