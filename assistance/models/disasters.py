"""A disaster that strikes many households at once, and what each of them got first (field.md 5.11)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets_of_disasters import DisasterHouseholdQuerySet, DisasterQuerySet, FirstHelpQuerySet
from foundation.accounts.models import Area
from households.models import Household


class Disaster(models.Model):
    """One event: what happened where and when. `area` is the place that it is entered for, `kind` a disaster kind."""

    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("disaster", "place")
    )
    kind = models.CharField(pgettext_lazy("disaster", "kind"), max_length=10)
    name = models.CharField(pgettext_lazy("disaster", "name"), max_length=60)
    happened_on = models.DateField(pgettext_lazy("disaster", "day"))
    note = models.CharField(pgettext_lazy("disaster", "note"), max_length=300, blank=True)
    opened_on = models.DateField(pgettext_lazy("disaster", "entered on"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("disaster", "entered by"),
    )

    objects = DisasterQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("disaster", "disaster")
        verbose_name_plural = pgettext_lazy("disaster", "disasters")
        ordering = ["-happened_on", "-id"]

    def __str__(self) -> str:
        return self.name


class DisasterHousehold(models.Model):
    """A household on the list of a disaster: how it was harmed, whether its people are safe, and its case.

    Who turns out unharmed leaves with a reason and stays to be seen (`left_on`).
    """

    class Harm(models.TextChoices):
        """How a household was harmed."""

        HEAVY = "heavy", pgettext_lazy("disaster", "heavily harmed")
        AFFECTED = "affected", pgettext_lazy("disaster", "affected")

    class Found(models.TextChoices):
        """How it came onto the list."""

        LIST = "list", pgettext_lazy("disaster", "emergency list")
        VILLAGE = "village", pgettext_lazy("disaster", "whole village")

    disaster = models.ForeignKey(
        Disaster,
        models.PROTECT,
        related_name="households",
        verbose_name=pgettext_lazy("disaster", "disaster"),
    )
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="disasters", verbose_name=pgettext_lazy("case", "household")
    )
    harm = models.CharField(pgettext_lazy("disaster", "harm"), max_length=10, choices=Harm.choices)
    found = models.CharField(pgettext_lazy("disaster", "came by"), max_length=10, choices=Found.choices)
    listed_on = models.DateField(pgettext_lazy("disaster", "listed on"))
    safe_on = models.DateField(pgettext_lazy("disaster", "everybody safe since"), null=True, blank=True)
    safe_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("disaster", "said so"),
    )  # fmt: skip
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="disasters",
        verbose_name=pgettext_lazy("case", "case"),
    )  # fmt: skip
    left_on = models.DateField(pgettext_lazy("disaster", "left the list on"), null=True, blank=True)
    left_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("disaster", "taken off by"),
    )  # fmt: skip
    left_reason = models.CharField(pgettext_lazy("disaster", "why unharmed"), max_length=200, blank=True)

    objects = DisasterHouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("disaster", "household of a disaster")
        verbose_name_plural = pgettext_lazy("disaster", "households of a disaster")
        ordering = ["disaster", "id"]
        constraints = [
            models.UniqueConstraint("disaster", "household", name="a_disaster_lists_a_household_once"),
            models.CheckConstraint(
                name="who_leaves_a_disaster_leaves_for_a_reason",
                condition=Q(left_on__isnull=True, left_reason="")
                | Q(left_on__isnull=False) & ~Q(left_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.disaster_id} {self.household_id}"


class FirstHelp(models.Model):
    """Help that came before the papers: what, when and by whom. For a household of a disaster, or for a case alone."""

    listed = models.ForeignKey(
        DisasterHousehold, models.PROTECT, null=True, blank=True, related_name="helps",
        verbose_name=pgettext_lazy("disaster", "household of a disaster"),
    )  # fmt: skip
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        related_name="first_helps",
        verbose_name=pgettext_lazy("case", "household"),
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="first_helps",
        verbose_name=pgettext_lazy("case", "case"),
    )  # fmt: skip
    kind = models.CharField(pgettext_lazy("first help", "kind"), max_length=20)
    what = models.CharField(pgettext_lazy("first help", "what exactly"), max_length=120, blank=True)
    giver = models.CharField(pgettext_lazy("first help", "given by"), max_length=60)
    helped_on = models.DateField(pgettext_lazy("first help", "day"))
    entered_on = models.DateField(pgettext_lazy("first help", "entered on"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("first help", "entered by"),
    )

    objects = FirstHelpQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("first help", "help that came first")
        verbose_name_plural = pgettext_lazy("first help", "help that came first")
        ordering = ["helped_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_first_help_belongs_to_a_disaster_or_a_case",
                condition=Q(listed__isnull=False) | Q(case__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.household_id}"
