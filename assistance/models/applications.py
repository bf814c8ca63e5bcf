"""Applications of households (F2, 申请书), and the papers that a household was asked for."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets_of_checks import ApplicationQuerySet, PaperDemandQuerySet
from households.models import Authorisation, Household, Resident, Visit


class Application(models.Model):
    """What a household applies for, with what was known carried over (`body`): signed at the table, or handed in.

    `body` names members by key and holds counts, codes and sums. What may name people (the problem in words, the line
    of the notice as it was shown) stands in `told`; the signed bytes hold a commitment to it, so that an erased
    person leaves the signatures of the others proved. Without a case it is the first paper: the case takes it over.
    """

    class Way(models.TextChoices):
        """How the household applied."""

        SIGNED = "signed", pgettext_lazy("application", "signed at the table")
        PAPER = "paper", pgettext_lazy("application", "written, handed in on paper")

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="applications",
        verbose_name=pgettext_lazy("application", "household"),
    )  # fmt: skip
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="applications",
        verbose_name=pgettext_lazy("application", "case"),
    )  # fmt: skip
    #: The doorstep check that its facts were carried over from.
    visit = models.ForeignKey(
        Visit, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("application", "check"),
    )  # fmt: skip
    authorisation = models.ForeignKey(
        Authorisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("application", "authorisation"),
    )  # fmt: skip
    applicant = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("application", "applicant"),
    )  # fmt: skip
    way = models.CharField(pgettext_lazy("application", "way"), max_length=6, choices=Way.choices)
    applied_on = models.DateField(pgettext_lazy("application", "applied on"))
    body = models.JSONField(pgettext_lazy("application", "what it says"), default=dict)
    promise = models.TextField(pgettext_lazy("application", "promise of truth"), blank=True)
    told = models.JSONField(pgettext_lazy("application", "in words"), default=dict)
    salt = models.BinaryField(pgettext_lazy("application", "salt"), max_length=32, default=bytes)
    commitment = models.CharField(
        pgettext_lazy("application", "commitment to the words"), max_length=64, blank=True
    )
    entered_on = models.DateField(pgettext_lazy("application", "entered on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("application", "written by"),
    )  # fmt: skip
    #: Since when nothing of it is missing: everybody signed, or the paper is there.
    complete_on = models.DateField(pgettext_lazy("application", "complete since"), null=True, blank=True)
    dropped_on = models.DateField(pgettext_lazy("application", "replaced on"), null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("application", "application")
        verbose_name_plural = pgettext_lazy("application", "applications")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                name="a_case_has_one_application",
                condition=Q(case__isnull=False, dropped_on__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["household"],
                name="a_household_applies_once_before_its_case",
                condition=Q(case__isnull=True, dropped_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Application of household %(code)s") % {"code": self.household.code}

    @property
    def area_code(self) -> str:
        """The village of the household: rights are needed there."""
        return self.household.area_id

    @property
    def is_living(self) -> bool:
        """Whether no later one took its place."""
        return self.dropped_on is None


class PaperDemand(models.Model):
    """That a household was asked for a paper whose fact no connected dataset answers (零证明), and that it came."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="demands", verbose_name=pgettext_lazy("paper", "case")
    )
    #: Code of the catalogue of papers (assistance/applying/papers.toml).
    paper = models.CharField(pgettext_lazy("paper", "paper"), max_length=40)
    why = models.CharField(pgettext_lazy("paper", "what for"), max_length=200)
    asked_on = models.DateField(pgettext_lazy("paper", "asked on"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("paper", "asked by"),
    )  # fmt: skip
    #: The day on which it came, or was found not to be needed.
    ended_on = models.DateField(pgettext_lazy("paper", "settled on"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("paper", "settled by"),
    )  # fmt: skip
    brought = models.BooleanField(pgettext_lazy("paper", "brought"), default=False)

    objects = PaperDemandQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("paper", "paper asked for")
        verbose_name_plural = pgettext_lazy("paper", "papers asked for")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "paper"], name="a_paper_is_asked_for_once", condition=Q(ended_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.case_id}"
