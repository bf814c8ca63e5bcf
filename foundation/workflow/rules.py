"""The checks before a move, read set-wise: a few queries whatever the number of rows."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Actor
from foundation.workflow import courses
from foundation.workflow.courses import Standing
from foundation.workflow.lifecycle import Move
from foundation.workflow.models import Passage, Stateful


class Checks:
    """Everything that the checks of one move by one person need to know about many rows of one model."""

    def __init__(self, rows: Sequence[Stateful], step: Move, by: User) -> None:
        """Read makers, rounds, kin and courses of all `rows` in a few queries."""
        self.step = step
        self.by = by
        self._actors: dict[str, Actor | Refused] = {}
        self._passages = self._last_passages(rows)
        self._kin = frozenset(
            Kin.objects.filter(user=by, withdrawn_on__isnull=True).values_list("household", flat=True)
        )
        self._courses = courses.of(rows)

    def actor_for(self, row: Stateful) -> Actor:
        """Return as whom the person may move `row`, or raise the refusal that a reader understands."""
        if row.state not in self.step.sources:
            raise Refused(
                _("“%(move)s” is not possible while this is “%(state)s”.")
                % {"move": self.step.label, "state": row.state_label}
            )
        actor = self._authority(row)
        if row.recusal_keys() & self._kin:
            raise Refused(
                _("You declared this household as your own or your kin's: somebody else must act (recusal).")
            )
        if self._made_it(row):
            raise Refused(_("You made what is to be checked here: a second person must decide."))
        courses.check(self.standing_of(row), self.step)
        return actor

    def standing_of(self, row: Stateful) -> Standing | None:
        """Return where `row` stands on its path; None where it follows none."""
        return self._courses.get(str(row.pk))

    def round_of(self, row: Stateful) -> int:
        """Return the running round of `row`: one more than the returns it has had."""
        return self._rounds.get(str(row.pk), 0) + 1

    def _authority(self, row: Stateful) -> Actor:
        """Ask once per area; a refusal is remembered like an answer, but for a row that is lent."""
        area, lent = row.area_code, row.goes_with
        if area not in self._actors:
            try:
                self._actors[area] = self.by.authority(self.step.right, area)
            except Refused as refusal:
                self._actors[area] = refusal
        found = self._actors[area]
        if isinstance(found, Refused):
            if lent is None or not self.by.holds(self.step.right, area, of=lent):
                raise found
            return self.by.authority(self.step.right, area, of=lent)
        return found

    def _made_it(self, row: Stateful) -> bool:
        """Say whether this person made the last step that the move checks."""
        return self._passages.get(str(row.pk)) == self.by.pk

    def _last_passages(self, rows: Sequence[Stateful]) -> dict[str, Any]:
        """Return by row who made the step that is checked, and count the returns as rounds."""
        keys = [str(row.pk) for row in rows]
        lifecycle = rows[0].lifecycle
        returns = [move.verb for move in lifecycle.moves if move.returns]
        history = Passage.objects.filter(model=rows[0]._meta.label_lower, object_id__in=keys).order_by("id")
        wanted = {self.step.checker_of, *returns} - {None}
        self._rounds: dict[str, int] = {}
        makers: dict[str, Any] = {}
        for object_id, verb, by_id in history.filter(verb__in=wanted).values_list(
            "object_id", "verb", "by_id"
        ):
            if verb in returns:
                self._rounds[object_id] = self._rounds.get(object_id, 0) + 1
            if verb == self.step.checker_of:
                makers[object_id] = by_id
        return makers
