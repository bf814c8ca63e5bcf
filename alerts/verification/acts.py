"""Which acts the page of an alert offers its reader: the moves that leave from here, with why one does not yet."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.models import Alert
from alerts.verification import barriers, leading
from alerts.verification.attempts import NEEDED, attempts_of
from alerts.verification.own_list import form_url
from alerts.verification.visiting import TO_VISIT, is_own
from foundation.accounts.composition import parts
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
#: By state the moves with which an alert goes on; every other one is beside its way, and no page presses for it.
_ONWARDS = {
    "raised": ("dispatch", "send", "take_up"), "dispatched": ("assess", "assign"), "unauthorised": ("resume",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """A button: where it leads, or the sentence why it does not; `primary` is the next move of the path."""

    label: str
    url: str
    blocked: str = ""
    primary: bool = False


def acts_of(alert: Alert, user: User) -> list[Act]:
    """Return the buttons of the alert's page; a report that waits begins with its review."""
    wanted = [verb for verb in ON_PAGE if verb != "return" or alert.state == "proposed"]
    acts = _offered(alert, user, wanted)
    acts = _of_leader(alert, user) + _of_visitor(alert, user) + _of_proposed(alert, user) + acts
    if alert.state == "reported" and user.holds(Right.REVIEW_VISITS, alert.area_id):
        acts.insert(0, Act(_("Review the visit"), reverse("alerts:review", args=[alert.pk]), primary=True))
    return acts


def _of_leader(alert: Alert, user: User) -> list[Act]:
    """Return what the leader of the township does about a report that came back again and again."""
    if not leading.may_settle(alert, user):
        return []
    return [Act(_("Settle the third return"), reverse("alerts:settle", args=[alert.pk]), primary=True)]


def _of_visitor(alert: Alert, user: User) -> list[Act]:
    """Return what who visits does: the doorstep check, and after enough attempts that nobody could be reached."""
    if alert.state not in TO_VISIT or not user.holds(Right.VISIT_HOUSEHOLDS, alert.area_id, of=alert):
        return []
    own = is_own(alert, user)
    acts = [Act(_("Write the check down"), form_url(alert.household_id), primary=own)]
    if attempts_of(alert).count() >= NEEDED:
        acts.append(Act(_("Could not be reached"), reverse("alerts:way", args=[alert.pk, "report"])))
    return acts


def _of_proposed(alert: Alert, user: User) -> list[Act]:
    """Return the way to what the proposal opened: from there the household goes on (ALERT_LINKS)."""
    if alert.state != "proposed":
        return []
    links = [link for part in parts("ALERT_LINKS") if (link := part(alert, user))]
    return [Act(label, url, primary=number == 0) for number, (label, url) in enumerate(links)]


def acts_of_review(alert: Alert, user: User) -> list[Act]:
    """Return the buttons of the review's page, by what the report proposes."""
    first = {
        Alert.Opinion.PROPOSE.value: "propose", Alert.Opinion.DECLINE.value: "confirm_end",
        Alert.Opinion.WATCH.value: "watch",
    }.get(alert.opinion, "propose")  # fmt: skip
    drawn = alert.recheck == Alert.Recheck.DRAWN
    wanted = [verb for verb in ON_REVIEW if verb != ("draw" if drawn else "recheck")]
    wanted.sort(key=lambda verb: (verb != "recheck", verb != first))
    acts = _offered(alert, user, wanted)
    onwards = next((act for act in acts if not act.blocked), None)
    return [replace(act, primary=act is onwards) for act in acts]


def _offered(alert: Alert, user: User, wanted: list[str]) -> list[Act]:
    found = {offer.move.verb: offer for offer in offers(alert, user, wanted)}
    acts = {verb: _act(alert, found[verb]) for verb in wanted if verb in found}
    onwards = [verb for verb in _ONWARDS.get(alert.state, ()) if verb in acts and not acts[verb].blocked]
    return [replace(act, primary=verb in onwards[:1]) for verb, act in acts.items()]


def _act(alert: Alert, offer: Offer) -> Act:
    verb = offer.move.verb
    blocked = offer.blocked or barriers.before(verb, alert)
    if verb in _OWN_PAGES:
        url = reverse(_OWN_PAGES[verb], args=[alert.pk])
    else:
        url = reverse("alerts:move" if verb in _BY_MOVE else "alerts:way", args=[alert.pk, verb])
    return Act(str(offer.move.label), url, blocked)
