"""Rows that were found wrong, as tasks of the department that delivered them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area
from foundation.workflow.models import Stateful
from monitoring.models.deliveries import Delivery
from monitoring.querysets import CorrectionQuerySet
from monitoring.returning.lifecycle import CORRECTION


class CorrectionTask(Stateful):
    """One row of a delivery that somebody found wrong, for its department to correct until `due_on`.

    `row_key` and `row_content` are the digests by which the archive knows the row (subjects in the place of numbers):
    the task closes by itself when a row of this content no longer counts. `area` is where it was found wrong.
    """

    lifecycle = CORRECTION

    delivery = models.ForeignKey(
        Delivery, models.PROTECT, related_name="correction_tasks", verbose_name=_("delivery")
    )
    line = models.BigIntegerField(_("line"))
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    row_key = models.UUIDField(_("key of the row"), editable=False)
    row_content = models.UUIDField(_("content of the row"), editable=False)
    reason = models.CharField(_("what is wrong"), max_length=200)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("found in"))
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("found by")
    )
    raised_on = models.DateField(_("found on"))
    due_on = models.DateField(_("due on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    corrected_by = models.ForeignKey(
        Delivery,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("delivery that corrected it"),
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("row to be corrected")
        verbose_name_plural = _("rows to be corrected")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "sheet", "line"],
                name="a_row_is_returned_once_at_a_time",
                condition=Q(state__in=["open", "contested"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery} · {self.sheet}{self.line}"

    @property
    def area_code(self) -> str:
        """The area that the delivery was made for; the office of the county decides on contested rows there."""
        return self.delivery.area_id
