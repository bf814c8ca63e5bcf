"""Deliveries (报送批次) and the batches in the archive that they left."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area
from foundation.workflow.models import Stateful
from monitoring.lifecycle import DELIVERY
from monitoring.models.datasets import Dataset
from monitoring.querysets import BatchQuerySet, DeliveryQuerySet

#: States in which the rows of a delivery count.
IN_FORCE = "accepted"


class Delivery(Stateful):
    """One file that a department handed in for a dataset, an area and a period.

    Counts are of rows: `rows_read = rows_accepted + rows_rejected` once it was read. `rejects` counts them by reason
    (one row may have several). What the register makes of the accepted rows (`matched`, `unmatched`, `name_differs`)
    is a count as of `counted_at`; the match itself is never stored. The file as it came and the list of rejected rows
    are attachments of this row, sealed, of the kinds `original` and `rejects` (monitoring.intake.kept).

    `replaces` is the delivery whose place it takes by an explicit act; `supplements` the roll to which it adds rows
    that had been rejected and were corrected; `superseded_by` the one that took its place.
    """

    lifecycle = DELIVERY

    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="deliveries", verbose_name=_("dataset"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False, verbose_name=_("area"))
    period = models.CharField(_("period"), max_length=10)
    period_last = models.DateField(_("last day of the period"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("delivered by")
    )
    received_at = models.DateTimeField(_("received at"), auto_now_add=True)
    received_on = models.DateField(_("received on"))
    file_name = models.CharField(_("file name"), max_length=100, blank=True)
    file_size = models.BigIntegerField(_("bytes"))
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    #: What the header row is taken to mean where a person said so: header of the file → column ("": left out).
    headers = models.JSONField(_("meaning of headers"), default=dict, blank=True)
    contract_digest = models.CharField(_("digest of the contract"), max_length=64, blank=True)
    job = models.UUIDField(_("job"), null=True, blank=True)
    error = models.CharField(_("why it could not be read"), max_length=400, blank=True)

    rows_read = models.BigIntegerField(_("rows read"), null=True, blank=True)
    rows_accepted = models.BigIntegerField(_("rows accepted"), null=True, blank=True)
    rows_rejected = models.BigIntegerField(_("rows rejected"), null=True, blank=True)
    rejects = models.JSONField(_("rejects by reason"), default=dict, blank=True)
    corrections = models.BigIntegerField(_("corrections"), default=0)
    repeated = models.BigIntegerField(_("rows known before"), default=0)
    columns_dropped = models.JSONField(_("columns left out"), default=list, blank=True)
    sheets_without = models.JSONField(_("sheets without a header"), default=list, blank=True)
    seconds = models.FloatField(_("seconds"), null=True, blank=True)

    matched = models.BigIntegerField(_("matched"), null=True, blank=True)
    unmatched = models.BigIntegerField(_("unmatched"), null=True, blank=True)
    name_differs = models.BigIntegerField(_("name differs"), null=True, blank=True)
    counted_at = models.DateTimeField(_("counted at"), null=True, blank=True)
    #: Since when the register may say something else than was counted.
    recount_since = models.DateTimeField(_("to be counted again since"), null=True, blank=True)

    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("takes the place of")
    )
    supplements = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supplemented_by",
        verbose_name=_("adds corrected rows to"),
    )
    superseded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="supersedes",
        verbose_name=_("superseded by"),
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "area", "period", "file_sha256"],
                name="the_same_file_is_delivered_once",
                condition=~Q(state__in=["withdrawn", "refused", "failed"]) & Q(replaces__isnull=True),
            ),
            models.CheckConstraint(
                name="every_row_read_is_accepted_or_rejected",
                condition=Q(rows_read__isnull=True) | Q(rows_read=F("rows_accepted") + F("rows_rejected")),
            ),
            models.CheckConstraint(
                name="a_delivery_does_not_replace_and_supplement",
                condition=Q(replaces__isnull=True) | Q(supplements__isnull=True),
            ),
        ]
        indexes = [
            # What is in force of a dataset in an area: superseding, reading, last delivery.
            models.Index(fields=["dataset", "area", "period_last"], name="deliveries_of_dataset"),
            models.Index(fields=["area"], name="deliveries_of_area", opclasses=["varchar_pattern_ops"]),
            # What is to be counted again since the register changed.
            models.Index(
                fields=["recount_since"],
                name="deliveries_to_recount",
                condition=Q(recount_since__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset_id} {self.area_id} {self.period}"

    @property
    def area_code(self) -> str:
        """Area for which it was delivered: the right to deliver is needed there."""
        return self.area_id

    @property
    def read_again(self) -> bool:
        """Whether this is the same file as the one it replaces, read once more."""
        return self.replaces is not None and self.replaces.file_sha256 == self.file_sha256

    @property
    def adds(self) -> bool:
        """Whether its rows stand beside those of its period: it supplements a list, or reads a part of it again."""
        before = self.replaces
        if before is not None and self.read_again:
            return before.state in (IN_FORCE, "superseded") or before.adds
        return self.supplements_id is not None

    @property
    def receipt(self) -> int:
        """What orders deliveries by their receipt: a file read once more keeps the place that it had."""
        before = self.replaces
        return before.receipt if before is not None and self.read_again else self.pk

    @property
    def outcome(self) -> str:
        """The word of datasets.md section 6: accepted, superseding, waiting (a duplicate is no delivery of its own)."""
        if self.state == "accepted" and (self.replaces_id or self.supersedes.exists()):
            return "superseding"
        return self.state


class Batch(models.Model):
    """The accepted rows of a delivery in the archive: one immutable Parquet file, named by its SHA-256.

    It holds subjects, never numbers of people. Where retention has deleted the file, `deleted_on` says so; digest and
    counts stay.
    """

    delivery = models.OneToOneField(
        Delivery, models.PROTECT, related_name="batch", verbose_name=_("delivery")
    )
    digest = models.CharField(_("SHA-256"), max_length=64)
    rows = models.BigIntegerField(_("rows"))
    size = models.BigIntegerField(_("bytes"))
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    kept_until = models.DateField(_("kept until and including"))
    deleted_on = models.DateField(_("deleted on"), null=True, blank=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        ordering = ["-delivery"]
        indexes = [
            models.Index(fields=["digest"], name="batches_by_digest"),
            models.Index(fields=["kept_until"], name="batches_by_end", condition=Q(deleted_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.digest[:12]}"
