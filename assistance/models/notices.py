"""Public notices (公示): the list of a village or township as it was posted, line by line, and until when it hangs."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.models.cases import Case
from assistance.models.evaluations import Kind
from assistance.models.lines import Line
from assistance.querysets_of_notices import NoticeItemQuerySet, PublicNoticeQuerySet
from foundation.accounts.models import Area


class Notice(models.Model):
    """One notice. Drawn up first; from its posting on, its lines, its days and its words stay as they were.

    It hangs until the end of `until`, the day of the posting not counted. `area` is a village, or the township where
    notice is given there.
    """

    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", db_index=False, verbose_name=pgettext_lazy("notice", "place")
    )
    drawn_on = models.DateField(pgettext_lazy("notice", "drawn up on"))
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("notice", "drawn up by"),
    )  # fmt: skip
    #: Where to object, and the telephone, as they stand on it.
    where = models.CharField(pgettext_lazy("notice", "where to object"), max_length=200)
    telephone = models.CharField(pgettext_lazy("notice", "telephone"), max_length=60)
    days = models.PositiveSmallIntegerField(pgettext_lazy("notice", "days"), null=True, blank=True)
    unit = models.CharField(pgettext_lazy("notice", "unit"), max_length=20, blank=True)
    posted_on = models.DateField(pgettext_lazy("notice", "posted on"), null=True, blank=True)
    posted_at = models.TimeField(pgettext_lazy("notice", "posted at"), null=True, blank=True)
    spot = models.CharField(pgettext_lazy("notice", "where it hangs"), max_length=100, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("notice", "posted by"),
    )  # fmt: skip
    until = models.DateField(pgettext_lazy("notice", "hangs until the end of"), null=True, blank=True)
    #: Whether the last day rests on a year whose holidays are not published.
    provisional = models.BooleanField(pgettext_lazy("notice", "last day provisional"), default=False)
    taken_down_on = models.DateField(pgettext_lazy("notice", "taken down on"), null=True, blank=True)
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("notice", "taken down by"),
    )  # fmt: skip
    cancelled_on = models.DateField(pgettext_lazy("notice", "given up on"), null=True, blank=True)

    objects = PublicNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("notice", "public notice")
        verbose_name_plural = pgettext_lazy("notice", "public notices")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="a_posted_notice_says_until_when",
                condition=Q(posted_on__isnull=True, until__isnull=True)
                | Q(
                    posted_on__isnull=False, until__isnull=False, days__isnull=False, posted_by__isnull=False
                ),
            ),
            models.CheckConstraint(
                name="a_posted_notice_is_not_given_up",
                condition=Q(posted_on__isnull=True) | Q(cancelled_on__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["area", "-id"], name="notices_by_area", opclasses=["varchar_pattern_ops", "int8_ops"]
            ),
            models.Index(fields=["until", "id"], name="notices_by_last_day"),
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.pk}"

    @property
    def area_code(self) -> str:
        """The area in which it needs its rights."""
        return self.area_id

    @property
    def posted(self) -> bool:
        """Whether it has been posted: its list no longer changes."""
        return self.posted_on is not None


class NoticeItem(Line, models.Model):
    """One line of a notice. The words are written when it is posted; `until` is longer than the notice's where the
    notice was extended for this household alone. A line ends (`ended_on`) or leaves the notice (`left_on`, `left_why`).
    """

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="notice_items")
    kind = models.CharField(
        pgettext_lazy("case", "entry or removal"), max_length=8, choices=Kind.choices, default=Kind.ENTRY
    )
    #: The removal that the line is about; none where it is about the enrolment of the case.
    removal = models.ForeignKey(
        "assistance.Removal", models.PROTECT, null=True, blank=True, related_name="notice_items",
        verbose_name=pgettext_lazy("case", "removal of the risk"),
    )  # fmt: skip
    #: The household of an assessment that the line is about; none where it is about a case.
    assessed = models.ForeignKey(
        "assistance.AssessedHousehold", models.PROTECT, null=True, blank=True, related_name="notice_items",
        verbose_name=pgettext_lazy("assessment", "household of an assessment"),
    )  # fmt: skip
    village = models.CharField(pgettext_lazy("notice", "village"), max_length=100, blank=True)
    group_name = models.CharField(pgettext_lazy("notice", "villager group"), max_length=60, blank=True)
    name_wall = models.CharField(pgettext_lazy("notice", "name on the wall"), max_length=60, blank=True)
    name_online = models.CharField(pgettext_lazy("notice", "name online"), max_length=60, blank=True)
    persons = models.PositiveSmallIntegerField(pgettext_lazy("notice", "persons"), null=True, blank=True)
    category = models.CharField(pgettext_lazy("notice", "category"), max_length=60, blank=True)
    until = models.DateField(pgettext_lazy("notice", "runs until the end of"), null=True, blank=True)
    extended_why = models.CharField(pgettext_lazy("notice", "why extended"), max_length=200, blank=True)
    ended_on = models.DateField(pgettext_lazy("notice", "ended on"), null=True, blank=True)
    left_on = models.DateField(pgettext_lazy("notice", "left on"), null=True, blank=True)
    left_why = models.CharField(pgettext_lazy("notice", "why it left"), max_length=200, blank=True)

    objects = NoticeItemQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("notice", "line of a notice")
        verbose_name_plural = pgettext_lazy("notice", "lines of a notice")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_line_on_a_notice_names_one_thing",
                condition=Q(kind="entry", case__isnull=False, removal__isnull=True, assessed__isnull=True)
                | Q(kind="removal", case__isnull=False, removal__isnull=False, assessed__isnull=True)
                | Q(kind="assessed", case__isnull=True, removal__isnull=True, assessed__isnull=False),
            ),
            models.UniqueConstraint(fields=["notice", "case", "kind"], name="a_notice_names_a_case_once"),
            models.UniqueConstraint(
                fields=["case", "kind"],
                name="a_case_hangs_in_one_notice",
                condition=Q(ended_on__isnull=True, left_on__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["notice", "assessed"], name="a_notice_names_an_assessed_household_once"
            ),
            models.UniqueConstraint(
                fields=["assessed"],
                name="an_assessed_household_hangs_in_one_notice",
                condition=Q(ended_on__isnull=True, left_on__isnull=True),
            ),
            models.CheckConstraint(
                name="a_line_ends_or_leaves", condition=Q(ended_on__isnull=True) | Q(left_on__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["until", "id"],
                name="running_lines_by_last_day",
                condition=Q(until__isnull=False, ended_on__isnull=True, left_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.case_id or self.assessed_id}"

    @property
    def running(self) -> bool:
        """Whether it is posted and has neither ended nor left."""
        return self.until is not None and self.ended_on is None and self.left_on is None
