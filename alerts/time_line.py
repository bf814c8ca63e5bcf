"""The time line of a household: warnings and their signals, visits, authorisations, letters, on one line."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alerts.models import Alert, Channel, Letter, Signal
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.workflow.models import Passage, Stateful
from households.models import Authorisation, Household, Visit
from monitoring.outcomes.words import OutcomeNames

#: So many events are shown, the newest first; the pages of each thing have the rest.
MOST = 80


@dataclass(frozen=True, slots=True)
class Happened:
    """One line (templates/components/timeline.html): `place` orders what happened on one day."""

    on: datetime.date
    title: str
    detail: str = ""
    tone: str = "plain"
    url: str = ""
    place: tuple[int, int] = (0, 0)


def time_line(household: Household, user: User, *, without: Alert | None = None) -> list[Happened]:
    """Return what happened to a household, the newest first, as much as the reader may see; some seven queries.

    Sums, diagnoses and what was typed stand on the pages behind the lines. `without` is the warning whose own page
    tells its own acts.
    """
    events: list[Happened] = []
    if user.holds(Right.VIEW_ALERTS, household.area_id):
        events += _of_alerts(household, user, without)
    if user.holds(Right.VIEW_HOUSEHOLDS, household.area_id):
        events += _of_visits(household, user)
        events += _of_authorisations(household, user)
    return sorted(events, key=lambda each: (each.on, each.place), reverse=True)[:MOST]


def _of_alerts(household: Household, user: User, without: Alert | None) -> Iterator[Happened]:
    rows = Alert.objects.filter(household=household)
    alerts = {row.pk: row for row in (rows.exclude(pk=without.pk) if without else rows)}
    pages = {key: reverse("alerts:alert", args=[key]) for key in alerts}
    for passage, who in _moves(Alert, alerts.values(), user):
        row = alerts[int(passage.object_id)]
        created = passage.verb == row.lifecycle.created
        label = _("Warning raised") if created else str(row.lifecycle.find(passage.verb).label)
        tone = "done" if passage.to_state == "closed" else "plain"
        yield Happened(passage.happened_on, label, who, tone, pages[row.pk], (2, passage.pk))
    signals = Signal.objects.filter(alert__in=list(alerts)).select_related("standard")
    for signal in signals:
        what = signal.standard.label if signal.standard else str(Channel(signal.channel).label)
        title = _("Signal: %(what)s") % {"what": what}
        yield Happened(
            signal.attached_on, title, _gone(signal), "plain", pages[signal.alert_id], (1, signal.pk)
        )
    yield from _of_letters(alerts, household)


def _gone(signal: Signal) -> str:
    """Say why a signal counts no longer; empty while it does."""
    return "" if signal.is_living else _("counts no longer")


def _of_letters(alerts: Iterable[int], household: Household) -> Iterator[Happened]:
    names = OutcomeNames()
    for row in Letter.objects.filter(alert__in=list(alerts), delivered_on__isnull=False):
        if row.delivered_on is not None:
            detail = f"{names.name(row.outcome, household.area_id)} · {row.get_way_display()}"
            url = reverse("alerts:letter", args=[row.pk])
            yield Happened(row.delivered_on, _("Letter delivered"), detail, "done", url, (3, row.pk))


def _of_visits(household: Household, user: User) -> Iterator[Happened]:
    for visit in Visit.objects.visible_to(user).filter(household=household).order_by("-pk")[:MOST]:
        met = str(visit.get_outcome_display())
        detail = f"{visit.get_way_display()} · {met if visit.counts else visit.state_label}"
        url = reverse("households:visit", args=[visit.pk])
        yield Happened(visit.happened_on, _("Visit"), detail, "action", url, (1, visit.pk))


def _of_authorisations(household: Household, user: User) -> Iterator[Happened]:
    rows = {row.pk: row for row in Authorisation.objects.filter(household=household)}
    for passage, who in _moves(Authorisation, rows.values(), user):
        row = rows[int(passage.object_id)]
        created = passage.verb == row.lifecycle.created
        label = _("asked for") if created else str(row.lifecycle.find(passage.verb).label)
        title = _("Authorisation: %(what)s") % {"what": label}
        url = reverse("authorisations:authorisation", args=[row.pk])
        yield Happened(passage.happened_on, title, who, "plain", url, (2, passage.pk))


def _moves(model: type[Stateful], rows: Iterable[Any], user: User) -> list[tuple[Passage, str]]:
    """Return the moves of rows, each with who made it: a name for who may see that person, else the role."""
    keys = [str(row.pk) for row in rows]
    found = list(
        Passage.objects.filter(model=model._meta.label_lower, object_id__in=keys)
        .select_related("by")
        .order_by("-pk")[:MOST]
    )
    known = set(
        User.objects.visible_to(user)
        .filter(pk__in={each.by_id for each in found})
        .values_list("pk", flat=True)
    )
    return [(each, each.by.name if each.by_id in known else str(each.get_role_display())) for each in found]


class TimeLine:
    """The section of the household's page (households.panels.HouseholdPanel)."""

    order = 6
    template = "alerts/_time_line.html"
    right = Right.VIEW_ALERTS

    def context(self, household: Household, user: User) -> dict[str, Any] | None:
        """Return the events; nothing at all where nothing has happened."""
        events = time_line(household, user)
        return {"events": events} if events else None


TIME_LINE = TimeLine()
