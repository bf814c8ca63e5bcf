"""The grid (网格): cells of townships, villages and villager groups, who looks after them, who is in them.

Everything has days: what held stays, with the day it ended and the act that ended it. Rows that the register's own
changes wrote (a household came, split, moved) name no act.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from foundation.accounts.models import Area
from households.models.households import Household
from households.models.identities import Identity
from households.querysets_of_grid import (
    GridActQuerySet,
    GridCellQuerySet,
    GridMemberQuerySet,
    GridPlaceQuerySet,
)


class GridAct(models.Model):
    """One act on the grid of an area: who did what, when and why; `before` is what it replaced, in plain words."""

    class Kind(models.TextChoices):
        """What was done."""

        DRAWN = "drawn", pgettext_lazy("grid", "cells drawn")
        CHANGED = "changed", pgettext_lazy("grid", "cell changed")
        CLOSED = "closed", pgettext_lazy("grid", "cell closed")
        PLACED = "placed", pgettext_lazy("grid", "households put into a cell")
        JOINED = "joined", pgettext_lazy("grid", "grid member named")
        LEFT = "left", pgettext_lazy("grid", "grid member ended")
        UNDONE = "undone", pgettext_lazy("grid", "taken back")

    kind = models.CharField(pgettext_lazy("grid", "what was done"), max_length=10, choices=Kind.choices)
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("grid", "area")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("grid", "by")
    )
    done_on = models.DateField(pgettext_lazy("grid", "done on"))
    reason = models.CharField(pgettext_lazy("grid", "reason"), max_length=200, blank=True)
    before = models.JSONField(pgettext_lazy("grid", "before"), default=dict)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by",
        verbose_name=pgettext_lazy("grid", "takes back"),
    )  # fmt: skip

    objects = GridActQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("grid", "act on the grid")
        verbose_name_plural = pgettext_lazy("grid", "acts on the grid")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="an_act_that_takes_back_names_which",
                condition=Q(kind="undone", undoes__isnull=False) | ~Q(kind="undone") & Q(undoes__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class Spell(models.Model):
    """What holds from a day, and until a day on which it does not hold any more."""

    from_day = models.DateField(pgettext_lazy("grid", "from"))
    until_day = models.DateField(pgettext_lazy("grid", "until before"), null=True, blank=True)
    began = models.ForeignKey(
        GridAct, models.PROTECT, null=True, blank=True, related_name="%(class)ss_begun", editable=False
    )
    ended = models.ForeignKey(
        GridAct, models.PROTECT, null=True, blank=True, related_name="%(class)ss_ended", editable=False
    )

    class Meta:
        abstract = True


def _in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name, condition=Q(until_day__isnull=True) | Q(until_day__gte=F("from_day"))
    )


class GridCell(Spell):
    """A cell: of a whole township, of a whole village, or of some villager groups of a village.

    Households are in cells of villages and groups. A village's own cell `takes_rest` where it takes every household of
    the village that no group's cell takes.
    """

    class Level(models.TextChoices):
        """Of what it is a cell (镇、村、组三级)."""

        TOWNSHIP = "township", pgettext_lazy("grid", "township")
        VILLAGE = "village", pgettext_lazy("grid", "village")
        GROUP = "group", pgettext_lazy("grid", "group")

    area = models.ForeignKey(
        Area, models.PROTECT, related_name="grid_cells", verbose_name=pgettext_lazy("grid", "area")
    )
    level = models.CharField(pgettext_lazy("grid", "level"), max_length=10, choices=Level.choices)
    name = models.CharField(pgettext_lazy("grid", "name of the cell"), max_length=60)
    takes_rest = models.BooleanField(pgettext_lazy("grid", "takes who is in no other cell"), default=False)

    objects = GridCellQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("grid", "grid cell")
        verbose_name_plural = pgettext_lazy("grid", "grid cells")
        ordering = ["area", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"], name="a_cell_has_a_name_of_its_own", condition=Q(until_day__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["area"], name="an_area_has_one_cell_of_its_own",
                condition=Q(until_day__isnull=True) & ~Q(level="group"),
            ),
            models.CheckConstraint(
                name="the_rest_goes_to_the_cell_of_the_village", condition=Q(takes_rest=False) | Q(level="village")
            ),
            models.CheckConstraint(name="a_cell_has_a_name", condition=~Q(name="")),
            _in_order("a_cell_ends_after_it_begins"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["area", "id"], name="grid_cell_by_area",
                         opclasses=["varchar_pattern_ops", "int8_ops"]),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def area_code(self) -> str:
        """Where acts on it need their right."""
        return self.area_id


class GridGroup(Spell):
    """That a cell takes a villager group: whoever of the village is of this group is in the cell."""

    cell = models.ForeignKey(GridCell, models.PROTECT, related_name="groups")
    area = models.ForeignKey(Area, models.PROTECT, db_index=False, related_name="+")
    name = models.CharField(pgettext_lazy("grid", "villager group"), max_length=60)

    class Meta:
        ordering = ["cell", "name"]
        constraints = [
            # No overlap: the same group of a village is in one cell.
            models.UniqueConstraint(
                fields=["area", "name"], name="a_group_is_in_one_cell", condition=Q(until_day__isnull=True)
            ),
            models.CheckConstraint(name="a_group_has_a_name", condition=~Q(name="")),
            _in_order("a_group_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.name


class GridPlace(Spell):
    """In which cell a household is; `by_hand` where a person put it there, whatever its group says."""

    household = models.ForeignKey(Household, models.CASCADE, db_index=False, related_name="grid_places")
    cell = models.ForeignKey(GridCell, models.PROTECT, db_index=False, related_name="places")
    by_hand = models.BooleanField(pgettext_lazy("grid", "put there by hand"), default=False)

    objects = GridPlaceQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], name="a_household_is_in_one_cell", condition=Q(until_day__isnull=True)
            ),
            _in_order("a_place_ends_after_it_begins"),
        ]
        indexes = [
            models.Index(fields=["cell"], name="grid_places_now", condition=Q(until_day__isnull=True)),
            models.Index(fields=["household", "-id"], name="grid_places_of_household"),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.cell_id}"


class GridMember(Spell):
    """Who looks after a cell (网格员): somebody of the staff, or a named person with a telephone."""

    cell = models.ForeignKey(GridCell, models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="grid_cells",
        verbose_name=pgettext_lazy("grid", "member of staff"),
    )  # fmt: skip
    name = models.CharField(pgettext_lazy("grid", "name"), max_length=60, blank=True)
    phone = models.ForeignKey(
        Identity, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("grid", "telephone"),
    )  # fmt: skip
    leads = models.BooleanField(pgettext_lazy("grid", "leads the cell"), default=False)

    objects = GridMemberQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("grid", "grid member")
        verbose_name_plural = pgettext_lazy("grid", "grid members")
        ordering = ["cell", "-leads", "id"]
        constraints = [
            models.CheckConstraint(
                name="a_grid_member_is_of_the_staff_or_named",
                condition=Q(user__isnull=False, name="") | Q(user__isnull=True) & ~Q(name=""),
            ),
            models.UniqueConstraint(
                fields=["cell", "user"],
                name="a_grid_member_is_named_once",
                condition=Q(until_day__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["cell"], name="a_cell_has_one_leader", condition=Q(until_day__isnull=True, leads=True)
            ),
            _in_order("a_grid_member_ends_after_beginning"),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name, wherever it stands."""
        person: Any = self.user
        return str(person.name) if person is not None else self.name

    @property
    def area_code(self) -> str:
        """Where acts on it need their right."""
        return self.cell.area_id
