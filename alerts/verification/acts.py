"""Which acts the page of an alert offers its reader: the moves that leave from here, with why one does not yet."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.verification import barriers
from alerts.verification.attempts import NEEDED, attempts_of
from alerts.verification.own_list import form_url
from alerts.verification.visiting import TO_VISIT
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.workflow.offers import Offer, offers

#: What the page of the alert offers, the usual next step first.
ON_PAGE = (
    "dispatch", "send", "take_up", "assess", "assign", "resume", "reassign", "return", "close", "end_by_proof",
    "dismiss", "mark_unauthorised", "withdraw", "report_up", "recall", "reopen", "join",
)  # fmt: skip
#: What the page of a review offers, where what was known and what was found stand side by side.
ON_REVIEW = ("recheck", "propose", "confirm_end", "watch", "refer", "return", "draw")
#: Moves with a page of their own beside those of alerts.views.way.
_OWN_PAGES = {"close": "alerts:close", "join": "alerts:join"}
_BY_MOVE = frozenset({"dispatch", "reopen"})


@dataclass(frozen=True, slots=True)
class Act:
    """A button: where it leads, or the sentence why it does not."""

    label: str
    url: str
    blocked: str = ""


def acts_of(alert: Alert, user: User) -> list[Act]:
    """Return the buttons of the alert's page; a report that waits begins with its review."""
    wanted = [verb for verb in ON_PAGE if verb != "return" or alert.state == "proposed"]
    acts = _offered(alert, user, wanted)
    acts = _of_visitor(alert, user) + acts
    if alert.state == "reported" and user.holds(Right.REVIEW_VISITS, alert.area_id):
        acts.insert(0, Act(_("Review the visit"), reverse("alerts:review", args=[alert.pk])))
    return acts


def _of_visitor(alert: Alert, user: User) -> list[Act]:
    """Return what who visits does: the doorstep check, and after enough attempts that nobody could be reached."""
    if alert.state not in TO_VISIT or not user.holds(Right.VISIT_HOUSEHOLDS, alert.area_id):
        return []
    acts = [Act(_("Write the check down"), form_url(alert.household_id))]
    if attempts_of(alert).count() >= NEEDED:
        acts.append(Act(_("Could not be reached"), reverse("alerts:way", args=[alert.pk, "report"])))
    return acts


def acts_of_review(alert: Alert, user: User) -> list[Act]:
    """Return the buttons of the review's page, by what the report proposes."""
    first = {
        Alert.Opinion.PROPOSE.value: "propose", Alert.Opinion.DECLINE.value: "confirm_end",
        Alert.Opinion.WATCH.value: "watch",
    }.get(alert.opinion, "propose")  # fmt: skip
    drawn = alert.recheck == Alert.Recheck.DRAWN
    wanted = [verb for verb in ON_REVIEW if verb != ("draw" if drawn else "recheck")]
    wanted.sort(key=lambda verb: (verb != "recheck", verb != first))
    return _offered(alert, user, wanted)


def _offered(alert: Alert, user: User, wanted: list[str]) -> list[Act]:
    found = {offer.move.verb: offer for offer in offers(alert, user, wanted)}
    return [_act(alert, found[verb]) for verb in wanted if verb in found]


def _act(alert: Alert, offer: Offer) -> Act:
    verb = offer.move.verb
    blocked = offer.blocked or barriers.before(verb, alert)
    if verb in _OWN_PAGES:
        url = reverse(_OWN_PAGES[verb], args=[alert.pk])
    else:
        url = reverse("alerts:move" if verb in _BY_MOVE else "alerts:way", args=[alert.pk, verb])
    return Act(str(offer.move.label), url, blocked)
