"""What comes to a case from outside while it runs: facts that no longer hold, and new findings to judge."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets import BasisChangeQuerySet, CaseRiskQuerySet
from monitoring.models import Finding


class FromOutside(models.Model):
    """Something that waits for an answer on a case: nothing moves by itself because of it."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="%(class)ss", verbose_name=pgettext_lazy("case", "case")
    )
    #: Empty where members of the household came or went.
    finding = models.ForeignKey(
        Finding,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("case", "finding"),
    )
    told_on = models.DateField(pgettext_lazy("case", "told on"))
    due_on = models.DateField(pgettext_lazy("case", "answer due on"), null=True, blank=True)
    answered_on = models.DateField(pgettext_lazy("case", "answered on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("case", "answered by"),
    )
    note = models.CharField(pgettext_lazy("case", "note"), max_length=200, blank=True)

    class Meta:
        abstract = True


class BasisChange(FromOutside):
    """Facts under a case that changed: a finding corrected or taken back, members who came or went (field.md 5).

    `old` and `new` are the facts as they stood and stand (names of the record, amounts as text, no names of people);
    `new` is empty where nothing is left. Of two cases they are the key of this and of the other case.
    """

    class Kind(models.TextChoices):
        """What happened to the facts."""

        TAKEN_BACK = "taken_back", pgettext_lazy("case", "taken back")
        CORRECTED = "corrected", pgettext_lazy("case", "corrected")
        MEMBERS = "members", pgettext_lazy("case", "somebody died, left or came")
        TWO_CASES = "two_cases", pgettext_lazy("case", "people of two cases live together")

    class Answer(models.TextChoices):
        """What township or county said to it."""

        KEEP = "keep", pgettext_lazy("case", "it stays as it is")
        NOTICE = "notice", pgettext_lazy("case", "go on with a corrected notice")
        RECHECK = "recheck", pgettext_lazy("case", "check the household again")
        CORRECT = "correct", pgettext_lazy("case", "correct the identification")
        JOIN = "join", pgettext_lazy("case", "one of the two cases goes on for all, the other ends")

    kind = models.CharField(pgettext_lazy("case", "what happened"), max_length=12, choices=Kind.choices)
    old = models.JSONField(pgettext_lazy("case", "what was said"))
    new = models.JSONField(pgettext_lazy("case", "what is said now"), default=dict, blank=True)
    answer = models.CharField(
        pgettext_lazy("case", "answer"), max_length=10, choices=Answer.choices, blank=True
    )

    objects = BasisChangeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "changed basis")
        verbose_name_plural = pgettext_lazy("case", "changed bases")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "finding"],
                name="a_changed_basis_is_asked_once",
                condition=Q(answered_on__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["case"],
                name="a_change_of_members_is_asked_once",
                condition=Q(answered_on__isnull=True, kind="members"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.finding_id}"


class CaseRisk(FromOutside):
    """A finding on a household whose case runs: a new risk to judge there, with a deadline."""

    class Answer(models.TextChoices):
        """What who answers for the case said to it."""

        KNOWN = "known", pgettext_lazy("case", "known already")
        NEW_RISK = "new_risk", pgettext_lazy("case", "a new risk: goes into the plan")
        NO_RISK = "no_risk", pgettext_lazy("case", "no risk after checking")

    answer = models.CharField(
        pgettext_lazy("case", "answer"), max_length=10, choices=Answer.choices, blank=True
    )

    objects = CaseRiskQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "new risk to judge")
        verbose_name_plural = pgettext_lazy("case", "new risks to judge")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "finding"], name="a_finding_is_one_risk_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.finding_id}"
