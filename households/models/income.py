"""A household's income for one accounting period, as stated item by item and as worked out from it."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.models.households import Household
from households.models.revisions import Revision
from households.models.versions import keep_versions
from households.querysets import IncomeQuerySet


@keep_versions()
class Income(models.Model):
    """What a household earned and spent in one accounting period, in yuan, and the four results.

    `parts` maps codes of the list `income_items` to decimal strings; an item that is not there was not stated and
    counts as nothing. `members` is the number that results per head were divided by. `rule` names the regulation
    values that were used, so that the sum can be worked out again.
    """

    household = models.ForeignKey(Household, models.PROTECT, related_name="incomes")
    from_day = models.DateField(_("from"))
    until_day = models.DateField(_("until and including"))
    parts = models.JSONField(_("items (yuan)"), default=dict)
    members = models.PositiveSmallIntegerField(_("members counted"))
    rule = models.JSONField(_("values used"), default=list)
    net_income = models.DecimalField(_("net income (yuan)"), max_digits=14, decimal_places=2)
    net_per_head = models.DecimalField(_("net income per head (yuan)"), max_digits=14, decimal_places=2)
    reference_income = models.DecimalField(_("reference income (yuan)"), max_digits=14, decimal_places=2)
    reference_per_head = models.DecimalField(
        _("reference income per head (yuan)"), max_digits=14, decimal_places=2
    )
    source = models.CharField(_("source"), max_length=20, choices=Revision.Kind.choices)
    as_of = models.DateField(_("as of"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="incomes", editable=False)

    objects = IncomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("income of a household")
        verbose_name_plural = _("incomes of households")
        ordering = ["household", "until_day", "from_day"]
        constraints = [
            models.UniqueConstraint(
                "household", "from_day", "until_day", name="an_income_is_stated_once_for_a_period"
            ),
            models.CheckConstraint(
                name="an_income_period_ends_after_it_begins", condition=Q(until_day__gte=F("from_day"))
            ),
            models.CheckConstraint(name="an_income_is_divided_by_somebody", condition=Q(members__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.from_day} – {self.until_day}"

    @property
    def amounts(self) -> dict[str, Decimal]:
        """The stated items as amounts in yuan."""
        return {code: Decimal(text) for code, text in self.parts.items()}
