"""What stands before a move of a removal, or of the case behind it, although their tables would let it pass."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assistance.models import Case, Objection, Removal
from assistance.removal.guards import failing, guard_of_risks, guards_of

#: Moves that an open objection against the line of the removal stands before.
_HELD_BACK = frozenset({"end_notice", "review", "approve", "announce"})
#: Moves that judge a removal: its guards must hold on their day, the line of that day included.
_JUDGING = frozenset({"review", "approve"})


def standing_before(verb: str, removals: Sequence[Removal]) -> dict[int, str]:
    """Return by key of the removal the sentence that stands before a move now; the others pass."""
    found: dict[int, str] = {}
    if verb in _JUDGING:
        for removal in removals:
            if sentence := failing(guards_of(removal.case, removal.way, removal=removal)):
                found[removal.pk] = sentence
    if verb == "announce":
        found |= _risky(removals)
    if verb in _HELD_BACK and removals:
        found |= _contested(verb, removals)
    if verb == "take_up_again":
        approved = [row for row in removals if row.state == "approved"]
        held = standing_before("announce", approved)
        why = _("Nothing stands before the announcement: this removal is not judged again.")
        found |= {row.pk: why for row in approved if row.pk not in held}
    return found


def _risky(removals: Sequence[Removal]) -> dict[int, str]:
    """Return the sentence for approved removals of which something is to be judged first (domain.md 5.8: no new risk).

    The county has judged all else on the day of its decision; the announcement judges nothing anew.
    """
    found = {}
    for removal in removals:
        guard = guard_of_risks(removal)
        if guard is not None and not guard.holds:
            told = {"guard": guard.name, "said": guard.said}
            found[removal.pk] = _("%(guard)s: %(said)s The county takes the decision up again.") % told
    return found


def _contested(verb: str, removals: Sequence[Removal]) -> dict[int, str]:
    """Return the sentence for removals that an objection in time holds back, or a founded one keeps out."""
    keys = [row.pk for row in removals]
    against = Objection.objects.filter(item__removal__in=keys, in_time=True)
    founded = against.filter(outcome=Objection.Outcome.REFUSE) if verb != "end_notice" else against.none()
    kept_out = _("An objection against the notice was founded: this risk is not marked removed.")
    is_open = _("An objection against the notice is open: it is settled first.")
    found = dict.fromkeys(founded.values_list("item__removal", flat=True), kept_out)
    return found | dict.fromkeys(against.open().values_list("item__removal", flat=True), is_open)


class RemovalUnderWay:
    """Nobody corrects an identification while the removal of its risk is under way (CASE_BARRIERS)."""

    def standing_before(self, verb: str, cases: Sequence[Case]) -> dict[int, str]:
        """Return the sentence for cases whose removal runs."""
        if verb != "propose_correction":
            return {}
        running = Removal.objects.running().filter(case__in=[case.pk for case in cases])
        sentence = _("The removal of its risk is under way: take that proposal back first.")
        return dict.fromkeys(running.values_list("case", flat=True), sentence)


UNDER_WAY = RemovalUnderWay()
