"""Moves of households and of single people from one village to another, and where a household belonged before."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from foundation.accounts.models import Area
from foundation.workflow.models import Stateful
from households.models.households import Household, Resident
from households.models.lineage import LineageAct
from households.models.revisions import Revision
from households.moving.lifecycle import CAME_TO_NOTHING, HOUSEHOLD_MOVE, WAITING
from households.querysets_of_moves import HouseholdMoveQuerySet


class HouseholdMove(Stateful):
    """That a household shall belong to another village (户籍迁移). The giver answers for it until it is accepted.

    `head` (masked), `persons` and, once it is settled, `told` are what the receiving area reads of the household
    before it is theirs, and the giving area afterwards. `parent_area` is the nearest area above both. `moved_on` is
    the day on which the family moved, `effective_on` the day from which the new village answers for it. `mark` is the
    last passage of that moment: what was done later stands on the move.

    Of one person (`person` set) `household` is the one that they leave, `head` their own masked name, and `kind` what
    happened. Who accepts names the household there (`into`) and what the person is in it; then `event` is the family
    event that was written. Where the person's coming to `household` was taken back since, a move that came to nothing
    names the row that they had before, or none: `kind` says that it was of a person (`of_person`).
    """

    lifecycle = HOUSEHOLD_MOVE

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="moves", verbose_name=pgettext_lazy("move", "household")
    )
    person = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="moves",
        verbose_name=pgettext_lazy("move", "person"),
    )  # fmt: skip
    kind = models.CharField(
        pgettext_lazy("move", "what happened"), max_length=12, blank=True, choices=LineageAct.Kind.choices
    )
    new_head = models.ForeignKey(
        Resident, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("move", "head of those who stay"),
    )  # fmt: skip
    into = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="moves_of_people",
        verbose_name=pgettext_lazy("move", "household that was joined"),
    )  # fmt: skip
    relation = models.CharField(
        pgettext_lazy("move", "relation to the head there"), max_length=20, blank=True
    )
    event = models.OneToOneField(
        LineageAct, models.PROTECT, null=True, blank=True, related_name="move", editable=False,
        verbose_name=pgettext_lazy("move", "family event"),
    )  # fmt: skip
    from_area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("move", "from")
    )
    to_area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("move", "to")
    )
    parent_area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=pgettext_lazy("move", "area above both"),
    )  # fmt: skip
    head = models.CharField(pgettext_lazy("move", "head, masked"), max_length=60)
    persons = models.PositiveSmallIntegerField(pgettext_lazy("move", "persons"))
    moved_on = models.DateField(pgettext_lazy("move", "day of moving"))
    why = models.CharField(pgettext_lazy("move", "why it moves"), max_length=200)
    document = models.CharField(pgettext_lazy("move", "document"), max_length=100, blank=True)
    to_group = models.CharField(pgettext_lazy("move", "new villager group"), max_length=60, blank=True)
    to_address = models.CharField(pgettext_lazy("move", "new address"), max_length=200, blank=True)
    #: What the register said before, so that the way back finds it.
    before = models.JSONField(pgettext_lazy("move", "place before"), default=dict, blank=True)
    proposed_on = models.DateField(pgettext_lazy("move", "proposed on"))
    #: Day 1 of the clock, which an urging starts anew, and its last day; both null where no answer is needed.
    counts_from = models.DateField(pgettext_lazy("move", "counts from"), null=True, blank=True)
    due_on = models.DateField(pgettext_lazy("move", "answer due on"), null=True, blank=True)
    reminded_on = models.DateField(pgettext_lazy("move", "reminded on"), null=True, blank=True)
    answered_on = models.DateField(pgettext_lazy("move", "answered on"), null=True, blank=True)
    effective_on = models.DateField(pgettext_lazy("move", "in force from"), null=True, blank=True)
    undone_on = models.DateField(pgettext_lazy("move", "moved back on"), null=True, blank=True)
    told = models.JSONField(pgettext_lazy("move", "what went along"), default=list, blank=True)
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    mark = models.BigIntegerField(null=True, blank=True, editable=False)

    objects = HouseholdMoveQuerySet.as_manager()
    #: In which area the next act needs its right; empty: where the household goes. See `on_the_side_of`.
    _side: str = ""

    class Meta:
        verbose_name = pgettext_lazy("move", "move of a household")
        verbose_name_plural = pgettext_lazy("move", "moves of households")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["household"], name="a_household_moves_one_move_at_a_time",
                condition=Q(state__in=WAITING, person__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["person"], name="a_person_moves_one_move_at_a_time", condition=Q(state__in=WAITING),
            ),
            models.CheckConstraint(
                name="a_move_of_a_person_says_what_happened",
                condition=Q(person__isnull=True, kind="") | Q(person__isnull=False) & ~Q(kind="")
                # Whose row was taken away: what came to nothing names nobody any more.
                | Q(person__isnull=True, state__in=CAME_TO_NOTHING),
            ),
            models.CheckConstraint(
                name="a_person_who_moved_joined_a_household",
                condition=Q(person__isnull=True) | ~Q(state__in=("accepted", "undone")) | Q(into__isnull=False),
            ),
            models.CheckConstraint(
                name="a_move_that_waits_leads_somewhere_else",
                # Of villages that were merged later, a move that is over may name the same one twice.
                condition=~Q(state__in=WAITING) | ~Q(from_area=F("to_area")),
            ),
            models.CheckConstraint(
                name="a_day_in_force_is_of_a_move_that_was_made",
                condition=Q(effective_on__isnull=True) | Q(state__in=("accepted", "undone")),
            ),
        ]  # fmt: skip
        indexes = [
            # Lists of both sides and the night's question.
            models.Index(fields=["from_area", "-id"], name="moves_out_of"),
            models.Index(fields=["to_area", "-id"], name="moves_into"),
            models.Index(fields=["due_on"], name="moves_due", condition=Q(state="proposed")),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.from_area_id} → {self.to_area_id}"

    @property
    def of_person(self) -> bool:
        """Whether one person goes, not a household."""
        return self.kind != ""

    @property
    def area_code(self) -> str:
        """Where moves of this row need their right: the receiving village, unless another side was named."""
        return self._side or self.to_area_id

    def on_the_side_of(self, area: str) -> "HouseholdMove":
        """Let the next act need its right in `area`: the giver's village, or the area above both."""
        self._side = area
        return self

    def recusal_keys(self) -> frozenset[str]:
        """The household number, and that of the one joined: their own people and kin do not act here (field.md 5.8)."""
        joined = self.into.recusal_keys if self.into is not None else ()
        return frozenset((*self.household.recusal_keys, *joined))


class FormerArea(models.Model):
    """Where a household belonged until a day: figures of earlier days count it there, and once on every day.

    `until` is the first day on which it belonged somewhere else. Of several rows of one household, the first whose
    `until` lies after a day says where it belonged on that day; none: where it belongs now.
    """

    household = models.ForeignKey(
        Household,
        models.CASCADE,
        related_name="former_areas",
        verbose_name=pgettext_lazy("move", "household"),
    )
    area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("move", "village")
    )
    until = models.DateField(pgettext_lazy("move", "until before"))
    move = models.ForeignKey(
        HouseholdMove, models.CASCADE, related_name="former_areas", verbose_name=pgettext_lazy("move", "move")
    )

    class Meta:
        verbose_name = pgettext_lazy("move", "former village of a household")
        verbose_name_plural = pgettext_lazy("move", "former villages of households")
        ordering = ["household", "until", "id"]
        indexes = [
            models.Index(fields=["household", "until", "id"], name="former_areas_of_household"),
            models.Index(
                fields=["area", "until"], name="former_areas_by_area",
                opclasses=["varchar_pattern_ops", "date_ops"],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.household_id} {self.area_id} < {self.until}"
