"""What became of findings: the outcome of the warning that rested on each, and the delivered rows it speaks of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area
from households.models import Visit
from monitoring.models.comparison import Finding
from monitoring.models.deliveries import Delivery
from monitoring.models.standards import DeclaredStandard
from monitoring.querysets import OutcomeQuerySet, RowOutcomeQuerySet


class FindingOutcome(models.Model):
    """To which outcome a warning came that a finding was a signal of; written by `monitoring.outcomes.writing` alone.

    A finding that was warned about twice has two. `outcome` is a code of `outcome_codes`, or where the warning stands
    after its check (monitoring.outcomes.terms.After). `version` is the digest of the declaration that found it, `area`
    the village of the finding. A warning that is taken up again has none until it comes to one anew.
    """

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="outcomes", verbose_name=_("finding"))
    standard = models.ForeignKey(
        DeclaredStandard, models.PROTECT, related_name="+", db_index=False, verbose_name=_("standard")
    )
    version = models.CharField(_("digest of the declaration"), max_length=64)
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", db_index=False, verbose_name=_("village")
    )
    #: The number of the warning: who reads it has its page in a higher storey.
    alert = models.BigIntegerField(_("warning"), db_index=True)
    outcome = models.CharField(_("outcome"), max_length=20)
    on = models.DateField(_("came to it on"))
    #: Who was at the door; null where the desk decided.
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("visit")
    )
    #: What was written about the decision, numbers of people masked: the departments of the rows read it.
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome of a finding")
        verbose_name_plural = _("outcomes of findings")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "alert"], name="a_warning_ends_a_finding_once"),
        ]
        indexes = [
            # Precision of a standard in an area and a time.
            models.Index(
                fields=["standard", "area", "on"],
                name="outcomes_of_standard",
                opclasses=["varchar_ops", "varchar_pattern_ops", "date_ops"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.outcome}"


class RowOutcome(models.Model):
    """The rows of one delivery that counted for a finding when its outcome was written, for who delivered them (F16).

    `rows` holds {"sheet", "line", "day"} of each, oldest first: nobody's number and no value.
    """

    outcome = models.ForeignKey(
        FindingOutcome, models.CASCADE, related_name="of_deliveries", verbose_name=_("outcome")
    )
    delivery = models.ForeignKey(
        Delivery, models.PROTECT, related_name="outcomes", db_index=False, verbose_name=_("delivery")
    )
    rows = models.JSONField(_("rows that counted"), default=list)

    objects = RowOutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome of delivered rows")
        verbose_name_plural = _("outcomes of delivered rows")
        ordering = ["-outcome_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "delivery"], name="an_outcome_tells_a_delivery_once"),
        ]
        indexes = [models.Index(fields=["delivery", "-outcome"], name="outcomes_of_delivery")]

    def __str__(self) -> str:
        return f"{self.outcome_id} {self.delivery_id}"
