"""Revisions: the acts by which the register changes. A row names the last one; its history names those before."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area
from households.querysets import RevisionQuerySet


class Revision(models.Model):
    """One act that wrote to the register: a file, a person's correction, an accepted proposal of a feed.

    What it wrote names it (`revision`), and the version before stands in the history tables: so a file can be
    taken back whole (`reverted_by`), except what somebody changed after it.
    """

    class Kind(models.TextChoices):
        """Where the change came from; also the source that a field names."""

        REGISTER_FILE = "register_file", _("register file")
        MONITORED_FILE = "monitored_file", _("list of monitored objects")
        HAND = "hand", _("checked by hand")
        FEED = "feed", _("delivery of a department")
        REVERT = "revert", _("taken back")

    kind = models.CharField(_("source"), max_length=20, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    as_of = models.DateField(_("as of"))
    entered_on = models.DateField(_("entered on"))
    file_sha256 = models.CharField(_("digest of the file"), max_length=64, blank=True)
    counts = models.JSONField(_("counts"), default=dict)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    reverted_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reverts", verbose_name=_("taken back by")
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision of the register")
        verbose_name_plural = _("revisions of the register")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="only_a_file_has_a_digest",
                condition=Q(file_sha256="") | Q(kind__in=["register_file", "monitored_file"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.as_of}"
