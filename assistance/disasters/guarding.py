"""Acts on many households of a disaster: who may, who is kin, what stands on the list now; each on its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assistance.models import Disaster, DisasterHousehold
from foundation.accounts import clock
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.spans import spans
from foundation.ledger.record import Act, Actor, record


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an act: how many went on, and the sentence of each household that did not, by its number."""

    count: int
    refused: dict[str, str]


class ListGuard:
    """The rows of one act as they stand now, locked, and why each that does not go on does not."""

    def __init__(
        self, disaster: Disaster, keys: Sequence[int], right: Right, by: User, *, left: bool = False
    ) -> None:
        """Read and lock the rows of `disaster`; `left` asks for those that left the list instead of the living."""
        rows = DisasterHousehold.objects.filter(disaster=disaster, pk__in=keys, left_on__isnull=not left)
        locked = rows.select_for_update(of=("self",)).select_related("household", "case__household")
        self._disaster, self._right, self._by = disaster, right, by
        self._actors: dict[str, Actor | Refused] = {}
        own = Kin.objects.filter(user=by, withdrawn_on__isnull=True).values_list("household", flat=True)
        self._kin = frozenset(own)
        self.refused: dict[str, str] = {}
        self.rows = [row for row in locked.order_by("pk") if self._may(row)]
        if not self.rows and not self.refused:
            raise Refused(_("No household is chosen: tick some of the list."))

    def refuse(self, row: DisasterHousehold, sentence: str) -> None:
        """Say why this one does not go on."""
        self.refused[row.household.code] = sentence
        self.rows.remove(row)

    def note(self, verb: str, *, reason: str = "", **details: str) -> Done:
        """Write one ledger entry for the rows of each actor, and return what became of all."""
        today = clock.today()
        for actor, rows in self._by_actor().items():
            told = {"households": spans(row.household_id for row in rows), "count": len(rows), **details}
            act = Act(
                verb, "assistance.disaster", str(self._disaster.pk), today, today,
                area=self._disaster.area_id, details=told, personal={"reason": reason} if reason else {},
            )  # fmt: skip
            record(act, by=actor)
        return Done(len(self.rows), self.refused)

    def _by_actor(self) -> dict[Actor, list[DisasterHousehold]]:
        found: dict[Actor, list[DisasterHousehold]] = {}
        for row in self.rows:
            actor = self._actor(row.household.area_id)
            if isinstance(actor, Actor):
                found.setdefault(actor, []).append(row)
        return found

    def _may(self, row: DisasterHousehold) -> bool:
        actor = self._actor(row.household.area_id)
        if isinstance(actor, Refused):
            self.refused[row.household.code] = actor.sentence
            return False
        if self._kin & set(row.household.recusal_keys):
            self.refused[row.household.code] = _(
                "You declared this household as your own or your kin's: the work goes to another person."
            )
            return False
        return True

    def _actor(self, area: str) -> Actor | Refused:
        if area not in self._actors:
            try:
                self._actors[area] = self._by.authority(self._right, area)
            except Refused as refusal:
                self._actors[area] = refusal
        return self._actors[area]
