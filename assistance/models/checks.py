"""The asset check of a case (信息比对): what was asked of which data by which authorisation, and what came up."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy

from assistance.models.cases import Case
from assistance.querysets_of_checks import AssetCheckQuerySet, AssetHitQuerySet
from households.models import Authorisation, Resident
from monitoring.models import Dataset, Delivery


class AssetCheck(models.Model):
    """One look at the departments' data about the members of a case, under one authorisation.

    `kinds` are the kinds of data that were answered, each with code, zh and en; `answered` says for each dataset which
    deliveries were read and of which day they are; `not_asked` the kinds nobody could answer, with the reason.
    A check that was stopped because its authorisation ended keeps no hit.
    """

    class Stopped(models.TextChoices):
        """Why a check came to no result."""

        ENDED = "ended", pgettext_lazy("asset check", "the authorisation ended")

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="checks", verbose_name=pgettext_lazy("asset check", "case")
    )
    authorisation = models.ForeignKey(
        Authorisation, models.PROTECT, related_name="checks",
        verbose_name=pgettext_lazy("asset check", "authorisation"),
    )  # fmt: skip
    #: Keys of the residents who were asked about.
    members = ArrayField(
        models.BigIntegerField(), verbose_name=pgettext_lazy("asset check", "members"), default=list
    )
    kinds = models.JSONField(pgettext_lazy("asset check", "kinds of data"), default=list)
    answered = models.JSONField(pgettext_lazy("asset check", "datasets read"), default=list)
    not_asked = models.JSONField(pgettext_lazy("asset check", "not asked"), default=list)
    asked_on = models.DateField(pgettext_lazy("asset check", "asked on"))
    asked_at = models.DateTimeField(pgettext_lazy("asset check", "asked at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+",
        verbose_name=pgettext_lazy("asset check", "asked by"),
    )  # fmt: skip
    finished_at = models.DateTimeField(pgettext_lazy("asset check", "finished at"), null=True, blank=True)
    stopped = models.CharField(
        pgettext_lazy("asset check", "stopped because"), max_length=10, choices=Stopped.choices, blank=True
    )

    objects = AssetCheckQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("asset check", "asset check")
        verbose_name_plural = pgettext_lazy("asset check", "asset checks")
        ordering = ["-id"]

    def __str__(self) -> str:
        return gettext("Asset check %(number)d") % {"number": self.pk}

    @property
    def area_code(self) -> str:
        """The village of the case: rights are needed there."""
        return self.case.area_id

    @property
    def is_done(self) -> bool:
        """Whether it came to a result."""
        return self.finished_at is not None and not self.stopped


class AssetHit(models.Model):
    """Something that a dataset has about a member: a flag to verify, never a refusal.

    `kind` and `band` are all that the village sees; `detail` (the columns of the row) is sealed, and opened for the
    township and above as long as the authorisation holds. The row is named by delivery, line and key of the archive.
    """

    class Verdict(models.TextChoices):
        """What verifying it came to."""

        EXPLAINED = "explained", pgettext_lazy("asset hit", "explained: no means of the household")
        KEPT = "kept", pgettext_lazy("asset hit", "true: to be weighed in the decision")
        WRONG = "wrong", pgettext_lazy("asset hit", "wrong: not theirs, or no longer there")

    asset_check = models.ForeignKey(
        AssetCheck,
        models.PROTECT,
        related_name="hits",
        verbose_name=pgettext_lazy("asset hit", "asset check"),
    )
    key = models.UUIDField(pgettext_lazy("asset hit", "key"), default=uuid.uuid4, unique=True, editable=False)
    resident = models.ForeignKey(
        Resident, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("asset hit", "member")
    )
    kind = models.CharField(pgettext_lazy("asset hit", "kind of data"), max_length=30)
    dataset = models.ForeignKey(
        Dataset, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("asset hit", "dataset")
    )
    delivery = models.ForeignKey(
        Delivery, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("asset hit", "delivery")
    )
    line = models.PositiveBigIntegerField(pgettext_lazy("asset hit", "line"))
    sheet = models.CharField(pgettext_lazy("asset hit", "sheet"), max_length=100, blank=True)
    row_key = models.UUIDField(pgettext_lazy("asset hit", "row"))
    #: The class of the thing and the band of its value or size, as codes (assistance.checks.items).
    band = models.JSONField(pgettext_lazy("asset hit", "band"), default=list)
    as_of = models.DateField(pgettext_lazy("asset hit", "as of"))
    detail = models.BinaryField(pgettext_lazy("asset hit", "detail"), default=bytes)
    name_differs = models.BooleanField(pgettext_lazy("asset hit", "name differs"), default=False)
    verdict = models.CharField(
        pgettext_lazy("asset hit", "verified as"), max_length=10, choices=Verdict.choices, blank=True
    )
    note = models.CharField(pgettext_lazy("asset hit", "note"), max_length=400, blank=True)
    verified_on = models.DateField(pgettext_lazy("asset hit", "verified on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("asset hit", "verified by"),
    )  # fmt: skip

    objects = AssetHitQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("asset hit", "hit of an asset check")
        verbose_name_plural = pgettext_lazy("asset hit", "hits of asset checks")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["asset_check", "resident", "dataset", "row_key"], name="a_row_is_one_hit_of_a_check"
            ),
            models.CheckConstraint(
                name="a_verified_hit_says_by_whom_and_how",
                condition=Q(verified_on__isnull=True, verified_by__isnull=True, verdict="")
                | Q(verified_on__isnull=False, verified_by__isnull=False) & ~Q(verdict="") & ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.asset_check_id}"

    @property
    def area_code(self) -> str:
        """The village of the case: rights are needed there."""
        return self.asset_check.case.area_id

    @property
    def is_verified(self) -> bool:
        """Whether somebody said what it came to."""
        return self.verified_on is not None
