"""Who helps a household (帮扶责任人, 第一书记, 驻村工作队员), until when all are due, and how work is handed on."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.helping.lifecycle import HELPER_PLACE, OVER
from assistance.models.cases import Case
from assistance.querysets_of_helping import ACTIVE, HandOverQuerySet, HelperClockQuerySet, HelperPlaceQuerySet
from foundation.accounts.models import Posting
from foundation.workflow.models import Stateful


class HandOver(models.Model):
    """Households that one person hands on to another (交接); they stay the giver's until the receiver accepts."""

    class Answer(models.TextChoices):
        """What became of it."""

        ACCEPTED = "accepted", pgettext_lazy("hand-over", "accepted")
        REFUSED = "refused", pgettext_lazy("hand-over", "refused")
        TAKEN_BACK = "taken_back", pgettext_lazy("hand-over", "taken back")

    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("hand-over", "gives"),
    )  # fmt: skip
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("hand-over", "receives"),
    )  # fmt: skip
    #: From this day on it can be accepted.
    day = models.DateField(pgettext_lazy("hand-over", "day"))
    reason = models.CharField(pgettext_lazy("case", "reason"), max_length=200)
    made_on = models.DateField(pgettext_lazy("hand-over", "begun on"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("hand-over", "begun by"),
    )  # fmt: skip
    answered_on = models.DateField(pgettext_lazy("hand-over", "answered on"), null=True, blank=True)
    answer = models.CharField(
        pgettext_lazy("hand-over", "answer"), max_length=12, choices=Answer.choices, blank=True
    )
    answer_reason = models.CharField(pgettext_lazy("hand-over", "why"), max_length=200, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("hand-over", "hand-over")
        verbose_name_plural = pgettext_lazy("hand-over", "hand-overs")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="nobody_hands_over_to_themselves", condition=~Q(giver=models.F("receiver"))
            ),
            models.CheckConstraint(
                name="an_answered_hand_over_says_how",
                condition=Q(answered_on__isnull=True, answer="")
                | Q(answered_on__isnull=False) & ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.giver_id} → {self.receiver_id}"


class HelperPlace(Stateful):
    """One person in one place of a case; who held it before stays as a row of its own.

    `kind` is a code of the value helper_places of the area, `posting` the post from which the person helps, `unit` the
    assisting unit in words (帮扶单位). While it is offered or held, case and household are lent by `loans`. `reason`
    says why it was declined or ended. `told_on`: when the household was told of the new helper.
    """

    class NoSheet(models.TextChoices):
        """Why nobody could hand over when the help ended."""

        GONE = "gone", pgettext_lazy("helper", "the person is away, ill or has died and can tell nothing")
        REFUSES = "refuses", pgettext_lazy("helper", "the person does not hand over")
        MISTAKE = "mistake", pgettext_lazy("helper", "named by mistake: the person never helped here")

    lifecycle = HELPER_PLACE

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="helper_places", verbose_name=pgettext_lazy("case", "case")
    )
    kind = models.CharField(pgettext_lazy("helper", "place"), max_length=40)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False,
        verbose_name=pgettext_lazy("helper", "person"),
    )  # fmt: skip
    posting = models.ForeignKey(
        Posting, models.PROTECT, related_name="+", db_index=False,
        verbose_name=pgettext_lazy("helper", "post"),
    )  # fmt: skip
    unit = models.CharField(pgettext_lazy("helper", "unit"), max_length=60, blank=True)
    offered_on = models.DateField(pgettext_lazy("helper", "named on"))
    accepted_on = models.DateField(pgettext_lazy("helper", "from"), null=True, blank=True)
    ended_on = models.DateField(pgettext_lazy("helper", "until"), null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("helper", "named by"),
    )  # fmt: skip
    reason = models.CharField(pgettext_lazy("case", "reason"), max_length=200, blank=True)
    hand_over = models.ForeignKey(
        HandOver, models.PROTECT, null=True, blank=True, related_name="places",
        verbose_name=pgettext_lazy("hand-over", "hand-over"),
    )  # fmt: skip
    told_on = models.DateField(pgettext_lazy("helper", "household told on"), null=True, blank=True)
    #: When the sheet of a hand-over to nobody yet was printed, or why help ended without one.
    sheet_on = models.DateField(
        pgettext_lazy("helper", "sheet of what is open printed on"), null=True, blank=True
    )
    no_sheet = models.CharField(
        pgettext_lazy("helper", "why without a sheet"), max_length=10, choices=NoSheet.choices, blank=True
    )
    loans = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)

    objects = HelperPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("helper", "place of a helper")
        verbose_name_plural = pgettext_lazy("helper", "places of helpers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                name="one_person_holds_a_place_of_a_case",
                condition=Q(state="accepted"),
            ),
            models.UniqueConstraint(
                fields=["case", "kind"], name="one_person_is_asked_for_a_place", condition=Q(state="offered")
            ),
            models.CheckConstraint(
                name="a_place_that_is_held_has_no_last_day",
                condition=Q(state__in=OVER) | Q(ended_on__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["person"], name="places_of_person", condition=Q(state__in=ACTIVE)),
            models.Index(fields=["posting"], name="places_of_posting", condition=Q(state__in=ACTIVE)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id} {self.person_id}"

    @property
    def area_code(self) -> str:
        """The village of the case."""
        return self.case.area_id

    @property
    def goes_with(self) -> Case:
        """The case, which is lent to who helps."""
        return self.case

    def recusal_keys(self) -> frozenset[str]:
        """The household number: its own people and kin neither help nor name who does."""
        return self.case.recusal_keys()


class HelperClock(models.Model):
    """Until when all places of a case are to be filled; a new one runs when a place becomes empty again."""

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="helper_clocks", verbose_name=pgettext_lazy("case", "case")
    )
    began_on = models.DateField(pgettext_lazy("helper", "counts from"))
    due_on = models.DateField(pgettext_lazy("case", "due on"), null=True, blank=True)
    stopped_on = models.DateField(pgettext_lazy("helper", "all there on"), null=True, blank=True)
    #: When the township was told that it is overdue.
    urged_on = models.DateField(pgettext_lazy("helper", "urged on"), null=True, blank=True)

    objects = HelperClockQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("helper", "clock of helpers")
        verbose_name_plural = pgettext_lazy("helper", "clocks of helpers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                name="one_clock_of_helpers_runs_for_a_case",
                condition=Q(stopped_on__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], name="helper_clocks_due", condition=Q(stopped_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_on}"
