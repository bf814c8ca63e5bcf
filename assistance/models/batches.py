"""Decisions that many cases share: township review, county approval (批复), announcement (公告)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.models.lines import Line
from assistance.querysets_of_decisions import CaseBatchItemQuerySet, CaseBatchQuerySet
from foundation.accounts.models import Area


class CaseBatch(models.Model):
    """One sitting or one paper on many cases. Few are decided at once, many by the job `job`.

    `on` is the day of the meeting, of the approval or of the posting; `number` the number of the paper (批复文号).
    A case that cannot go on stays out with the reason on its item, and the rest goes on.
    """

    class Kind(models.TextChoices):
        """What is decided."""

        REVIEW = "review", pgettext_lazy("case", "Township review")
        APPROVAL = "approval", pgettext_lazy("case", "County approval")
        ANNOUNCEMENT = "announcement", pgettext_lazy("case", "Announcement")

    kind = models.CharField(pgettext_lazy("case", "kind"), max_length=12, choices=Kind.choices)
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("case", "area")
    )
    on = models.DateField(pgettext_lazy("case", "day"))
    number = models.CharField(pgettext_lazy("case", "number of the paper"), max_length=60, blank=True)
    place = models.CharField(pgettext_lazy("case", "where it is posted"), max_length=100, blank=True)
    note = models.CharField(pgettext_lazy("case", "opinion"), max_length=200, blank=True)
    #: Whether what was computed is confirmed with it where nobody has confirmed a conclusion before.
    as_computed = models.BooleanField(pgettext_lazy("case", "as computed"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("case", "decided by"),
    )
    made_on = models.DateField(pgettext_lazy("case", "entered on"))
    made_at = models.DateTimeField(pgettext_lazy("case", "entered at"), auto_now_add=True)
    job = models.UUIDField(pgettext_lazy("case", "job"), null=True, blank=True, unique=True)

    objects = CaseBatchQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "batch of cases")
        verbose_name_plural = pgettext_lazy("case", "batches of cases")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="an_approval_has_a_number", condition=~Q(kind="approval") | ~Q(number="")
            ),
            models.CheckConstraint(
                name="an_announcement_is_posted_somewhere", condition=~Q(kind="announcement") | ~Q(place="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def area_code(self) -> str:
        """The township or county that decides."""
        return self.area_id


class CaseBatchItem(Line, models.Model):
    """One line of a batch: the version that was chosen, and what became of it.

    `what` tells an entry, a removal and a household of an assessment apart: all may stand in one batch.
    """

    class What(models.TextChoices):
        """What is decided about the case."""

        ENTRY = "entry", pgettext_lazy("case", "enrolment")
        REMOVAL = "removal", pgettext_lazy("case", "removal of the risk")
        ASSESSED = "assessed", pgettext_lazy("case", "batch assessment")

    class Result(models.TextChoices):
        """What became of it."""

        DONE = "done", pgettext_lazy("case", "decided")
        LEFT = "left", pgettext_lazy("case", "stays out")
        UNDONE = "undone", pgettext_lazy("case", "taken back")

    batch = models.ForeignKey(
        CaseBatch, models.CASCADE, related_name="items", verbose_name=pgettext_lazy("case", "batch")
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="batch_items",
        verbose_name=pgettext_lazy("case", "case"),
    )  # fmt: skip
    what = models.CharField(
        pgettext_lazy("case", "decision"), max_length=8, choices=What.choices, default=What.ENTRY
    )
    #: The removal that the line is about; none where it is about the enrolment of the case.
    removal = models.ForeignKey(
        "assistance.Removal", models.PROTECT, null=True, blank=True, related_name="batch_items",
        verbose_name=pgettext_lazy("case", "removal of the risk"),
    )  # fmt: skip
    #: The household of an assessment that the line is about; none where it is about a case.
    assessed = models.ForeignKey(
        "assistance.AssessedHousehold", models.PROTECT, null=True, blank=True, related_name="batch_items",
        verbose_name=pgettext_lazy("assessment", "household of an assessment"),
    )  # fmt: skip
    version = models.PositiveIntegerField(pgettext_lazy("case", "version chosen"))
    result = models.CharField(
        pgettext_lazy("case", "result"), max_length=8, choices=Result.choices, blank=True
    )
    why = models.CharField(pgettext_lazy("case", "why not"), max_length=300, blank=True)

    objects = CaseBatchItemQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("case", "case of a batch")
        verbose_name_plural = pgettext_lazy("case", "cases of a batch")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_line_on_a_paper_names_one_thing",
                condition=Q(what="entry", case__isnull=False, removal__isnull=True, assessed__isnull=True)
                | Q(what="removal", case__isnull=False, removal__isnull=False, assessed__isnull=True)
                | Q(what="assessed", case__isnull=True, removal__isnull=True, assessed__isnull=False),
            ),
            models.UniqueConstraint(fields=["batch", "case", "what"], name="a_batch_names_a_case_once"),
            models.UniqueConstraint(
                fields=["batch", "assessed"], name="a_batch_names_an_assessed_household_once"
            ),
        ]
        indexes = [models.Index(fields=["batch", "id"], name="cases_to_decide", condition=Q(result=""))]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.case_id or self.assessed_id}"
