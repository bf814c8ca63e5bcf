"""What the page of an alert shows, as much as its reader may see."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts import selectors, wording
from alerts.models import Alert, Letter, Signal
from alerts.priority import Part, read_parts
from alerts.verification import pieces, urging
from alerts.verification.acts import Act, acts_of
from alerts.verification.deadlines import Deadlines, deadlines_of
from alerts.verification.pieces import ToldPiece
from alerts.wording import Bands, ToldCause, ToldSignal
from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.columns import Badge
from foundation.workflow.models import Passage
from foundation.workflow.offers import history
from households.models import Resident
from households.models.households import HEAD
from monitoring.proposals.open_work import Line, waiting_events


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history (templates/components/timeline.html)."""

    on: object
    title: str
    detail: str
    tone: str = "plain"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """An alert in words. `gone` are the signals that count no longer; `exact` says that the reader sees sums."""

    alert: Alert
    title: str
    band: Badge | None
    state: Badge
    marks: list[Badge]
    outcome: str
    why_again: str
    parts: list[Part]
    causes: list[ToldCause]
    gone: list[ToldSignal]
    acts: list[Act]
    events: list[Event]
    exact: bool
    may_sort: bool
    may_tune: bool
    letters: list[Letter]
    deadlines: Deadlines
    #: The check list of a returned report, what is missing first; and keys of signals that wait for an answer.
    pieces: list[ToldPiece]
    to_answer: frozenset[int]
    #: What urging is called for the reader; empty where they may not.
    urge: str
    #: Ways to what was opened for the household, each with its name (ALERT_LINKS of the composition).
    links: list[tuple[str, str]]
    #: What was registered of the household and waits to be decided: it may change what the visit finds.
    waiting: list[Line]


def page_of(alert: Alert, user: User) -> Page:
    """Gather the page of an alert that was found through its scoped door."""
    exact = user.holds(Right.VIEW_FINDINGS, alert.area_id)
    signals = selectors.signals_of(alert)
    living = [each for each in signals if each.is_living]
    shown = signals if alert.state == "retracted" else living
    return Page(
        alert=alert,
        title=_title(alert),
        band=Bands().badge(alert),
        state=wording.state_badge(alert),
        marks=wording.marks(alert),
        outcome=selectors.outcome_name(alert.outcome, alert.area_id) if alert.outcome else "",
        why_again=wording.why_again(alert, living, exact=exact),
        parts=read_parts(alert.parts),
        causes=wording.causes(shown, exact=exact),
        gone=[wording.told(each, exact=exact) for each in signals if each not in shown],
        acts=acts_of(alert, user),
        events=_events(alert, user),
        exact=exact,
        may_sort=alert.is_open and user.holds(Right.DISPATCH_ALERTS, alert.area_id),
        letters=list(alert.letters.order_by("-pk")),
        may_tune=user.holds(Right.REPORT_CONCERNS, alert.area_id),
        deadlines=deadlines_of(alert),
        pieces=pieces.told(alert) if alert.returned else [],
        to_answer=_to_answer(alert, living, user),
        urge=urging.name_for(user) if urging.may_urge(user, alert) else "",
        links=_links(alert, user),
        waiting=waiting_events(alert.household, user) if alert.is_open else [],
    )


def _links(alert: Alert, user: User) -> list[tuple[str, str]]:
    """Return the ways to what was opened; while the alert is proposed, they are its acts."""
    if alert.state == "proposed":
        return []
    return [link for part in parts("ALERT_LINKS") if (link := part(alert, user))]


def _to_answer(alert: Alert, living: list[Signal], user: User) -> frozenset[int]:
    """Return the signals that came after the visit and that the reader may answer."""
    if not alert.unanswered or not user.holds(Right.VISIT_HOUSEHOLDS, alert.area_id, of=alert):
        return frozenset()
    return frozenset(each.pk for each in living if each.after_visit and each.answered_at is None)


def _title(alert: Alert) -> str:
    head = Resident.objects.present().filter(household=alert.household_id, relation=HEAD).first()
    return _("Household of %(name)s") % {"name": head.shown_name} if head else alert.household.code


def _events(alert: Alert, user: User) -> list[Event]:
    """Return what happened, the newest first. Colleagues are named to who may see them."""
    passages = list(history(alert))
    known = set(
        User.objects.visible_to(user)
        .filter(pk__in={each.by_id for each in passages})
        .values_list("pk", flat=True)
    )
    events = [_event(alert, each, named=each.by_id in known) for each in passages]
    for other in Alert.objects.filter(merged_into=alert).select_related("household"):
        said = _("Warning of household %(code)s joined") % {"code": other.household.code}
        events.append(Event(other.closed_on, said, "", url=reverse("alerts:alert", args=[other.pk])))
    return sorted(events, key=lambda each: str(each.on), reverse=True)


def _event(alert: Alert, passage: Passage, *, named: bool) -> Event:
    created = passage.verb == alert.lifecycle.created
    label = _("Warning raised") if created else str(alert.lifecycle.find(passage.verb).label)
    who = passage.by.name if named else str(passage.get_role_display())
    detail = f"{who} · {passage.reason}" if passage.reason else who
    tone = "done" if passage.to_state == "closed" else "plain"
    return Event(passage.happened_on, label, detail, tone)
