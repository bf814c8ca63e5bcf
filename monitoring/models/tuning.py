"""Words about standards: that one needs tuning, seen at a warning."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area
from foundation.workflow.models import Stateful
from monitoring.models.comparison import Finding
from monitoring.models.standards import DeclaredStandard
from monitoring.querysets import TuningQuerySet
from monitoring.tuning.lifecycle import TUNING


class TuningRequest(Stateful):
    """That somebody found a standard wrong at a warning; who runs the comparison of the county answers.

    `area` is the village of the warning: townships see their own, the county all. It names nobody.
    """

    lifecycle = TUNING

    standard = models.ForeignKey(
        DeclaredStandard, models.PROTECT, related_name="tunings", verbose_name=_("standard")
    )
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="+", verbose_name=_("finding"))
    #: The number of the warning: who reads it has its page in a higher storey.
    alert = models.BigIntegerField(_("warning"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("village"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("said by")
    )
    asked_on = models.DateField(_("said on"))

    objects = TuningQuerySet.as_manager()

    class Meta:
        verbose_name = _("standard that needs tuning")
        verbose_name_plural = _("standards that need tuning")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "alert"],
                name="a_warning_says_once_that_a_standard_needs_tuning",
                condition=Q(state="open"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.standard.label)

    @property
    def area_code(self) -> str:
        """The village of the warning: who runs comparisons above it answers."""
        return self.area_id
