"""Objections (异议) against one line of a notice."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from assistance.models.notices import NoticeItem
from assistance.querysets_of_notices import ObjectionQuerySet


class Objection(models.Model):
    """An objection against one line of a notice: by the day it arrived, however late it was entered.

    Who made it may stay unsaid; what was typed holds no number of anybody.
    """

    class Way(models.TextChoices):
        """How it arrived."""

        PAGE = "page", pgettext_lazy("objection", "public page")
        PHONE = "phone", pgettext_lazy("objection", "telephone")
        PAPER = "paper", pgettext_lazy("objection", "paper with day stamp")
        SPOKEN = "spoken", pgettext_lazy("objection", "in person")

    class Outcome(models.TextChoices):
        """How it was settled."""

        DISMISSED = "dismissed", pgettext_lazy("objection", "not founded: the household goes on")
        RECHECK = "recheck", pgettext_lazy("objection", "founded: checked once more")
        REFUSE = "refuse", pgettext_lazy("objection", "founded: not enrolled")

    item = models.ForeignKey(NoticeItem, models.PROTECT, related_name="objections")
    way = models.CharField(pgettext_lazy("objection", "way"), max_length=8, choices=Way.choices)
    arrived_on = models.DateField(pgettext_lazy("objection", "arrived on"))
    #: Whether it arrived before the end of the last day of the line; a later one is kept and blocks nothing.
    in_time = models.BooleanField(pgettext_lazy("objection", "in time"))
    text = models.CharField(pgettext_lazy("objection", "what was said"), max_length=1000)
    by_whom = models.CharField(pgettext_lazy("objection", "by whom"), max_length=60, blank=True)
    #: With it whoever objected reads the answer; nothing else leads there.
    receipt = models.CharField(pgettext_lazy("objection", "receipt"), max_length=20, unique=True)
    entered_on = models.DateField(pgettext_lazy("objection", "entered on"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("objection", "entered by"),
    )  # fmt: skip
    answer_due_on = models.DateField(pgettext_lazy("objection", "answer due on"), null=True, blank=True)
    outcome = models.CharField(
        pgettext_lazy("objection", "outcome"), max_length=10, choices=Outcome.choices, blank=True
    )
    answer = models.CharField(pgettext_lazy("objection", "answer"), max_length=500, blank=True)
    settled_on = models.DateField(pgettext_lazy("objection", "settled on"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("objection", "settled by"),
    )  # fmt: skip

    objects = ObjectionQuerySet.as_manager()

    #: What the outcomes come to for a household that was assessed: nobody is enrolled by an assessment.
    OF_ASSESSED = {
        Outcome.DISMISSED: pgettext_lazy("objection", "not founded: the household goes on"),
        Outcome.RECHECK: pgettext_lazy("objection", "founded: the township judges it once more"),
        Outcome.REFUSE: pgettext_lazy(
            "objection", "founded: taken out of the assessment, nothing changes for it"
        ),
    }

    class Meta:
        verbose_name = pgettext_lazy("objection", "objection")
        verbose_name_plural = pgettext_lazy("objection", "objections")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_settled_objection_says_how_and_by_whom",
                condition=Q(settled_on__isnull=True, outcome="", settled_by__isnull=True)
                | Q(settled_on__isnull=False, settled_by__isnull=False) & ~Q(outcome=""),
            )
        ]
        indexes = [
            models.Index(
                fields=["answer_due_on", "id"], name="open_objections", condition=Q(settled_on__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.pk}"

    @property
    def outcome_label(self) -> str:
        """How it was settled, in words that fit what the line is about; empty while it is open."""
        if not self.outcome or self.item.assessed_id is None:
            return self.get_outcome_display()
        return str(self.OF_ASSESSED[self.Outcome(self.outcome)])
