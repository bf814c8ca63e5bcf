"""Codes of households (一户一码), and how often codes were scanned."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.models.households import Household
from households.querysets import HouseholdCodeQuerySet

#: 128 bits as base64url.
_BITS = r"^[A-Za-z0-9_-]{22}$"


class HouseholdCode(models.Model):
    """A code printed for one household; at most one is in force, the revoked ones stay with their reason.

    The token opens nothing to the public: it leads members of staff to a household that they may see anyway. So it
    stands here as it is, and the same sheet can be printed again.
    """

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="codes", verbose_name=_("household")
    )
    token = models.CharField(_("token"), max_length=22, unique=True)
    issued_on = models.DateField(_("given out on"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given out by")
    )
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )
    revoked_reason = models.CharField(_("why it was revoked"), max_length=200, blank=True)

    objects = HouseholdCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("household code")
        verbose_name_plural = _("household codes")
        ordering = ["household", "-id"]
        constraints = [
            models.UniqueConstraint(
                "household", condition=Q(revoked_on__isnull=True), name="a_household_has_one_code_in_force"
            ),
            models.CheckConstraint(name="a_code_has_128_random_bits", condition=Q(token__regex=_BITS)),
            models.CheckConstraint(
                name="a_revoked_code_says_by_whom_and_why",
                condition=Q(revoked_on__isnull=True, revoked_by__isnull=True, revoked_reason="")
                | (Q(revoked_on__isnull=False, revoked_by__isnull=False) & ~Q(revoked_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.issued_on}"
