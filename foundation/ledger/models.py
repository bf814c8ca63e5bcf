"""Tables of the ledger: the entry that nobody can change, and the erasable opening of what it commits to."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One thing that happened (存证记录), written in the transaction that made it happen.

    `body` holds the canonical bytes (RFC 8785) that a later transparency log hashes verbatim; the columns
    beside it repeat its fields for searching and are never the evidence. Database triggers refuse update,
    delete and truncate for everybody, and the app role has no right to them at all. The one exception is
    `leaf_index`, which the later sequencer may set once from null.
    """

    uuid = models.UUIDField(_("entry"), unique=True)
    recorded_at = models.DateTimeField(_("recorded at"), help_text=_("Real time, never the pinned day."))
    happened_on = models.DateField(_("happened on"))
    entered_on = models.DateField(_("entered on"))
    actor = models.CharField(_("actor"), max_length=40, help_text=_("Pseudonym, such as staff:17."))
    role = models.CharField(_("role"), max_length=40, blank=True)
    area = models.CharField(_("area"), max_length=15, blank=True, help_text=_("Empty: whole country."))
    verb = models.CharField(_("verb"), max_length=60)
    object_type = models.CharField(_("kind of object"), max_length=60)
    object_id = models.CharField(_("object"), max_length=64)
    body = models.BinaryField(_("canonical bytes"))
    leaf_index = models.BigIntegerField(_("place in the log"), null=True, unique=True)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="an_entry_fits_into_a_log_leaf",
                condition=GreaterThan(Length("body"), 0) & LessThan(Length("body"), 65_536),
            ),
        ]
        indexes = [
            # What happened to one object, newest first: every detail page.
            models.Index(fields=["object_type", "object_id", "-id"], name="ledger_of_object"),
            # What one member of staff did, newest first: the audit page.
            models.Index(fields=["actor", "-id"], name="ledger_of_actor"),
            # What happened in an area, newest first: prefix scope of the audit page.
            models.Index(
                fields=["area", "-id"], name="ledger_of_area", opclasses=["varchar_pattern_ops", "int8_ops"]
            ),
            # Entries that the sequencer has not placed yet.
            models.Index(fields=["id"], name="ledger_not_in_log", condition=Q(leaf_index__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type}:{self.object_id}"


class Opening(models.Model):
    """What an entry committed to without saying it: personal values and the salt that hides them.

    Erasing this row leaves the entry valid and meaningless (ledger.md 1.9, crypto-shredding): the right to
    deletion and an append-only record coexist.
    """

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="opening")
    salt = models.BinaryField(_("salt"), max_length=32)
    content = models.BinaryField(_("canonical bytes of the personal values"))

    class Meta:
        verbose_name = _("opening of an entry")
        verbose_name_plural = _("openings of entries")
