"""Removals of risk (风险消除): the proposal that a monitored household needs no monitoring any more, and its mark."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets_of_removals import RemovalQuerySet
from assistance.removal.lifecycle import REMOVAL, RUNNING
from foundation.accounts.models import Area
from foundation.workflow.models import Stateful
from households.models import Household, Standing, Visit


class Removal(Stateful):
    """One removal of the risk of a case; one that runs at a time. What was declined or rolled back stays readable.

    `guards` is what held when it was proposed, `decided_guards` when the county approved it: lists of the facts of
    each guard (assistance.removal.guards). `waits_for` repeats the open steps of its path, for lists.
    """

    class Way(models.TextChoices):
        """How the risk went (value removal_ways)."""

        ASSISTED = "assisted", pgettext_lazy("case", "removed by assistance")
        NATURAL = "natural", pgettext_lazy("case", "removed naturally")

    lifecycle = REMOVAL

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="removals", verbose_name=pgettext_lazy("case", "case")
    )
    way = models.CharField(pgettext_lazy("case", "way of removal"), max_length=10, choices=Way.choices)
    #: A code of the value natural_removal_reasons; empty where assistance removed the risk.
    natural_reason = models.CharField(pgettext_lazy("case", "natural reason"), max_length=20, blank=True)
    why = models.CharField(pgettext_lazy("case", "why the risk is gone"), max_length=300)
    #: The house check that it rests on (F12); none where nobody of the household is left.
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("case", "check"),
    )  # fmt: skip
    #: Who stays in touch with the household afterwards (监测联系人).
    contact_name = models.CharField(pgettext_lazy("case", "contact afterwards"), max_length=60)
    contact_phone = models.CharField(pgettext_lazy("case", "telephone of the contact"), max_length=20)
    guards = models.JSONField(pgettext_lazy("case", "guards when proposed"), default=list)
    decided_guards = models.JSONField(pgettext_lazy("case", "guards when decided"), default=list, blank=True)
    proposed_on = models.DateField(pgettext_lazy("case", "proposed on"))
    waits_for = ArrayField(
        models.CharField(max_length=40),
        verbose_name=pgettext_lazy("case", "waits for"),
        default=list,
        blank=True,
    )
    step_due_on = models.DateField(pgettext_lazy("case", "step due on"), null=True, blank=True)
    #: When the superior of whom it waits for was told that the step is overdue.
    escalated_on = models.DateField(pgettext_lazy("case", "superior told on"), null=True, blank=True)
    #: Since when a new house check is asked for; one of that day or later answers it.
    recheck_since = models.DateField(pgettext_lazy("case", "new check asked on"), null=True, blank=True)
    decided_on = models.DateField(pgettext_lazy("case", "decided on"), null=True, blank=True)
    removed_on = models.DateField(pgettext_lazy("case", "announced on"), null=True, blank=True)

    #: By when the household is visited again after its removal (value aftercare_visit_months).
    visit_due_on = models.DateField(pgettext_lazy("case", "after-care visit due on"), null=True, blank=True)

    objects = RemovalQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "removal of the risk")
        verbose_name_plural = pgettext_lazy("case", "removals of the risk")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="a_case_has_one_running_removal", condition=Q(state__in=RUNNING)
            ),
            models.CheckConstraint(
                name="a_natural_removal_says_its_reason",
                condition=Q(way="natural") & ~Q(natural_reason="") | Q(way="assisted", natural_reason=""),
            ),
            models.CheckConstraint(
                name="a_removal_by_assistance_has_a_check",
                condition=Q(way="natural") | Q(visit__isnull=False),
            ),
        ]
        indexes = [GinIndex(fields=["waits_for"], name="removals_by_open_step")]

    def __str__(self) -> str:
        return f"{self.pk} {self.case_id}"

    @property
    def area_code(self) -> str:
        """The village in which moves of this removal need their right."""
        return self.case.area_id

    @property
    def area_id(self) -> str:
        """The village of its case, as cases have it."""
        return self.case.area_id

    @property
    def area(self) -> Area:
        """The village of its case."""
        return self.case.area

    @property
    def household(self) -> Household:
        """The household of its case."""
        return self.case.household

    @property
    def standing(self) -> Standing | None:
        """The standing that its mark ends."""
        return self.case.standing

    def recusal_keys(self) -> frozenset[str]:
        """The household number: its own people and kin do not act here (field.md 5.8)."""
        return self.case.recusal_keys()
