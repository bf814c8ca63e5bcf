"""What people write about removals of risk beside their moves: measures that were delivered, and other contacts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.models.removals import Removal
from assistance.querysets_of_removals import ContactChangeQuerySet, MeasureStatementQuerySet


class MeasureStatement(models.Model):
    """That a measure was delivered to a household, stated by the township where no record of it is kept here.

    One that was wrong is struck with the reason: it stays readable and counts no more.
    """

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="measure_statements", verbose_name=pgettext_lazy("case", "case")
    )
    measure = models.CharField(pgettext_lazy("case", "measure"), max_length=100)
    delivered_on = models.DateField(pgettext_lazy("case", "delivered on"))
    why = models.CharField(pgettext_lazy("case", "why it is stated"), max_length=200)
    stated_on = models.DateField(pgettext_lazy("case", "stated on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("case", "stated by"),
    )
    struck_on = models.DateField(pgettext_lazy("case", "struck on"), null=True, blank=True)
    struck_why = models.CharField(pgettext_lazy("case", "why it was struck"), max_length=200, blank=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("case", "struck by"),
    )

    objects = MeasureStatementQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "statement of a measure")
        verbose_name_plural = pgettext_lazy("case", "statements of measures")
        ordering = ["delivered_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_struck_statement_says_why_and_by_whom",
                condition=Q(struck_on__isnull=True, struck_why="", struck_by__isnull=True)
                | Q(struck_on__isnull=False, struck_by__isnull=False) & ~Q(struck_why=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.delivered_on}"


class ContactChange(models.Model):
    """That somebody else stays in touch after a removal: who it was, who it is from the day on, and why.

    A trigger keeps each row as it was written.
    """

    removal = models.ForeignKey(
        Removal, models.PROTECT, related_name="contact_changes", verbose_name=pgettext_lazy("case", "removal")
    )
    name_before = models.CharField(pgettext_lazy("case", "contact before"), max_length=60)
    phone_before = models.CharField(pgettext_lazy("case", "telephone before"), max_length=20)
    name = models.CharField(pgettext_lazy("case", "contact afterwards"), max_length=60)
    phone = models.CharField(pgettext_lazy("case", "telephone of the contact"), max_length=20)
    why = models.CharField(pgettext_lazy("case", "why the contact changed"), max_length=200)
    changed_on = models.DateField(pgettext_lazy("case", "changed on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("case", "changed by"),
    )

    objects = ContactChangeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "change of a contact")
        verbose_name_plural = pgettext_lazy("case", "changes of contacts")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.removal_id} {self.changed_on}"
