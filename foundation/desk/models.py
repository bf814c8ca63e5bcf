"""Tables of the desk: proposals that a second person decides; views of lists that people keep."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area, Department, Posting, User
from foundation.accounts.models.areas import ancestors
from foundation.accounts.querysets import ScopedQuerySet
from foundation.accounts.roles import Right, Role
from foundation.desk.layouts import BlankLayout
from foundation.desk.lifecycle import GRANT
from foundation.workflow.models import Stateful

__all__ = [
    "BlankLayout",
    "GrantProposal",
    "GrantProposalQuerySet",
    "ListVisit",
    "SavedView",
    "SavedViewQuerySet",
]


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Views by who keeps them, and by the area with whose people they are shared."""

    def visible_to(self, user: User) -> Self:
        """Keep one's own, and those shared with an area in or under which one has a duty."""
        areas = {duty.area for duty in user.duties()}
        around = {code for area in areas for code in (area, *ancestors(area))}
        return self.filter(Q(owner=user) | Q(area__in=around))


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


class SavedView(models.Model):
    """Filters and order of a list under a name: one's own, or shared with the people of an area.

    `query` holds no words that were typed, because they may name people (foundation.desk.columns.Filter.nameless).
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views", verbose_name=_("kept by")
    )
    table = models.CharField(_("list"), max_length=40)
    path = models.CharField(_("address of the list"), max_length=200)
    query = models.CharField(_("filters and order"), max_length=1000, blank=True)
    name = models.CharField(_("name"), max_length=30)
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shared with the people of"),
    )

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "table", "name"], name="a_person_has_a_view_by_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ListVisit(models.Model):
    """Up to where a person has seen what comes into a list: key of the newest thing at this visit and the one before.

    A visit is over when the person has not looked for half an hour (foundation.desk.list_visits).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    table = models.CharField(_("list"), max_length=40)
    seen = models.BigIntegerField(_("newest thing seen"))
    seen_before = models.BigIntegerField(_("newest thing seen at the visit before"))
    at = models.DateTimeField(_("last looked at"))

    class Meta:
        verbose_name = _("visit to a list")
        verbose_name_plural = _("visits to lists")
        constraints = [models.UniqueConstraint(fields=["user", "table"], name="a_person_visits_a_list_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.table}"
