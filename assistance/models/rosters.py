"""Lists of social-assistance objects that civil affairs sent, and what they and the register say differently."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.querysets_of_assessments import RosterComparisonQuerySet, RosterDifferenceQuerySet
from foundation.accounts.models import Area
from households.models import Household, Resident


class RosterComparison(models.Model):
    """A list of civil affairs that was laid beside the register, for one area and as of one day.

    `monitored` counts people of the list who live in monitored households: the overlap of the two lists.
    """

    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("case", "area")
    )
    as_of = models.DateField(pgettext_lazy("roster", "as of"))
    sha256 = models.CharField(pgettext_lazy("roster", "SHA-256"), max_length=64)
    rows = models.PositiveIntegerField(pgettext_lazy("roster", "rows"))
    rejected = models.PositiveIntegerField(pgettext_lazy("roster", "rejected rows"))
    same = models.PositiveIntegerField(pgettext_lazy("roster", "people without a difference"))
    monitored = models.PositiveIntegerField(pgettext_lazy("roster", "people in monitored households"))
    made_on = models.DateField(pgettext_lazy("roster", "compared on"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("roster", "compared by"),
    )  # fmt: skip

    objects = RosterComparisonQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("roster", "compared list of civil affairs")
        verbose_name_plural = pgettext_lazy("roster", "compared lists of civil affairs")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.area_id} {self.as_of}"


class RosterDifference(models.Model):
    """One person whom the list and the register tell differently, until somebody settles it. Nothing changes by it."""

    class Kind(models.TextChoices):
        """How they differ."""

        THEIRS = "theirs", pgettext_lazy("roster", "on their list, not here")
        OURS = "ours", pgettext_lazy("roster", "here, not on their list")
        CATEGORY = "category", pgettext_lazy("roster", "another category")
        DEAD = "dead", pgettext_lazy("roster", "on their list, died here")
        MOVED = "moved", pgettext_lazy("roster", "on their list, moved away here")
        UNKNOWN = "unknown", pgettext_lazy("roster", "on their list, not in the register")

    class Outcome(models.TextChoices):
        """What came of it."""

        THEY_MEND = "they_mend", pgettext_lazy("roster", "civil affairs corrects its list")
        WE_MEND = "we_mend", pgettext_lazy("roster", "the register is to be corrected here")
        CHECK = "check", pgettext_lazy("roster", "somebody goes and looks")
        STAYS = "stays", pgettext_lazy("roster", "explained, both stay")

    comparison = models.ForeignKey(RosterComparison, models.CASCADE, related_name="differences")
    kind = models.CharField(pgettext_lazy("roster", "difference"), max_length=8, choices=Kind.choices)
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="+")
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, related_name="+")
    #: As the list or the register names the person.
    person = models.CharField(pgettext_lazy("roster", "person"), max_length=60)
    here = models.CharField(pgettext_lazy("roster", "here"), max_length=60, blank=True)
    there = models.CharField(pgettext_lazy("roster", "on their list"), max_length=60, blank=True)
    outcome = models.CharField(
        pgettext_lazy("roster", "outcome"), max_length=10, choices=Outcome.choices, blank=True
    )
    reason = models.CharField(pgettext_lazy("roster", "reason"), max_length=200, blank=True)
    settled_on = models.DateField(pgettext_lazy("roster", "settled on"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("roster", "settled by"),
    )  # fmt: skip

    objects = RosterDifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("roster", "difference to the list of civil affairs")
        verbose_name_plural = pgettext_lazy("roster", "differences to the list of civil affairs")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_settled_roster_difference_says_who_and_why",
                condition=Q(outcome="", settled_on=None, settled_by=None)
                | ~Q(outcome="") & ~Q(reason="") & Q(settled_on__isnull=False, settled_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["comparison", "kind", "id"], name="roster_differences")]

    def __str__(self) -> str:
        return f"{self.comparison_id} {self.kind}"
