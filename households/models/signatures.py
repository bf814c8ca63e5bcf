"""Signatures: who is to sign what for whom, and how it was done."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foundation.workflow.models import Stateful
from households.models.households import Household, Resident
from households.querysets import SignatureQuerySet
from households.signing.lifecycle import SIGNATURE


class Signature(Stateful):
    """A signature that a row owes, was given, or was refused.

    The row is a plain reference, because many kinds of rows are signed. `document` is the SHA-256 of the exact bytes
    that are signed; `picture` that of the drawn signature or the photo as it came; `binding` that of all that was
    said when it was signed, and stands in the ledger too (households.signing.proving).
    """

    class Party(models.TextChoices):
        """In which part somebody signs."""

        MEMBER = "member", pgettext_lazy("signature", "member of the household")
        GUARDIAN = "guardian", pgettext_lazy("signature", "guardian of a child")
        CHECKER = "checker", pgettext_lazy("signature", "checker")
        WITNESS = "witness", pgettext_lazy("signature", "witness")

    class Way(models.TextChoices):
        """How it was signed. By link comes with the pages for households, and is not offered before."""

        DRAWN = "drawn", _("drawn on the screen")
        PAPER = "paper", _("signed on paper, photographed")
        THUMB = "thumb", _("thumb print on paper, photographed")
        LINK = "link", _("by link")

    lifecycle = SIGNATURE

    owner_model = models.CharField(_("belongs to"), max_length=60)
    owner_id = models.CharField(_("belongs to row"), max_length=64)
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="signatures", verbose_name=_("household")
    )
    party = models.CharField(_("signs as"), max_length=10, choices=Party.choices)
    resident = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="signatures", verbose_name=_("member")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("member of staff"),
    )
    name = models.CharField(_("name"), max_length=60, blank=True)
    #: The child for whom a guardian signs.
    signed_for = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signs for")
    )
    document = models.CharField(_("SHA-256 of what is signed"), max_length=64)
    way = models.CharField(_("way"), max_length=6, choices=Way.choices, blank=True)
    picture = models.CharField(_("SHA-256 of the picture"), max_length=64, blank=True)
    binding = models.CharField(_("SHA-256 of the signature"), max_length=64, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_at = models.DateTimeField(_("entered at"), null=True, blank=True)
    #: Who signed in the place of the one who owes it.
    proxy_name = models.CharField(_("signed by"), max_length=60, blank=True)
    proxy_relation = models.CharField(_("relation to the one who owes it"), max_length=60, blank=True)
    proxy_reason = models.CharField(_("why somebody else signs"), max_length=200, blank=True)
    #: Who cannot write: somebody wrote it down, it was read aloud, and the person put a print under it.
    written_by = models.CharField(_("written by"), max_length=60, blank=True)
    read_to = models.CharField(_("read aloud to"), max_length=60, blank=True)
    printed_by = models.CharField(_("print put by"), max_length=60, blank=True)
    refused_on = models.DateField(_("refused on"), null=True, blank=True)
    told = models.CharField(_("what the person was told"), max_length=400, blank=True)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner_model", "owner_id", "party", "resident", "user", "name", "signed_for"],
                name="nobody_signs_the_same_row_twice",
                nulls_distinct=False,
                condition=~Q(state="dropped"),
            ),
            models.CheckConstraint(
                name="a_signature_is_owed_by_somebody",
                condition=Q(resident__isnull=False) | Q(user__isnull=False) | ~Q(name=""),
            ),
            models.CheckConstraint(
                name="a_guardian_signs_for_a_child",
                condition=Q(party="guardian", signed_for__isnull=False)
                | (~Q(party="guardian") & Q(signed_for__isnull=True)),
            ),
            models.CheckConstraint(
                name="what_is_signed_was_signed_somehow",
                condition=~Q(state="signed")
                | (~Q(way="") & ~Q(binding="") & Q(signed_on__isnull=False, signed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_refusal_says_what_was_told", condition=~Q(state="refused") | ~Q(told="")
            ),
        ]
        indexes = [
            # The signatures of one row: its page, and whether they are complete.
            models.Index(fields=["owner_model", "owner_id"], name="signatures_of_owner"),
            # What of a household is still to be signed.
            models.Index(
                fields=["household"],
                name="signatures_owed",
                condition=Q(state__in=["owed", "refused"]),
            ),
        ]

    def __str__(self) -> str:
        return self.who

    @property
    def who(self) -> str:
        """Name of the one who owes it."""
        if self.resident is not None:
            return self.resident.shown_name
        return self.user.name if self.user is not None else self.name

    @property
    def area_code(self) -> str:
        """The village of the household: the right to take a signature is needed there."""
        return self.household.area_id

    @property
    def goes_with(self) -> Household:
        """The household: somebody of another village to whom it is lent does what goes with a visit."""
        return self.household

    def recusal_keys(self) -> frozenset[str]:
        """The household: its own people and kin among the staff take none of its signatures."""
        return frozenset(self.household.recusal_keys)
