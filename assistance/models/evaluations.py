"""Democratic evaluations (民主评议): one meeting of a village that judges many households, each by its own vote."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.models.lines import Line
from assistance.querysets_of_notices import EvaluationItemQuerySet, EvaluationQuerySet
from foundation.accounts.models import Area


class Kind(models.TextChoices):
    """Why a household stands in a batch: it is to become a monitored object, to cease to be one, or was assessed."""

    ENTRY = "entry", pgettext_lazy("case", "entry")
    REMOVAL = "removal", pgettext_lazy("case", "removal")
    ASSESSED = "assessed", pgettext_lazy("case", "batch assessment")


class Evaluation(models.Model):
    """A meeting: called with its households, held with a count of who came, concluded once with its minutes.

    `staff` are the members of staff who were in the room: none of them settles an objection against what it decided.
    """

    class Meeting(models.TextChoices):
        """Which meeting it is."""

        REPRESENTATIVES = (
            "representatives",
            pgettext_lazy("evaluation", "meeting of villagers' representatives"),
        )
        COMMITTEES = (
            "committees",
            pgettext_lazy("evaluation", "enlarged meeting of the two village committees"),
        )

    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", db_index=False, verbose_name=pgettext_lazy("case", "village")
    )
    meeting = models.CharField(
        pgettext_lazy("evaluation", "kind of meeting"), max_length=20, choices=Meeting.choices
    )
    #: Why the committees met where the representatives could not.
    meeting_reason = models.CharField(
        pgettext_lazy("evaluation", "why this meeting"), max_length=200, blank=True
    )
    meets_on = models.DateField(pgettext_lazy("evaluation", "meets on"))
    meets_at = models.TimeField(pgettext_lazy("evaluation", "at"), null=True, blank=True)
    place = models.CharField(pgettext_lazy("evaluation", "place"), max_length=100)
    chair = models.CharField(pgettext_lazy("evaluation", "chair"), max_length=60, blank=True)
    recorder = models.CharField(pgettext_lazy("evaluation", "recorder"), max_length=60, blank=True)
    must_come = models.PositiveSmallIntegerField(pgettext_lazy("evaluation", "must come"))
    came = models.PositiveSmallIntegerField(pgettext_lazy("evaluation", "came"), null=True, blank=True)
    staff = ArrayField(
        models.BigIntegerField(),
        verbose_name=pgettext_lazy("evaluation", "staff present"),
        default=list,
        blank=True,
    )
    minutes = models.TextField(pgettext_lazy("evaluation", "minutes"), blank=True)
    called_on = models.DateField(pgettext_lazy("evaluation", "called on"))
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("evaluation", "called by"),
    )  # fmt: skip
    concluded_on = models.DateField(pgettext_lazy("evaluation", "concluded on"), null=True, blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("evaluation", "concluded by"),
    )  # fmt: skip
    cancelled_on = models.DateField(pgettext_lazy("evaluation", "called off on"), null=True, blank=True)
    cancelled_why = models.CharField(
        pgettext_lazy("evaluation", "why called off"), max_length=200, blank=True
    )

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("evaluation", "democratic evaluation")
        verbose_name_plural = pgettext_lazy("evaluation", "democratic evaluations")
        ordering = ["-meets_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="an_evaluation_ends_one_way",
                condition=Q(concluded_on__isnull=True) | Q(cancelled_on__isnull=True),
            ),
            models.CheckConstraint(
                name="no_more_come_than_must",
                condition=Q(came__isnull=True) | Q(came__lte=F("must_come")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["area", "-id"],
                name="evaluations_by_area",
                opclasses=["varchar_pattern_ops", "int8_ops"],
            )
        ]

    def __str__(self) -> str:
        return f"{self.meets_on} {self.area_id}"

    @property
    def area_code(self) -> str:
        """The village in which it needs its rights."""
        return self.area_id

    @property
    def open(self) -> bool:
        """Whether votes can still be written down."""
        return self.concluded_on is None and self.cancelled_on is None


class EvaluationItem(Line, models.Model):
    """One household of a meeting: who withdrew, how the others voted, what was asked, and what came of it.

    `result` is empty until the meeting is concluded, or the household is taken off it.
    """

    class Result(models.TextChoices):
        """What came of it."""

        PASSED = "passed", pgettext_lazy("evaluation", "passed")
        FAILED = "failed", pgettext_lazy("evaluation", "not passed")
        LEFT = "left", pgettext_lazy("evaluation", "taken off the list")

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="evaluation_items")
    kind = models.CharField(
        pgettext_lazy("case", "entry or removal"), max_length=8, choices=Kind.choices, default=Kind.ENTRY
    )
    #: The removal that the line is about; none where it is about the enrolment of the case.
    removal = models.ForeignKey(
        "assistance.Removal", models.PROTECT, null=True, blank=True, related_name="evaluation_items",
        verbose_name=pgettext_lazy("case", "removal of the risk"),
    )  # fmt: skip
    #: The household of an assessment that the line is about; none where it is about a case.
    assessed = models.ForeignKey(
        "assistance.AssessedHousehold", models.PROTECT, null=True, blank=True, related_name="evaluation_items",
        verbose_name=pgettext_lazy("assessment", "household of an assessment"),
    )  # fmt: skip
    #: Near relatives of the household who came and did not vote on it.
    withdrew = models.PositiveSmallIntegerField(pgettext_lazy("evaluation", "withdrew"), default=0)
    withdrew_who = models.CharField(pgettext_lazy("evaluation", "who withdrew"), max_length=200, blank=True)
    agree = models.PositiveSmallIntegerField(pgettext_lazy("evaluation", "agree"), null=True, blank=True)
    against = models.PositiveSmallIntegerField(pgettext_lazy("evaluation", "against"), null=True, blank=True)
    abstain = models.PositiveSmallIntegerField(pgettext_lazy("evaluation", "abstain"), null=True, blank=True)
    questions = models.TextField(pgettext_lazy("evaluation", "questions and answers"), blank=True)
    voted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("evaluation", "written down by"),
    )  # fmt: skip
    result = models.CharField(
        pgettext_lazy("evaluation", "result"), max_length=6, choices=Result.choices, blank=True
    )
    why = models.CharField(pgettext_lazy("evaluation", "why"), max_length=300, blank=True)

    objects = EvaluationItemQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("evaluation", "household of a meeting")
        verbose_name_plural = pgettext_lazy("evaluation", "households of a meeting")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_line_before_a_meeting_names_one_thing",
                condition=Q(kind="entry", case__isnull=False, removal__isnull=True, assessed__isnull=True)
                | Q(kind="removal", case__isnull=False, removal__isnull=False, assessed__isnull=True)
                | Q(kind="assessed", case__isnull=True, removal__isnull=True, assessed__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["evaluation", "case", "kind"], name="a_meeting_names_a_case_once"
            ),
            models.UniqueConstraint(
                fields=["case", "kind"], name="a_case_is_before_one_meeting", condition=Q(result="")
            ),
            models.UniqueConstraint(
                fields=["evaluation", "assessed"], name="a_meeting_names_an_assessed_household_once"
            ),
            models.UniqueConstraint(
                fields=["assessed"],
                name="an_assessed_household_is_before_one_meeting",
                condition=Q(result=""),
            ),
            models.CheckConstraint(
                name="the_votes_are_written_together",
                condition=Q(agree__isnull=True, against__isnull=True, abstain__isnull=True)
                | Q(agree__isnull=False, against__isnull=False, abstain__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.case_id or self.assessed_id}"

    @property
    def voted(self) -> bool:
        """Whether its votes are written down."""
        return self.agree is not None

    @property
    def votes(self) -> int:
        """How many voted."""
        return (self.agree or 0) + (self.against or 0) + (self.abstain or 0)
