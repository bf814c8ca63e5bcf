"""How the township reviews a warning of a story: drawn to be checked once more, by telephone, confirmed, proposed."""

import datetime
from dataclasses import dataclass

from alerts.demo.acts import holder, moved, open_alert
from alerts.models import Alert, Letter
from alerts.verification import batches, letters, reviewing
from foundation.accounts.models import User
from foundation.accounts.roles import Role
from households.models import Household


@dataclass(frozen=True, slots=True)
class Draws:
    """The township's verifier has the report checked once more, as is always done with kin of cadres."""

    day: datetime.date

    def done(self, home: Household) -> bool:
        """Say whether it was drawn on that day, or the household has no warning."""
        return _is_done(home, "draw", self.day)

    def play(self, home: Household) -> Alert:
        """Draw it."""
        return batches.draw_one(open_alert(home), by=_verifier(home))


@dataclass(frozen=True, slots=True)
class Rechecks:
    """The township's verifier telephones the household: what was reported holds."""

    day: datetime.date
    note: str

    def done(self, home: Household) -> bool:
        """Say whether the second check was entered on that day, or the household has no warning."""
        return _is_done(home, "recheck", self.day)

    def play(self, home: Household) -> Alert:
        """Enter the second check."""
        return batches.recheck(open_alert(home), True, self.note, "phone", by=_verifier(home))


@dataclass(frozen=True, slots=True)
class Confirms:
    """The township's verifier confirms that nobody is enrolled."""

    day: datetime.date
    outcome: str
    why: str

    def done(self, home: Household) -> bool:
        """Say whether it was confirmed on that day, or the household has no warning."""
        return _is_done(home, "confirm_end", self.day)

    def play(self, home: Household) -> Alert:
        """Confirm it."""
        return reviewing.confirm_end(open_alert(home), self.outcome, self.why, by=_verifier(home))


@dataclass(frozen=True, slots=True)
class HandsOver:
    """The assistant of the village hands the printed letter with the reason over."""

    day: datetime.date

    def done(self, home: Household) -> bool:
        """Say whether no letter is owed to the household."""
        return not Letter.objects.owed().filter(alert__household=home).exists()

    def play(self, home: Household) -> Letter:
        """Hand it over."""
        letter = (
            Letter.objects.owed()
            .select_related("alert__household")
            .filter(alert__household=home)
            .latest("pk")
        )
        by = holder(Role.VILLAGE_ASSISTANT, home.area_id)
        return letters.deliver(letter, letters.Delivery(Letter.Way.HANDED, self.day), by=by)


@dataclass(frozen=True, slots=True)
class Proposes:
    """The township's verifier proposes the household for enrolment, and its case is opened."""

    day: datetime.date
    why: str

    def done(self, home: Household) -> bool:
        """Say whether it was proposed on that day, or the household has no warning."""
        return _is_done(home, "propose", self.day)

    def play(self, home: Household) -> Alert:
        """Propose it."""
        return reviewing.propose(open_alert(home), self.why, by=_verifier(home))


def _is_done(home: Household, verb: str, day: datetime.date) -> bool:
    return moved(home, verb, day) or not Alert.objects.filter(household=home).exists()


def _verifier(home: Household) -> User:
    return holder(Role.TOWNSHIP_VERIFIER, home.area_id)
