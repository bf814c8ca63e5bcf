"""Visits to households (走访入户): the record of each, what it served, and the questions that were asked."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.accounts.models import Area
from foundation.workflow.models import Stateful
from households.models.households import Household, Resident
from households.querysets import VisitQuerySet
from households.visits.lifecycle import VISIT


class Questionnaire(models.Model):
    """One version of the questions of a paper, in force from a day on; its text is the declaration itself.

    A version never changes: visits keep the one they were asked by. Written by households.visits.book alone.
    """

    code = models.CharField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    from_day = models.DateField(_("from"))
    text = models.TextField(_("declaration"))
    digest = models.CharField(_("digest of the declaration"), max_length=64)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"], name="a_questionnaire_has_one_of_each_version"
            ),
            models.UniqueConstraint(fields=["code", "from_day"], name="a_questionnaire_begins_once_on_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.code}.{self.version}"


class Visit(Stateful):
    """One visit to one household, as the person who made it wrote it down; an attempt that met nobody is one too.

    `answers` maps codes of the questionnaire to what was said or seen; `known` are those of them that only repeat what
    the register said that day, with source and day. `digest` is the SHA-256 of it all (households.visits.told),
    `key` makes the same form sent twice one visit. `area` repeats the household's; the database keeps it so.
    """

    class Way(models.TextChoices):
        """How the household was spoken with (field.md 2.1)."""

        HOME = "home", pgettext_lazy("visit", "at home")
        ELSEWHERE = "elsewhere", pgettext_lazy("visit", "met elsewhere")
        PHONE = "phone", pgettext_lazy("visit", "by telephone")
        VIDEO = "video", pgettext_lazy("visit", "by video call")
        PROXY = "proxy", pgettext_lazy("visit", "through somebody else")

    class Outcome(models.TextChoices):
        """Whether anybody answered: three attempts are a fact, never a silent end."""

        MET = "met", pgettext_lazy("visit", "spoken with")
        NOBODY = "nobody", pgettext_lazy("visit", "nobody met")

    class NoPlace(models.TextChoices):
        """Why no place is kept."""

        NOT_THERE = (
            "not_there",
            pgettext_lazy("visit", "not on the spot: by telephone, video or through somebody else"),
        )
        NO_SIGNAL = "no_signal", pgettext_lazy("visit", "the device found no place")
        FORBIDDEN = "forbidden", pgettext_lazy("visit", "the device may not tell its place")
        PAPER = "paper", pgettext_lazy("visit", "entered from paper")

    lifecycle = VISIT

    household = models.ForeignKey(
        Household,
        models.PROTECT,
        # The composite key on (household, area) stands for this one, and the index below for its own.
        db_constraint=False,
        db_index=False,
        related_name="visits",
        verbose_name=_("household"),
    )
    area = models.ForeignKey(
        Area, models.PROTECT, db_constraint=False, db_index=False, related_name="+", verbose_name=_("village")
    )
    key = models.UUIDField(_("key of the form"), default=uuid.uuid4, editable=False)
    happened_on = models.DateField(_("day of the visit"))
    at = models.TimeField(_("time of the visit"), null=True, blank=True)
    entered_on = models.DateField(_("entered on"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    way = models.CharField(_("way"), max_length=10, choices=Way.choices)
    way_reason = models.CharField(_("why not at home"), max_length=200, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    visitors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("visitors"))
    met = models.ManyToManyField(Resident, related_name="visits", verbose_name=_("members met"))
    others = models.CharField(_("other people present"), max_length=200, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    accuracy = models.PositiveIntegerField(_("accuracy (m)"), null=True, blank=True)
    no_place = models.CharField(_("why no place"), max_length=10, choices=NoPlace.choices, blank=True)
    questionnaire = models.ForeignKey(
        Questionnaire, models.PROTECT, related_name="visits", verbose_name=_("questionnaire")
    )
    answers = models.JSONField(_("answers"), default=dict)
    known = models.JSONField(_("known before"), default=dict)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    digest = models.CharField(_("digest"), max_length=64)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("visit", "visit")
        verbose_name_plural = pgettext_lazy("visit", "visits")
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["entered_by", "key"], name="a_form_sent_twice_is_one_visit"),
            models.CheckConstraint(
                name="a_visit_has_a_place_or_says_why_not",
                condition=Q(latitude__isnull=False, longitude__isnull=False, no_place="")
                | Q(latitude__isnull=True, longitude__isnull=True, accuracy__isnull=True) & ~Q(no_place=""),
            ),
            models.CheckConstraint(
                name="a_visit_that_was_not_at_home_says_why", condition=Q(way="home") | ~Q(way_reason="")
            ),
        ]
        indexes = [
            # The list from above in its order, and what lies under a prefix.
            models.Index(fields=["-happened_on", "-id"], name="visits_in_order"),
            models.Index(fields=["area"], name="visits_by_area", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["household", "-happened_on"], name="visits_of_household"),
        ]

    def __str__(self) -> str:
        return f"{self.household.code} {self.happened_on}"

    @property
    def area_code(self) -> str:
        """The village in which moves of this visit need their right."""
        return self.area_id

    @property
    def goes_with(self) -> Household:
        """The household: somebody of another village to whom it is lent does what goes with a visit."""
        return self.household

    def recusal_keys(self) -> frozenset[str]:
        """The household number: its own people and kin do not act here (field.md 5.8)."""
        return frozenset(self.household.recusal_keys)

    @property
    def counts(self) -> bool:
        """Whether the visit stands: it was not annulled."""
        return self.state == "recorded"


class VisitPurpose(models.Model):
    """What a visit served: a row of a later stage by model and key (one visit may serve many: an alert, a round)."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="purposes", verbose_name=_("visit"))
    model = models.CharField(_("kind of object"), max_length=60)
    object_id = models.CharField(_("object"), max_length=64)
    added_on = models.DateField(_("since"))

    class Meta:
        verbose_name = pgettext_lazy("visit", "purpose")
        verbose_name_plural = pgettext_lazy("visit", "purposes")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "model", "object_id"], name="a_visit_serves_something_once"
            ),
        ]
        indexes = [models.Index(fields=["model", "object_id"], name="visits_that_served")]

    def __str__(self) -> str:
        return f"{self.model}:{self.object_id}"


class VisitVersion(models.Model):
    """What a visit said before it was corrected: its whole body, and the digest that was its proof."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="versions", verbose_name=_("visit"))
    version = models.PositiveIntegerField(_("version"))
    body = models.JSONField(_("what it said"))
    digest = models.CharField(_("digest"), max_length=64)
    #: Fields that the correction changed, for the page.
    changed = ArrayField(models.CharField(max_length=60), verbose_name=_("changed"), default=list)

    class Meta:
        verbose_name = pgettext_lazy("visit", "earlier version of a visit")
        verbose_name_plural = pgettext_lazy("visit", "earlier versions of visits")
        ordering = ["visit", "version"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "version"], name="a_visit_keeps_each_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} v{self.version}"
