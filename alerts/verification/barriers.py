"""What stands before an outcome, whoever would give it: signals nobody has answered, a second check that is owed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alerts import proposals
from alerts.models import Alert
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused

#: Moves that give an alert an outcome, or decide what follows: none while a later signal waits for an answer.
OUTCOMES = frozenset(
    {
        "propose", "confirm_end", "confirm_batch", "watch", "refer", "archive", "dismiss", "end_by_proof", "close",
    }
)  # fmt: skip
#: Those that say “not enrolled” after a visit: none while a drawn alert waits for its second check.
_NEGATIVES = frozenset({"confirm_end", "confirm_batch", "archive"})
#: Moves by which the township judges what a visit found.
_JUDGES = frozenset(
    {"propose", "confirm_end", "confirm_batch", "watch", "refer", "draw", "recheck", "return"}
)

WAS_THERE = gettext_lazy("You visited this household yourself: a second person must decide.")
NO_BATCHES = gettext_lazy("This area reviews every report by itself.")
#: Moves that take a proposed household back to the door.
_BACK = frozenset({"return", "mark_unauthorised"})
CHECKED_TWICE = gettext_lazy("The second check holds: confirm it on its page.")


def before(verb: str, alert: Alert) -> str:
    """Return the sentence that stands before a move now, or an empty one. Queries only for what is proposed."""
    if alert.state == "proposed" and verb in _BACK:
        return proposals.held(alert)
    if verb in OUTCOMES and alert.unanswered:
        return ngettext(
            "%(count)d signal came after the visit: say first what it means.",
            "%(count)d signals came after the visit: say first what they mean.",
            alert.unanswered,
        ) % {"count": alert.unanswered}
    if verb == "return" and alert.stands and alert.state == "reported":
        return _("The leader of the township let this report stand: decide on what it says.")
    if verb in _NEGATIVES and alert.recheck == Alert.Recheck.DRAWN:
        return _("This household was drawn to be checked once more: enter the second check first.")
    if verb in _NEGATIVES and alert.recheck == Alert.Recheck.DIFFERS:
        return _("The second check found something else: return the report, or decide otherwise.")
    return ""


def check(verb: str, alert: Alert, by: User) -> None:
    """Refuse a move that something stands before, and a judgement by somebody who was at the door."""
    if sentence := before(verb, alert):
        raise Refused(sentence)
    if verb in _JUDGES and was_there(alert, by):
        raise Refused(str(WAS_THERE))


def was_there(alert: Alert, by: User) -> bool:
    """Say whether somebody took part in the visit that was reported. One query."""
    return alert.visit is not None and alert.visit.visitors.filter(pk=by.pk).exists()
