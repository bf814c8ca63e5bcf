"""Numbers that identify somebody: the only place in the whole database where they are kept, sealed.

Everything else, archive included, stores the random `subject`. Erasing a person destroys the row here, and no
digest anywhere else changes.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class IdentityKeys(models.Model):
    """Which key stands behind which index column (one row).

    Two columns exist so that the index can be moved to a new key while people work: every new row is written
    under both keys, old rows follow in chunks, then `active` changes and the other column is emptied.
    Keys are named by the hex of their id in the vault; the index key itself is derived from that key's secret.
    """

    class Column(models.TextChoices):
        """One of the two index columns."""

        A = "a", "a"
        B = "b", "b"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    active = models.CharField(
        _("column that is looked up"), max_length=1, choices=Column.choices, default="a"
    )
    key_a = models.CharField(_("key of column a"), max_length=16, blank=True)
    key_b = models.CharField(_("key of column b"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("keys of the identity index")
        constraints = [
            models.CheckConstraint(name="there_is_one_pair_of_index_keys", condition=Q(id=1)),
        ]


class Identity(models.Model):
    """One number ever accepted (ID number, telephone, bank card), matched to somebody or not.

    `token_*` is HMAC-SHA-256 of the normalised number, cut to 128 bits; `tail_*` a keyed index of its last four
    characters; `sealed` the number under AES-256-GCM, bound to its subject (households.identity).
    """

    class Kind(models.TextChoices):
        """What kind of number it is."""

        ID_NUMBER = "id", _("ID number")
        PHONE = "phone", _("telephone")
        CARD = "card", _("bank card")

    subject = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    token_a = models.UUIDField(null=True, editable=False)
    token_b = models.UUIDField(null=True, editable=False)
    tail_a = models.BigIntegerField(null=True, editable=False)
    tail_b = models.BigIntegerField(null=True, editable=False)
    sealed = models.BinaryField(editable=False)

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        constraints = [
            models.CheckConstraint(
                name="an_identity_can_be_found",
                condition=Q(token_a__isnull=False) | Q(token_b__isnull=False),
            ),
            # Of one column each, and without the nulls, which only cost: the column that is not in use is empty.
            models.UniqueConstraint(
                fields=["token_a"], condition=Q(token_a__isnull=False), name="a_number_is_kept_once"
            ),
            models.UniqueConstraint(
                fields=["token_b"],
                condition=Q(token_b__isnull=False),
                name="a_number_is_kept_once_under_the_other_key",
            ),
        ]
