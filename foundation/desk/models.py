"""Tables of the desk: proposals that a second person decides."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area, Department, Posting
from foundation.accounts.querysets import ScopedQuerySet
from foundation.accounts.roles import Right, Role
from foundation.desk.lifecycle import GRANT
from foundation.workflow.models import Stateful


class GrantProposalQuerySet(ScopedQuerySet["GrantProposal"]):
    """Proposals by the area of the wanted posting."""

    area_field = "area__code"
    read_right = Right.VIEW_STAFF


class GrantProposal(Stateful):
    """A posting that somebody proposed for a member of staff and that a second person approves."""

    lifecycle = GRANT

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals", verbose_name=_("member of staff")
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("department")
    )
    from_day = models.DateField(_("from"))
    until_day = models.DateField(_("until and including"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    posting = models.OneToOneField(
        Posting, models.PROTECT, null=True, blank=True, related_name="proposal", verbose_name=_("posting")
    )

    moves_on_from = models.ForeignKey(
        Posting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("posting that it takes the place of"),
    )

    objects = GrantProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed posting")
        verbose_name_plural = _("proposed postings")
        ordering = ["-id"]
        indexes = [models.Index(fields=["area", "state"], name="grant_proposals_waiting")]

    def __str__(self) -> str:
        return f"{self.user} · {Role(self.role).label} · {self.area}"

    @property
    def area_code(self) -> str:
        """Area of the wanted posting: the rights to propose and approve are needed there."""
        return self.area_id
