"""What the county decided on a case (县级审定)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

from foundation.workflow.models import Stateful
from households.models import Standing


class Decided(Stateful):
    """The category with its reasons, as the county decided; empty until then."""

    class RiskLevel(models.TextChoices):
        """How pressing the risk is (field.md 1.3: by a dated table of the area, confirmed by a person)."""

        HIGH = "high", pgettext_lazy("case", "high")
        MIDDLE = "middle", pgettext_lazy("case", "middle")
        LOW = "low", pgettext_lazy("case", "low")

    category = models.CharField(
        pgettext_lazy("case", "category"),
        max_length=15,
        choices=[(kind.value, kind.label) for kind in Standing.MONITORED],
        blank=True,
    )
    risk_types = ArrayField(
        models.CharField(max_length=10),
        verbose_name=pgettext_lazy("case", "risk types"),
        default=list,
        blank=True,
    )
    level = models.CharField(
        pgettext_lazy("case", "risk level"), max_length=10, choices=RiskLevel.choices, blank=True
    )
    no_labour = models.BooleanField(pgettext_lazy("case", "household without labour"), default=False)
    decided_on = models.DateField(pgettext_lazy("case", "decided on"), null=True, blank=True)

    class Meta:
        abstract = True
