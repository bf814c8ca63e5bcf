"""What people of the demonstration did about a household and its warning: each act knows if it is done, and does it.

An act is done by the person whose office it is, through the stage function of the page that they would use.
"""

import datetime
from dataclasses import dataclass
from typing import Protocol

from django.db.models import QuerySet

from alerts import deciding, reporting
from alerts.deciding import Closing
from alerts.models import Alert, Channel, Signal
from alerts.reporting import Told
from alerts.verification import assigning
from alerts.verification.reported import mark_unauthorised
from foundation.accounts import kin
from foundation.accounts.models import Kin, Posting, User
from foundation.accounts.roles import Level, Role
from foundation.workflow.models import Passage
from foundation.workflow.move import Request
from households.models import Household
from monitoring.screening.terms import EventKind

#: Who of the cast dispatches and closes, and for how many days a closed warning is quiet.
DISPATCHER, QUIET_DAYS = "xian", 90


class StoryAct(Protocol):
    """One act at a household of a story, on a business day."""

    @property
    def day(self) -> datetime.date:
        """The day on which it was done."""

    def done(self, home: Household) -> bool:
        """Say whether it was done, by anybody's reckoning of the loading."""

    def play(self, home: Household) -> object:
        """Do it; the caller lives on its day."""


@dataclass(frozen=True, slots=True)
class Reports:
    """Somebody types what was heard or seen. `by` is a login name; empty: the assistant of the village."""

    day: datetime.date
    channel: Channel
    kind: EventKind
    text: str
    reporter: str
    member: str = ""
    by: str = ""
    happened: datetime.date | None = None

    def done(self, home: Household) -> bool:
        """Say whether it stands on a warning of the household, also on one that has ended."""
        return Signal.objects.living().filter(alert__household=home, text=self.text).exists()

    def play(self, home: Household) -> Signal:
        """Report it."""
        member = home.residents.get(name=self.member) if self.member else None
        told = Told(self.channel, self.happened or self.day, self.kind, self.text, self.reporter, member)
        by = person(self.by) if self.by else holder(Role.VILLAGE_ASSISTANT, home.area_id)
        return reporting.report(home, told, by=by)


@dataclass(frozen=True, slots=True)
class Dispatches:
    """The county's dispatcher hands the warning over to the township."""

    day: datetime.date

    def done(self, home: Household) -> bool:
        """Say whether the dispatcher did so on that day, or the household has no warning to dispatch."""
        return moved(home, "dispatch", self.day) or not Alert.objects.filter(household=home).exists()

    def play(self, home: Household) -> Alert:
        """Dispatch it."""
        return deciding.dispatch(open_alert(home), Request("dispatch"), by=person(DISPATCHER))


@dataclass(frozen=True, slots=True)
class Closes:
    """The county's dispatcher closes the warning with an outcome code and a reason."""

    day: datetime.date
    outcome: str
    why: str

    def done(self, home: Household) -> bool:
        """Say whether the dispatcher did so on that day, or the household has no warning to close."""
        return moved(home, "close", self.day) or not Alert.objects.filter(household=home).exists()

    def play(self, home: Household) -> Alert:
        """Close it."""
        return deciding.close(
            open_alert(home), Closing(self.outcome, self.why, QUIET_DAYS), by=person(DISPATCHER)
        )


@dataclass(frozen=True, slots=True)
class Assigns:
    """The township sends the assistant of the village, or `to` (a login name) of the next one."""

    day: datetime.date
    to: str = ""

    def done(self, home: Household) -> bool:
        """Say whether the township did so on that day, or the household has no warning to visit."""
        return moved(home, "assign", self.day) or not Alert.objects.filter(household=home).exists()

    def play(self, home: Household) -> Alert:
        """Assign it."""
        visitor = person(self.to) if self.to else holder(Role.VILLAGE_ASSISTANT, home.area_id)
        return assigning.assign(open_alert(home), visitor, by=holder(Role.TOWNSHIP_VERIFIER, home.area_id))


@dataclass(frozen=True, slots=True)
class MarksUnauthorised:
    """The assistant of the village says that the household does not authorise the check."""

    day: datetime.date
    why: str

    def done(self, home: Household) -> bool:
        """Say whether the assistant did so on that day, or the household has no warning."""
        return moved(home, "mark_unauthorised", self.day) or not Alert.objects.filter(household=home).exists()

    def play(self, home: Household) -> Alert:
        """Mark it."""
        by = holder(Role.VILLAGE_ASSISTANT, home.area_id)
        return mark_unauthorised(open_alert(home), self.why, by=by)


@dataclass(frozen=True, slots=True)
class DeclaresKin:
    """The assistant of the village declares the household as kin's, and acts there no more."""

    day: datetime.date

    def done(self, home: Household) -> bool:
        """Say whether somebody of the village declared it."""
        return Kin.objects.filter(household=home.code, withdrawn_on__isnull=True).exists()

    def play(self, home: Household) -> Kin:
        """Declare it."""
        return kin.declare(home.code, Kin.Relation.KIN, by=holder(Role.VILLAGE_ASSISTANT, home.area_id))


def open_alert(home: Household) -> Alert:
    """Return the one open warning of a household."""
    return Alert.objects.open().select_related("household", "area").get(household=home)


def person(username: str) -> User:
    """Return somebody of the cast."""
    return User.objects.get(username=username)


def holder(role: Role, area: str) -> User:
    """Return who holds a post in a village or its township on the day that is played; the first of two."""
    return _posts(role, area)[0].user


def is_filled(role: Role, area: str) -> bool:
    """Say whether somebody holds such a post on the day that is played."""
    return _posts(role, area).exists()


def _posts(role: Role, area: str) -> QuerySet[Posting]:
    code = area[: Level.TOWNSHIP] if role is Role.TOWNSHIP_VERIFIER else area
    return Posting.objects.in_force().filter(role=role, area=code).select_related("user").order_by("pk")


def moved(home: Household, verb: str, day: datetime.date) -> bool:
    """Say whether a warning of a household made such a move on a day."""
    keys = Alert.objects.filter(household=home).values_list("pk", flat=True)
    made = Passage.objects.filter(model=Alert._meta.label_lower, object_id__in=[str(key) for key in keys])
    return made.filter(verb=verb, entered_on=day).exists()
