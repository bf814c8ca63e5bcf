"""Alerts and their signals in words: what a page shows of each, as much as its reader may see."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from alerts import amounts
from alerts.lifecycle import ENDED
from alerts.models import Alert, Channel, Signal
from alerts.priority import band_names
from alerts.verification.marks import marks as deadline_marks
from foundation.accounts import clock
from foundation.desk.columns import Badge, Tone
from foundation.regulations.lookup import book
from households.ages import age
from monitoring.screening.terms import EventKind, Theme

_TONES: dict[str, Tone] = {"raised": "soon", "returned": "overdue", "closed": "done", "proposed": "action"}
_COLOURS: dict[str, Tone] = {
    "red": "overdue",
    "orange": "soon",
    "yellow": "plain",
    "green": "done",
    "blue": "action",
}


@dataclass(frozen=True, slots=True)
class ToldSignal:
    """One signal in words. `amount` is exact or a band; `url` leads to the rows that counted, "" where it may not."""

    signal: Signal
    what: str
    who: str
    when: str
    amount: str
    rows: int
    notes: list[str]
    url: str


@dataclass(frozen=True, slots=True)
class ToldCause:
    """Several proofs of one event, counted once."""

    kind: str
    who: str
    signals: list[ToldSignal]


class Bands:
    """Names and colours of the priority bands, asked once per county and request."""

    def __init__(self) -> None:
        """Take the book once."""
        self._book = book()
        self._known: dict[str, dict[str, tuple[str, str]]] = {}

    def badge(self, alert: Alert) -> Badge | None:
        """Return the band of an alert as a pill."""
        names = self.names(alert.county)
        if alert.band not in names:
            return None
        name, colour = names[alert.band]
        return Badge(name, _COLOURS.get(colour, "plain"))

    def names(self, county: str) -> dict[str, tuple[str, str]]:
        """Return name and colour by code, as the county has them."""
        if county not in self._known:
            self._known[county] = band_names(self._book, county, clock.today())
        return self._known[county]


def state_badge(alert: Alert) -> Badge:
    """Return the state as a pill."""
    return Badge(alert.state_label, _TONES.get(alert.state, "plain"))


def marks(alert: Alert) -> list[Badge]:
    """Return what one must know of an alert before opening it."""
    said = [Badge(_("already a monitored object"), "action")] if alert.already_monitored else []
    if alert.woke and alert.state not in ENDED:
        said.append(Badge(_("warned again"), "soon"))
    if alert.baseless_on:
        said.append(Badge(_("basis taken back"), "overdue"))
    return [*said, *deadline_marks(alert)]


def themes(alert: Alert) -> list[Badge]:
    """Return the themes of what an alert rests on."""
    return [Badge(Theme(each).label) for each in Theme.values if each in alert.themes]


def channels(alert: Alert) -> str:
    """Name the channels of an alert."""
    return "、".join(str(Channel(each).label) for each in Channel.values if each in alert.channels)


def causes(signals: Sequence[Signal], *, exact: bool) -> list[ToldCause]:
    """Group living signals by their cause, each in words; the cause of the earliest event first."""
    groups: dict[str, list[Signal]] = {}
    for signal in signals:
        groups.setdefault(signal.cause, []).append(signal)
    return [
        ToldCause(
            str(EventKind(group[0].event_kind).label),
            next((_person(each) for each in group if each.resident), ""),
            [told(each, exact=exact) for each in group],
        )
        for group in groups.values()
    ]


def told(signal: Signal, *, exact: bool) -> ToldSignal:
    """Say one signal: with its sums and the way to its rows for who reads findings, else month and band."""
    code = signal.standard_id or ""
    what = signal.standard.label if signal.standard else str(Channel(signal.channel).label)
    return ToldSignal(
        signal=signal,
        what=what,
        who=_person(signal),
        when=_when(signal.day, exact=exact or signal.finding is None),
        amount=_amount(signal, code, exact=exact),
        # A closed warning keeps what was measured then; the rows of its finding may be others by now.
        rows=signal.finding.rows
        if signal.finding and exact and signal.measured == signal.finding.measured
        else 0,
        notes=_notes(signal),
        url=finding_url(signal) if exact else "",
    )


def finding_url(signal: Signal) -> str:
    """Return the page that explains a finding, "" where there is none."""
    if signal.finding_id is None:
        return ""
    try:
        return reverse("monitoring:finding", args=[signal.finding_id])
    except NoReverseMatch:
        return ""


def why_again(alert: Alert, signals: Sequence[Signal], *, exact: bool) -> str:
    """Say why a household that had been closed is warned about again; empty where it was not."""
    if not alert.woke or alert.follows is None:
        return ""
    closed = {"day": alert.follows.closed_on or ""}
    rise = _rise(alert, signals) if alert.woke == Alert.Woke.STEP_UP else ""
    reason = str(Alert.Woke(alert.woke).label)
    said = _("The warning before was closed on %(day)s; now: %(why)s.") % (closed | {"why": reason})
    return f"{said} {rise}" if rise and exact else said


def _rise(alert: Alert, signals: Sequence[Signal]) -> str:
    """Name the first standard that rose, with both values."""
    before = {
        (each.standard_id, each.resident_id): each.measured
        for each in (alert.follows.signals.all() if alert.follows else ())
    }
    for signal in signals:
        old = before.get((signal.standard_id, signal.resident_id))
        if old and signal.measured and signal.measured > old and signal.standard:
            code = signal.standard.pk
            return _("%(what)s: %(old)s then, %(new)s now.") % {
                "what": signal.standard.label,
                "old": amounts.shown(old, code),
                "new": amounts.shown(signal.measured, code),
            }
    return ""


def _person(signal: Signal) -> str:
    if signal.resident is None:
        return ""
    years = age(signal.resident.born_on)
    name = signal.resident.shown_name
    return name if years is None else _("%(name)s (%(age)d)") % {"name": name, "age": years}


def _when(day: datetime.date, *, exact: bool) -> str:
    return day.isoformat() if exact else f"{day:%Y-%m}"


def _amount(signal: Signal, code: str, *, exact: bool) -> str:
    if signal.measured is None or signal.line is None:
        return ""
    if not exact:
        return amounts.band(signal.measured, code)
    measured = amounts.shown(signal.measured, code)
    if not measured:
        return ""
    return _("%(measured)s, line %(line)s") % {"measured": measured, "line": amounts.shown(signal.line, code)}


def _notes(signal: Signal) -> list[str]:
    said = []
    if signal.finding and signal.finding.name_differs:
        said.append(_("A row names somebody else than the register: look whether it is this person."))
    if signal.repeats:
        said.append(_("found again %(count)d times") % {"count": signal.repeats})
    return said
