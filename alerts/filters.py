"""Filters of the queue: over what an alert says of itself, over what it rests on, and by words.

Filters over evidence must fit one and the same signal. Who may not read findings asks by kind and month alone: exact
sums and datasets cannot be guessed through a filter either.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy, pgettext_lazy

from alerts import selectors
from alerts.lifecycle import ALERT, OPEN
from alerts.models import Alert, Channel, Signal
from alerts.verification.marks import due_filters
from alerts.wording import Bands
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Level, Right
from foundation.accounts.scope import prefixes, within
from foundation.desk import list_visits
from foundation.desk.columns import Filter, ReadyView, Together, joint
from foundation.desk.place_filter import in_place
from households import search
from households.words import Words
from monitoring.models import Dataset, DeclaredStandard
from monitoring.screening.terms import EventKind, Theme

Apply = Callable[[QuerySet[Any], Any], QuerySet[Any]]
Choices = Sequence[tuple[str, Any]]
#: The list under which visits are remembered.
LIST = "alerts"
#: So many households are looked up by their number or its beginning.
_MOST_NUMBERS = 500
#: Digits of telephones and ID numbers.
_LENGTHS = (11, 15, 17, 18)

VIEWS = (
    ReadyView(pgettext_lazy("view", "All open"), ""),
    ReadyView(pgettext_lazy("view", "New since my last visit"), "new=yes"),
    ReadyView(pgettext_lazy("view", "With me"), "mine=yes"),
    ReadyView(pgettext_lazy("view", "To be dispatched"), "state=raised"),
    ReadyView(pgettext_lazy("view", "Not assigned"), "state=dispatched"),
    ReadyView(pgettext_lazy("view", "Overdue"), "due=overdue"),
    ReadyView(pgettext_lazy("view", "Put off"), "snoozed=yes"),
)


class Choosing:
    """What a reader chooses from, each list asked once for a page."""

    def __init__(self, user: User, bands: Bands) -> None:
        """Ask for `user`, whose first area names bands and outcomes."""
        self._user, self._band_names = user, bands
        self._area = selectors.first_area(user)

    @cached_property
    def bands(self) -> Choices:
        """Bands as the first of one's areas calls them."""
        names = self._band_names.names(self._area[: Level.COUNTY])
        return [(code, name) for code, (name, _colour) in names.items()]

    @cached_property
    def standards(self) -> Choices:
        """Standards that open alerts."""
        rows = DeclaredStandard.objects.filter(opens_alert=True).order_by("theme", "code")
        return [(each.pk, each.label) for each in rows]

    @cached_property
    def datasets(self) -> Choices:
        """Datasets that standards are asked of."""
        rows = Dataset.objects.declared().filter(standards__opens_alert=True).distinct()
        return [(each.pk, each.name) for each in rows.order_by("department", "code")]

    @cached_property
    def departments(self) -> Choices:
        """Departments that deliver them."""
        rows = Dataset.objects.declared().filter(standards__opens_alert=True).select_related("department")
        return sorted({(each.department_id, str(each.department)) for each in rows})

    @cached_property
    def outcomes(self) -> Choices:
        """Outcome codes."""
        return selectors.every_outcome(self._area)

    @cached_property
    def health(self) -> Choices:
        """States of health of members."""
        return Words().choices("health", self._area)


def filters(user: User, bands: Bands, *, everything: bool) -> tuple[Filter, ...]:
    """Return the filters of the queue for `user`, or those of the list of every alert."""
    choosing = Choosing(user, bands)
    return (
        *_first(user, choosing, everything=everything),
        *(replace(each, more=each.key != "due") for each in due_filters(user)),
        *_of_work(user),
        *_of_history(choosing, everything=everything),
        *_of_evidence(user, choosing),
    )


def _first(user: User, choosing: Choosing, *, everything: bool) -> tuple[Filter, ...]:
    states = list(ALERT.states) if everything else list(OPEN)
    return (
        Filter("q", gettext_lazy("Words, name, household number"), "text",
               lambda rows, text: rows.filter(pk__in=_with_words(user, text))),
        Filter("state", gettext_lazy("State"), "choice", _equal("state"),
               lambda _user: [(code, ALERT.states[code]) for code in states]),
        Filter("band", gettext_lazy("Priority band"), "choice", _equal("band"), lambda _user: choosing.bands),
        Filter("standard", gettext_lazy("Warning standard"), "choice", _holds("standards"),
               lambda _user: choosing.standards),
        Filter("area", gettext_lazy("Area (name or code)"), "text",
               lambda rows, text: rows.filter(in_place(text)), nameless=True),
    )  # fmt: skip


def _of_work(user: User) -> tuple[Filter, ...]:
    return (
        Filter("theme", gettext_lazy("Theme"), "choice", _holds("themes"), lambda _user: list(Theme.choices),
               more=True),
        Filter("channel", gettext_lazy("Channel"), "choice", _holds("channels"),
               lambda _user: list(Channel.choices), more=True),
        Filter("new", pgettext_lazy("alert", "New to me"), "yesno",
               lambda rows, wanted: _new(rows, user, wanted=wanted), more=True),
        Filter("mine", pgettext_lazy("alert", "With me"), "yesno",
               lambda rows, wanted: rows.filter(visitor=user) if wanted else rows.exclude(visitor=user),
               more=True),
        Filter("given", pgettext_lazy("alert", "Assigned to somebody"), "yesno",
               lambda rows, wanted: rows.filter(visitor__isnull=not wanted), more=True),
        Filter("visitor", gettext_lazy("Who visits (name)"), "text",
               lambda rows, text: rows.filter(visitor__name__icontains=text), more=True),
        Filter("opinion", gettext_lazy("Opinion"), "choice", _equal("opinion"),
               lambda _user: Alert.Opinion.choices, more=True),
        Filter("unanswered", pgettext_lazy("alert", "Signals to answer"), "yesno",
               lambda rows, wanted: rows.filter(unanswered__gt=0) if wanted else rows.filter(unanswered=0),
               more=True),
        Filter("recheck", gettext_lazy("Re-check"), "choice", _equal("recheck"),
               lambda _user: Alert.Recheck.choices, more=True),
        Filter("snoozed", gettext_lazy("Put off"), "yesno", _snoozed, more=True),
        Filter("relook_to", gettext_lazy("Look again until"), "day",
               lambda rows, day: rows.filter(relook_on__lte=day), more=True),
    )  # fmt: skip


def _of_history(choosing: Choosing, *, everything: bool) -> tuple[Filter, ...]:
    ended = (
        Filter("outcome", gettext_lazy("Outcome"), "choice", _equal("outcome"),
               lambda _user: choosing.outcomes, more=True),
        Filter("closed_from", gettext_lazy("Closed from"), "day",
               lambda rows, day: rows.filter(closed_on__gte=day), more=True),
        Filter("closed_to", gettext_lazy("Closed until"), "day",
               lambda rows, day: rows.filter(closed_on__lte=day), more=True),
        Filter("quiet", gettext_lazy("In its cool-down"), "yesno", _quiet, more=True),
    )  # fmt: skip
    return (
        Filter("opened_from", gettext_lazy("Opened from"), "day",
               lambda rows, day: rows.filter(opened_on__gte=day), more=True),
        Filter("opened_to", gettext_lazy("Opened until"), "day",
               lambda rows, day: rows.filter(opened_on__lte=day), more=True),
        Filter("monitored", pgettext_lazy("alert", "Already monitored"), "yesno", _equal("already_monitored"),
               more=True),
        Filter("woke", gettext_lazy("Warned again because"), "choice", _equal("woke"),
               lambda _user: Alert.Woke.choices, more=True),
        Filter("repeats", gettext_lazy("Found again at least"), "number",
               lambda rows, times: rows.filter(repeats__gte=int(times)), more=True),
        Filter("reopened", pgettext_lazy("alert", "Reopened"), "yesno",
               lambda rows, wanted: rows.filter(reopened__gt=0) if wanted else rows.filter(reopened=0),
               more=True),
        Filter("baseless", gettext_lazy("Basis gone"), "yesno",
               lambda rows, wanted: rows.filter(baseless_on__isnull=not wanted), more=True),
        *(ended if everything else ()),
    )  # fmt: skip


#: Filters over evidence: one living signal fits them all.
_EVIDENCE = Together(
    lambda rows, fits: rows.filter(pk__in=Signal.objects.living().filter(fits).order_by().values("alert"))
)


def _of_evidence(user: User, choosing: Choosing) -> tuple[Filter, ...]:
    open_to_all = (
        joint(_EVIDENCE, "event", gettext_lazy("Kind of event"), "choice", lambda kind: Q(event_kind=kind),
              lambda _user: EventKind.choices),
        joint(_EVIDENCE, "month_from", gettext_lazy("Event from month"), "month", lambda day: Q(day__gte=day)),
        joint(_EVIDENCE, "month_to", gettext_lazy("Event until month"), "month",
              lambda day: Q(day__lt=_next_month(day))),
        joint(_EVIDENCE, "age_from", gettext_lazy("Member at least (years)"), "number",
              lambda years: Q(resident__born_on__lte=_born(years))),
        joint(_EVIDENCE, "age_to", gettext_lazy("Member at most (years)"), "number",
              lambda years: Q(resident__born_on__gt=_born(years + 1))),
        joint(_EVIDENCE, "health", gettext_lazy("Health of the member"), "choice",
              lambda code: Q(resident__health__contains=[code]), lambda _user: choosing.health),
    )  # fmt: skip
    exact = prefixes(user, Right.VIEW_FINDINGS)
    if not exact:
        return open_to_all
    there = within("alert__area__code", exact)
    return (
        *open_to_all,
        joint(_EVIDENCE, "sum_from", gettext_lazy("Measured at least"), "number",
              lambda amount: there & Q(measured__gte=amount)),
        joint(_EVIDENCE, "sum_to", gettext_lazy("Measured at most"), "number",
              lambda amount: there & Q(measured__lte=amount)),
        joint(_EVIDENCE, "dataset", gettext_lazy("Dataset"), "choice",
              lambda code: there & Q(standard__datasets=code), lambda _user: choosing.datasets),
        joint(_EVIDENCE, "department", gettext_lazy("Department"), "choice",
              lambda code: there & Q(standard__datasets__department=code),
              lambda _user: choosing.departments),
    )  # fmt: skip


def _equal(name: str) -> Apply:
    return lambda rows, value: rows.filter(**{name: value})


def _holds(name: str) -> Apply:
    return lambda rows, value: rows.filter(**{f"{name}__contains": [value]})


def _snoozed(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    put_off = Q(snoozed_until__gte=clock.today())
    return rows.filter(put_off) if wanted else rows.exclude(put_off)


def _quiet(rows: QuerySet[Any], wanted: bool) -> QuerySet[Any]:
    hushed = Q(quiet_until__gte=clock.today())
    return rows.filter(hushed) if wanted else rows.exclude(hushed)


def _new(rows: QuerySet[Any], user: User, *, wanted: bool) -> QuerySet[Any]:
    """Keep what got a signal since the reader's last visit: opened since then, or more is known of it."""
    since = Signal.objects.living().filter(pk__gt=list_visits.new_after(user, LIST)).order_by()
    fitting = since.values("alert")
    return rows.filter(pk__in=fitting) if wanted else rows.exclude(pk__in=fitting)


def _next_month(day: datetime.date) -> datetime.date:
    return (day.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)


def _born(years: Any) -> datetime.date:
    """Return on or before which day somebody was born who is so old today."""
    today = clock.today()
    year = max(today.year - max(min(int(years), 150), 0), 1)
    return (
        today.replace(year=year, day=28) if (today.month, today.day) == (2, 29) else today.replace(year=year)
    )


def _with_words(user: User, text: str) -> QuerySet[Any]:
    """Return the keys of alerts: whose reports hold the words, whose head is called so, or whose number it is."""
    named = Alert.objects.filter(household__in=search.with_head(user, text))
    # Numbers of people are looked up by the search of the top bar alone: what is typed here stands in the address.
    codes = (
        []
        if text.isdecimal() and len(text) in _LENGTHS
        else search.households(user, text, most=_MOST_NUMBERS)
    )
    numbered = Alert.objects.filter(household__in=[each.pk for each in codes])
    reported = Signal.objects.living().exclude(text="").filter(text__icontains=text)
    parts = [
        named.order_by().values_list("pk"),
        numbered.order_by().values_list("pk"),
        reported.order_by().values_list("alert"),
    ]
    return parts[0].union(*parts[1:], all=True)
