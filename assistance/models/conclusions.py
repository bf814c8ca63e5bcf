"""What people concluded about the need of a case: category, risk types, level, and what it rests on."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets_of_decisions import ConclusionQuerySet
from households.models import Standing, Visit

CATEGORIES = [(kind.value, kind.label) for kind in Standing.MONITORED]


class Judgement(models.Model):
    """What a case comes to: category, risk types, level and mark, with the facts and what was computed of them.

    Amounts are yuan per head and year on the day of the check (`day`); null where nothing was known. `facts` holds
    the codes that the reasons are told from (assistance.deciding.reasons).
    """

    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField(pgettext_lazy("case", "day of the check"))
    net_per_head = models.DecimalField(
        pgettext_lazy("case", "net income per head"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    reference_per_head = models.DecimalField(
        pgettext_lazy("case", "reference income per head"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
    )
    line = models.DecimalField(
        pgettext_lazy("case", "monitoring line"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    facts = models.JSONField(pgettext_lazy("case", "facts"), default=dict)
    computed = models.JSONField(pgettext_lazy("case", "as computed"), default=dict)
    category = models.CharField(pgettext_lazy("case", "category"), max_length=15, choices=CATEGORIES)
    risk_types = ArrayField(
        models.CharField(max_length=10), verbose_name=pgettext_lazy("case", "risk types"), default=list
    )
    #: Sub-items that two of the risk types demand (domain.md 2.9: R-21, R-22).
    disaster_kind = models.CharField(
        pgettext_lazy("case", "kind of natural disaster"), max_length=10, blank=True
    )
    other_risk = models.CharField(pgettext_lazy("case", "other risk, in words"), max_length=100, blank=True)
    level = models.CharField(
        pgettext_lazy("case", "risk level"), max_length=10, choices=Case.RiskLevel.choices
    )
    no_labour = models.BooleanField(pgettext_lazy("case", "household without labour"), default=False)

    class Meta:
        abstract = True


class Conclusion(Judgement):
    """What somebody confirmed, beside what was computed that day. Never changed: the next one supersedes it."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="conclusions", verbose_name=pgettext_lazy("case", "case")
    )
    #: Why it differs from what was computed, or from what the township had confirmed.
    changed_because = models.CharField(pgettext_lazy("case", "why changed"), max_length=200, blank=True)
    #: Whether the county confirmed it, while the case waited for its decision.
    by_county = models.BooleanField(pgettext_lazy("case", "by the county"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("case", "confirmed by"),
    )
    confirmed_on = models.DateField(pgettext_lazy("case", "confirmed on"))
    superseded = models.BooleanField(pgettext_lazy("case", "superseded"), default=False)

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "conclusion")
        verbose_name_plural = pgettext_lazy("case", "conclusions")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="one_conclusion_of_a_case_holds", condition=Q(superseded=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.case_id}"
