"""Tables of files: the attachment, and the sealed copies of it that lie in the store."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.files.querysets import AttachmentQuerySet


class Attachment(models.Model):
    """A file that belongs to a row: what it is, who brought it, until when it is kept.

    Its owner is a plain reference, because files stand below what they belong to. `sha256` and `size` are of the
    bytes as they came. The row outlives its file: an erased attachment says so, and has no copies and no name.
    """

    uuid = models.UUIDField(_("file"), unique=True, default=uuid.uuid4, editable=False)
    owner_model = models.CharField(_("belongs to"), max_length=60)
    owner_id = models.CharField(_("belongs to row"), max_length=64)
    area = models.CharField(_("area"), max_length=15)
    kind = models.CharField(_("kind"), max_length=40)
    name = models.CharField(_("file name"), max_length=100, blank=True)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.BigIntegerField(_("bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_on = models.DateField(_("uploaded on"))
    retention_until = models.DateField(_("kept until and including"))
    erased_on = models.DateField(_("erased on"), null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner_model", "owner_id", "kind", "sha256"],
                name="the_same_file_is_attached_once",
                condition=Q(erased_on__isnull=True),
            ),
            models.CheckConstraint(
                name="a_place_has_latitude_and_longitude",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
            models.CheckConstraint(
                name="an_erased_attachment_has_no_name", condition=Q(erased_on__isnull=True) | Q(name="")
            ),
        ]
        indexes = [
            # The files of one row: every page of an owner.
            models.Index(fields=["owner_model", "owner_id"], name="attachments_of_owner"),
            # What lies in an area: prefix scope, and an area's change.
            models.Index(fields=["area"], name="attachments_of_area", opclasses=["varchar_pattern_ops"]),
            # What is to be erased tonight.
            models.Index(
                fields=["retention_until"], name="attachments_by_end", condition=Q(erased_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.uuid)


class StoredCopy(models.Model):
    """One sealed file in the store. `uuid` is what its sealed form is bound to, `key` its name in the store."""

    class Use(models.TextChoices):
        """What a copy is for."""

        SHOWN = "shown", _("as it is shown")
        THUMBNAIL = "thumbnail", _("thumbnail")
        STAMPED = "stamped", _("with burnt-in stamp")
        ORIGINAL = "original", _("as it came")

    uuid = models.UUIDField(_("copy"), unique=True, editable=False)
    attachment = models.ForeignKey(
        Attachment, models.CASCADE, related_name="copies", verbose_name=_("attachment")
    )
    use = models.CharField(_("use"), max_length=10, choices=Use.choices)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.BigIntegerField(_("bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    key = models.CharField(_("SHA-256 of the sealed file"), max_length=64, unique=True)
    sealed_size = models.BigIntegerField(_("bytes of the sealed file"))
    sealed_with = models.CharField(_("key id"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("stored copy")
        verbose_name_plural = _("stored copies")
        constraints = [
            models.UniqueConstraint(fields=["attachment", "use"], name="an_attachment_has_one_copy_per_use"),
        ]
        indexes = [
            # What an older key sealed: resealing.
            models.Index(fields=["sealed_with"], name="copies_by_vault_key"),
        ]

    def __str__(self) -> str:
        return f"{self.use} {self.key[:12]}"
