"""Findings of data quality, and how many of them waited when (households.quality)."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area
from households.models.households import Household, Resident
from households.querysets import QualityCountQuerySet, QualityFindingQuerySet


class QualityFinding(models.Model):
    """Something that the register says of a household, or of one member, and that a rule doubts.

    Open until the rule no longer fires (`gone_on`). Somebody may judge it right as it is: then it waits for nobody,
    as long as the facts stay the same (`digest`, over those facts that do not change with time alone). `facts` are
    codes and numbers, never a name or a number that identifies somebody. `area` repeats the household's; the database
    keeps it so. Written by households.quality alone.
    """

    rule = models.CharField(_("rule"), max_length=6)
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        # The composite key on (household, area) stands for this one.
        db_constraint=False,
        related_name="findings",
        verbose_name=_("household"),
    )
    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="findings",
        verbose_name=_("member"),
    )
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="findings",
        verbose_name=_("village"),
    )
    facts = models.JSONField(_("facts"), default=dict)
    digest = models.CharField(_("digest of the facts"), max_length=32)
    found_on = models.DateField(_("found on"))
    gone_on = models.DateField(_("gone on"), null=True, blank=True)
    judged_on = models.DateField(_("judged right on"), null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("judged right by"),
    )
    judged_reason = models.CharField(_("why it is right"), max_length=200, blank=True)

    objects = QualityFindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding of data quality")
        verbose_name_plural = _("findings of data quality")
        ordering = ["household", "rule", "id"]
        constraints = [
            models.UniqueConstraint(
                "rule",
                "household",
                Coalesce("resident", Value(0)),
                condition=Q(gone_on__isnull=True),
                name="a_rule_doubts_somebody_once_at_a_time",
            ),
            models.CheckConstraint(
                name="who_judges_a_finding_says_why",
                condition=Q(judged_on__isnull=True, judged_by__isnull=True, judged_reason="")
                | Q(judged_on__isnull=False, judged_by__isnull=False) & ~Q(judged_reason=""),
            ),
        ]
        indexes = [
            # Worklists and counts: what waits under a prefix, household by household.
            models.Index(
                fields=["area", "household"],
                name="quality_finding_waiting",
                opclasses=["varchar_pattern_ops", "int8_ops"],
                condition=Q(gone_on__isnull=True, judged_on__isnull=True),
            ),
            # The check of a village, and what was judged before.
            models.Index(
                fields=["rule", "area"],
                name="quality_finding_open",
                opclasses=["varchar_ops", "varchar_pattern_ops"],
                condition=Q(gone_on__isnull=True) | Q(judged_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.household_id}"


class QualityCount(models.Model):
    """How many findings of a rule waited in a village, from a day until (not including) the day of the next count."""

    area = models.ForeignKey(
        Area, models.PROTECT, db_index=False, related_name="quality_counts", verbose_name=_("village")
    )
    rule = models.CharField(_("rule"), max_length=6)
    waiting = models.PositiveIntegerField(_("findings that wait"))
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = QualityCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of findings")
        verbose_name_plural = _("counts of findings")
        ordering = ["area", "rule", "since"]
        constraints = [
            models.UniqueConstraint("area", "rule", "since", name="a_count_is_kept_once_a_day"),
            models.CheckConstraint(
                name="a_count_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["area", "rule"],
                name="quality_count_now",
                opclasses=["varchar_pattern_ops", "varchar_ops"],
                condition=Q(until__isnull=True),
            ),
        ]
