"""Where what was promised and what a department's roll says was paid do not agree, and what people said to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets_of_aid import AidExplanationQuerySet, AidGapQuerySet
from households.models import Resident
from monitoring.models import Delivery


class Side(models.TextChoices):
    """On which side something is missing."""

    UNPAID = "unpaid", pgettext_lazy("aid", "promised, not paid")
    UNRECORDED = "unrecorded", pgettext_lazy("aid", "paid, not recorded")


class AidGap(models.Model):
    """A run of months in which promise and roll disagree about one member (`resident` empty: the household).

    Derived, never entered: found again from records, measures and accepted deliveries whenever one of them changes
    (assistance.aid.keeping), and gone once they agree. Months are first days, both included. `amount` is what the
    newest of these months says: promised by us, or paid by the roll. `delivery` and `row_key` name the row of the first
    month.
    """

    case = models.ForeignKey(
        Case, models.CASCADE, related_name="aid_gaps", verbose_name=pgettext_lazy("case", "case")
    )
    resident = models.ForeignKey(
        Resident, models.CASCADE, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("measure", "for"),
    )  # fmt: skip
    #: A code of assistance/aid/feeds.toml.
    feed = models.CharField(pgettext_lazy("aid", "kind"), max_length=30)
    side = models.CharField(pgettext_lazy("aid", "side"), max_length=10, choices=Side.choices)
    first_month = models.DateField(pgettext_lazy("aid", "first month"))
    last_month = models.DateField(pgettext_lazy("aid", "last month"))
    amount = models.DecimalField(
        pgettext_lazy("measure", "amount (yuan)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    delivery = models.ForeignKey(
        Delivery, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("aid", "delivery"),
    )  # fmt: skip
    row_key = models.UUIDField(pgettext_lazy("aid", "row of the delivery"), null=True, blank=True)

    objects = AidGapQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("aid", "difference of promised and paid")
        verbose_name_plural = pgettext_lazy("aid", "differences of promised and paid")
        ordering = ["-last_month", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "feed", "side", "resident", "first_month"],
                name="a_difference_is_found_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="a_difference_ends_after_it_begins", condition=Q(last_month__gte=models.F("first_month"))
            ),
        ]
        indexes = [models.Index(fields=["-last_month", "-id"], name="differences_by_month")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.feed} {self.side} {self.first_month}"


class AidExplanation(models.Model):
    """Why promise and roll need not agree, from a month up to another (`last_month` empty: from then on).

    Withdrawn, never deleted: then the difference is found again.
    """

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="aid_explanations", verbose_name=pgettext_lazy("case", "case")
    )
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("measure", "for"),
    )  # fmt: skip
    feed = models.CharField(pgettext_lazy("aid", "kind"), max_length=30)
    side = models.CharField(pgettext_lazy("aid", "side"), max_length=10, choices=Side.choices)
    first_month = models.DateField(pgettext_lazy("aid", "first month"))
    last_month = models.DateField(pgettext_lazy("aid", "last month"), null=True, blank=True)
    reason = models.CharField(pgettext_lazy("aid", "why"), max_length=200)
    said_on = models.DateField(pgettext_lazy("aid", "said on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("aid", "said by"),
    )
    withdrawn_on = models.DateField(pgettext_lazy("aid", "withdrawn on"), null=True, blank=True)

    objects = AidExplanationQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("aid", "explanation of a difference")
        verbose_name_plural = pgettext_lazy("aid", "explanations of differences")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.feed} {self.side}"

    @property
    def area_code(self) -> str:
        """Significant code of the village."""
        return str(self.case.area_id)
