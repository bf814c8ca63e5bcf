"""Acts on many alerts that move no state: who may, who is kin, who was faster; each alert on its own."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from alerts.models import Alert
from foundation.accounts import clock
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, Actor, record_many
from foundation.workflow.move import AlreadyMoved, Result


class Guard:
    """The alerts of one act as they stand now, locked, and the refusal of each that may not go on.

    The version that the given rows carry is what the caller saw: what changed since is refused.
    """

    def __init__(self, alerts: Sequence[Alert], rights: Sequence[Right], by: User) -> None:
        """Read and lock the rows, and check everything that holds for every act."""
        keys = [alert.pk for alert in alerts]
        rows = Alert.objects.filter(pk__in=keys).order_by("pk").select_related("household")
        self._rows = {row.pk: row for row in rows.select_for_update(of=("self",))}
        self._keys, self._rights, self._by = keys, rights, by
        self._refused: dict[int, Refused] = {}
        self._actors: dict[str, Actor | Refused] = {}
        own = Kin.objects.filter(user=by, withdrawn_on__isnull=True).values_list("household", flat=True)
        kin = frozenset(own)
        for seen in alerts:
            self._check(seen, kin)

    def standing(self) -> list[Alert]:
        """Return the rows that were not refused so far."""
        return [row for key, row in self._rows.items() if key not in self._refused]

    def refuse(self, alert: Alert, sentence: str) -> None:
        """Say why this one does not go on."""
        self._refused[alert.pk] = Refused(sentence)

    def note(self, verb: str, *, reason: str = "", **details: str) -> None:
        """Write one ledger entry for each that went on."""
        today = clock.today()
        by_actor: dict[Actor, list[Act]] = {}
        for row in self.standing():
            act = Act(verb, "alerts.alert", str(row.pk), today, today, area=row.area_id, details=details,
                      personal={"reason": reason} if reason else {})  # fmt: skip
            by_actor.setdefault(self._actor(row.area_id), []).append(act)
        for actor, acts in by_actor.items():
            record_many(acts, by=actor)

    def results(self) -> list[Result]:
        """Return what became of each, in the order given."""
        return [Result(key, self._refused.get(key)) for key in self._keys]

    def _check(self, seen: Alert, kin: frozenset[str]) -> None:
        row = self._rows.get(seen.pk)
        if row is None or row.version != seen.version:
            said = _("Somebody else has just changed this: look at it again before you decide.")
            self._refused[seen.pk] = AlreadyMoved(said)
            return
        try:
            self._actor(row.area_id)
        except Refused as refusal:
            self._refused[row.pk] = refusal
        if row.recusal_keys() & kin:
            self._refused[row.pk] = Refused(
                _("You declared this household as your own or your kin's: somebody else must act (recusal).")
            )

    def _actor(self, area: str) -> Actor:
        """Ask once per area; a refusal is remembered like an answer."""
        if area not in self._actors:
            held = [right for right in self._rights if self._by.holds(right, area)]
            try:
                self._actors[area] = self._by.authority((held or list(self._rights))[0], area)
            except Refused as refusal:
                self._actors[area] = refusal
        found = self._actors[area]
        if isinstance(found, Refused):
            raise found
        return found
