"""Changes of category of monitored households (类别调整): proposed by the township, decided by the county."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.models.conclusions import CATEGORIES, Judgement
from assistance.querysets_of_decisions import RecategorisationQuerySet
from assistance.recategorising.lifecycle import RECATEGORISATION
from foundation.workflow.models import Stateful


class Recategorisation(Judgement, Stateful):
    """That a monitored household should count in another category, by other risks or at another level; one at a time.

    The columns of the judgement are what is proposed; those named `…_before` are what held when it was proposed.
    """

    lifecycle = RECATEGORISATION

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="recategorisations", verbose_name=pgettext_lazy("case", "case")
    )
    category_before = models.CharField(
        pgettext_lazy("case", "category before"), max_length=15, choices=CATEGORIES
    )
    risk_types_before = ArrayField(
        models.CharField(max_length=10), verbose_name=pgettext_lazy("case", "risk types before"), default=list
    )
    level_before = models.CharField(
        pgettext_lazy("case", "risk level before"), max_length=10, choices=Case.RiskLevel.choices, blank=True
    )
    why = models.CharField(pgettext_lazy("case", "why it changes"), max_length=300)
    proposed_on = models.DateField(pgettext_lazy("case", "proposed on"))
    decided_on = models.DateField(pgettext_lazy("case", "decided on"), null=True, blank=True)

    objects = RecategorisationQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "change of category")
        verbose_name_plural = pgettext_lazy("case", "changes of category")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="a_case_has_one_proposed_category", condition=Q(state="proposed")
            ),
            models.CheckConstraint(
                name="a_day_of_decision_is_of_a_decided_category",
                condition=Q(decided_on__isnull=True) | Q(state="decided"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.case_id}"

    @property
    def area_code(self) -> str:
        """The village in which moves of this change need their right."""
        return self.case.area_id

    def recusal_keys(self) -> frozenset[str]:
        """The household number: its own people and kin do not act here (field.md 5.8)."""
        return self.case.recusal_keys()
