"""How the warning of a story stands, and how it is brought back to the demonstration's day.

What people did with it since is undone by the moves that undo it; then what the story's own people had done is done
again, each act on its business day (alerts.demo.plot).
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts import deciding, proposals
from alerts.deciding import Closing
from alerts.demo.acts import (
    DISPATCHER,
    Assigns,
    Closes,
    Dispatches,
    MarksUnauthorised,
    Reports,
    StoryAct,
    holder,
    person,
)
from alerts.demo.plot import PLOT
from alerts.demo.reviewing import Confirms, Draws, Proposes, Rechecks
from alerts.demo.visiting import Checks
from alerts.demo.ways_back import ways_back
from alerts.models import Alert, Channel, Signal
from alerts.selectors import outcome_name
from alerts.wording import channels
from foundation.accounts import clock, kin
from foundation.accounts.demo.story import LAST_DAY
from foundation.accounts.models import Kin
from foundation.accounts.roles import Role
from households.demo.storytelling import Line, PutBack, reason
from households.models import Household

#: In which state an act leaves the warning.
_LEAVES: dict[type, str] = {
    Dispatches: "dispatched", Assigns: "assigned", Checks: "reported", Draws: "reported", Rechecks: "reported",
    Proposes: "proposed", MarksUnauthorised: "unauthorised", Closes: "closed", Confirms: "closed",
}  # fmt: skip


class AlertPart:
    """The warning's part in a story."""

    def lines(self, home: Household) -> Sequence[Line]:
        """Say how the newest warning of the household stands, and which move is offered next."""
        alert = Alert.objects.filter(household=home).order_by("-pk").first()
        if alert is None:
            return [Line(_("no warning"), "", reverse("alerts:which"), DISPATCHER)]
        told = {"state": _state(alert), "n": len(alert.standards), "channels": channels(alert)}
        state = _("warning: %(state)s; %(n)d standards; %(channels)s") % told
        return [Line(state, _next_act(alert), reverse("alerts:alert", args=[alert.pk]), _who_acts(alert))]

    def put_back(self, home: Household, found: PutBack) -> None:
        """Bring kin, signals and state back; where the story has no warning, end the one that people opened."""
        done = [*_kin_back(home)]
        alert = _of_the_story(home)
        done += _newer_ended(home, alert)
        if alert is not None and alert.merged_into_id is not None:
            found.left.append(_("%(home)s: the warning was joined into another one") % {"home": home.code})
        elif alert is not None:
            done += _as_it_was(home, alert, found)
        found.done += [f"{home.code}: {said}" for said in done]


def _state(alert: Alert) -> str:
    """Return how a warning stands; one that is closed with its case says with which outcome."""
    if alert.outcome == "enrolled":
        return outcome_name(alert.outcome, alert.area_id)
    return str(alert.state_label)


def _next_act(alert: Alert) -> str:
    """Return the move forward that a page offers now; empty where the next stage goes on."""
    verb = "dispatch" if alert.state == alert.lifecycle.initial else ""
    if alert.state == "reported" and alert.recheck == Alert.Recheck.DRAWN:
        verb = "recheck"
    return str(alert.lifecycle.find(verb).label) if verb else ""


def _who_acts(alert: Alert) -> str:
    """Return the login name of who looks at the warning: the township while it reviews, else who dispatches."""
    if alert.state == "reported":
        return holder(Role.TOWNSHIP_VERIFIER, alert.area_id).username
    return DISPATCHER


def _of_the_story(home: Household) -> Alert | None:
    """Return the warning that stood on the demonstration's day; None where there was none."""
    texts = [act.text for act in PLOT.get(home.code, ()) if isinstance(act, Reports)]
    rows = Alert.objects.filter(household=home, opened_on__lte=LAST_DAY)
    own = rows.filter(run__as_of__lte=LAST_DAY) | rows.filter(signals__text__in=texts)
    return own.select_related("household", "area").distinct().order_by("-pk").first()


def _newer_ended(home: Household, own: Alert | None) -> Iterator[str]:
    """Close a warning that people opened since."""
    newer = Alert.objects.open().filter(household=home)
    newer = newer.exclude(pk=own.pk) if own else newer
    for alert in newer.select_related("household", "area"):
        if proposals.held(alert):
            continue
        if alert.state not in ("raised", "dispatched"):
            _raised(alert)
            alert.refresh_from_db()
        deciding.close(alert, Closing("duplicate", reason(), 0, reason()), by=person(DISPATCHER))
        yield _("the newer warning is closed")


def _as_it_was(home: Household, alert: Alert, found: PutBack) -> Iterator[str]:
    """Bring the warning's signals and state to what the story's people left."""
    if alert.state == "retracted" or not alert.signals.living().exists():
        return
    acts = [act for act in PLOT.get(home.code, ()) if act.day >= alert.opened_on]
    moves = [act for act in acts if type(act) in _LEAVES]
    fixes = [*_signal_fixes(home, alert, [act for act in acts if isinstance(act, Reports)])]
    as_wanted = _is_as_wanted(alert, moves[-1] if moves else None)
    if as_wanted and not fixes:
        return
    replay = not as_wanted or not alert.is_open
    is_with_a_case = bool(moves and isinstance(moves[-1], Proposes)) or bool(proposals.held(alert))
    if replay and (is_with_a_case or not _raised(alert)):
        told = {"home": home.code, "state": alert.state_label}
        found.left.append(_("%(home)s: the warning is “%(state)s”") % told)
        return
    for fix in fixes:
        yield fix()
    for act in moves if replay else ():
        with clock.at(act.day):
            act.play(home)
    if not as_wanted:
        yield _("the warning is as it was")


def _is_as_wanted(alert: Alert, last: StoryAct | None) -> bool:
    if isinstance(last, Proposes) and alert.outcome == "enrolled":
        return True  # its case is decided, and closed the warning with it
    if alert.state != (_LEAVES[type(last)] if last else alert.lifecycle.initial):
        return False
    if alert.visit is not None and not alert.visit.counts:
        return False
    if isinstance(last, Draws):
        return alert.recheck == Alert.Recheck.DRAWN
    if isinstance(last, Closes | Confirms):
        return (alert.outcome, alert.closed_on) == (last.outcome, last.day)
    return True


def _raised(alert: Alert) -> bool:
    """Bring a warning to be dispatched again, move by move; says whether that was possible."""
    while (back := ways_back().get(alert.state)) is not None:
        back(alert)
        alert.refresh_from_db()
    return bool(alert.state == alert.lifecycle.initial)


def _signal_fixes(home: Household, alert: Alert, acts: Sequence[Reports]) -> Iterator[Callable[[], str]]:
    """Yield what brings the signals back: report again, detach what is new, put together, attach again."""
    living = alert.signals.living()
    texts = set(living.values_list("text", flat=True))
    yield from (partial(_reported, home, act) for act in acts if act.text not in texts)
    told_since = living.exclude(channel=Channel.FEED).exclude(text__in=[act.text for act in acts])
    yield from (partial(_detached, signal) for signal in told_since)
    yield from (partial(_joined, signal) for signal in living.filter(apart=True).exclude(pk__in=told_since))
    gone = alert.signals.filter(channel=Channel.FEED, detached_at__isnull=False, retracted_at__isnull=True)
    yield from (partial(_attached, signal) for signal in gone)


def _reported(home: Household, act: Reports) -> str:
    with clock.at(act.day):
        act.play(home)
    return _("the report is there again")


def _detached(signal: Signal) -> str:
    deciding.detach(signal, by=person(DISPATCHER), reason=reason())
    return _("a later report is detached")


def _joined(signal: Signal) -> str:
    deciding.separate(signal, apart=False, by=person(DISPATCHER))
    return _("a signal belongs to its cause again")


def _attached(signal: Signal) -> str:
    deciding.attach_again(signal, by=person(DISPATCHER), reason=reason())
    return _("a detached signal counts again")


def _kin_back(home: Household) -> Iterator[str]:
    """Withdraw declarations of kin that were made since."""
    for row in Kin.objects.filter(household=home.code, withdrawn_on__isnull=True, declared_on__gte=LAST_DAY):
        kin.withdraw(row, by=row.user, reason=reason())
        yield _("a declaration of kin is withdrawn")


ALERTS = AlertPart()
