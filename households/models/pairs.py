"""What people decided about one person in two households, with its way back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from foundation.accounts.models import Area
from foundation.workflow.models import Stateful
from households.models.duplicates import Duplicate
from households.models.lineage import LineageAct
from households.pairs.lifecycle import PAIR
from households.querysets_of_moves import PairDecisionQuerySet


class PairDecision(Stateful):
    """One decision about a pair; a pair whose decision was taken back may be decided anew, by a row of its own.

    `parent_area` is the nearest area above both villages. `event` is the family event by which the person left the one
    household, and joined the other where the register has it (null where nothing changed).
    """

    class Outcome(models.TextChoices):
        """Where the person belongs (field.md 5.12)."""

        KEEP = "keep", pgettext_lazy("pair", "the same person, who stays in this household")
        MOVED = "moved", pgettext_lazy("pair", "moved to the other household")
        MARRIED_OUT = "married_out", pgettext_lazy("pair", "married into the other household")
        DIFFERENT = "different", pgettext_lazy("pair", "two different people")
        WRONG_NUMBER = (
            "wrong_number",
            pgettext_lazy("pair", "somebody else: a number is wrong, and is corrected"),
        )
        #: Nobody decides this: the register was changed by hand or by a file (households.pairs.settling).
        ITSELF = "itself", pgettext_lazy("pair", "settled by itself: the register names the person once")

    lifecycle = PAIR

    pair = models.ForeignKey(
        Duplicate, models.CASCADE, related_name="decisions", verbose_name=pgettext_lazy("pair", "pair")
    )
    parent_area = models.ForeignKey(
        Area, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("pair", "area above both")
    )
    outcome = models.CharField(
        pgettext_lazy("pair", "outcome"), max_length=15, choices=Outcome.choices, blank=True
    )
    happened_on = models.DateField(pgettext_lazy("pair", "since"), null=True, blank=True)
    taken_up_on = models.DateField(pgettext_lazy("pair", "taken up on"))
    decided_on = models.DateField(pgettext_lazy("pair", "decided on"), null=True, blank=True)
    #: Last day on which the area above both decides, and when the night reminded it and told that it is late.
    due_on = models.DateField(pgettext_lazy("pair", "decision due on"), null=True, blank=True)
    reminded_on = models.DateField(pgettext_lazy("pair", "reminded on"), null=True, blank=True)
    escalated_on = models.DateField(pgettext_lazy("pair", "overdue, told on"), null=True, blank=True)
    event = models.ForeignKey(
        LineageAct, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=pgettext_lazy("pair", "family event"),
    )  # fmt: skip

    objects = PairDecisionQuerySet.as_manager()
    #: In which area the next act needs its right; empty: where both villages lie.
    _side: str = ""

    class Meta:
        verbose_name = pgettext_lazy("pair", "decision about a pair")
        verbose_name_plural = pgettext_lazy("pair", "decisions about pairs")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair"], name="a_pair_has_one_decision", condition=~Q(state="undone")
            ),
        ]
        indexes = [
            # The night asks for what is due.
            models.Index(fields=["due_on"], name="pairs_due", condition=Q(state="passed")),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.pair_id}"

    @property
    def area_code(self) -> str:
        """Where both villages lie: who has the right there has both in scope."""
        return self._side or self.parent_area_id

    def on_the_side_of(self, area: str) -> "PairDecision":
        """Let the next act need its right in one of the two villages."""
        self._side = area
        return self

    def recusal_keys(self) -> frozenset[str]:
        """Both household numbers: own people and kin of either do not decide."""
        return frozenset((*self.pair.household.recusal_keys, self.pair.claimed_code))
