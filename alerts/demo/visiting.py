"""Visits of the stories: who went where, how, and what was found."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from alerts.demo.acts import holder, moved, open_alert
from alerts.models import Alert
from alerts.verification.concluding import QUESTIONNAIRE, conclusion
from alerts.verification.reported import report_visit
from foundation.accounts.roles import Role
from households.models import Household, Visit
from households.visits.purposes import Purpose, due_at
from households.visits.told import Place, Told
from households.visits.writing import record_visit

#: In the middle of a desert, where nobody of the stories lives.
PLACE = Place(39.0123, 83.0456, 18)
CHECK, CALL = "house_check", "call"
#: What a house check asks of every household, where all is well.
ALL_WELL = {"house_safe": "yes", "all_at_school": "yes", "all_insured": "yes", "water_safe": "yes"}


@dataclass(frozen=True, slots=True)
class Visits:
    """Somebody goes to the household, or telephones: the assistant of its village, or the verifier of its township."""

    day: datetime.date
    at: datetime.time
    found: str
    met: Sequence[str] = ()
    questionnaire: str = CALL
    answers: Mapping[str, object] = field(default_factory=dict)
    way: Visit.Way = Visit.Way.HOME
    way_reason: str = ""
    by: Role = Role.VILLAGE_ASSISTANT
    #: Whether it counts for everything that is due in that yard on its day.
    serves: bool = False

    def done(self, home: Household) -> bool:
        """Say whether such a visit stands."""
        rows = Visit.objects.filter(household=home, state="recorded")
        return rows.filter(happened_on=self.day, at=self.at).exists()

    def play(self, home: Household) -> Visit:
        """Write it down, on the day it was made."""
        needed = {"risk_seen": "none"} if self.questionnaire == CALL else ALL_WELL
        told = Told(
            self.way,
            at=self.at,
            questionnaire=self.questionnaire,
            answers={**needed, **self.answers, "found": self.found},
            way_reason=self.way_reason,
            met=list(home.residents.filter(name__in=self.met)),
            place=PLACE,
        )
        by = holder(self.by, home.area_id)
        due = [each.purpose for each in due_at(home, by)] if self.serves else []
        return record_visit(home, told, by=by, serves=due)


@dataclass(frozen=True, slots=True)
class Checks:
    """Whoever was sent goes to the household, fills in the doorstep check and reports it to the township."""

    day: datetime.date
    at: datetime.time
    found: str
    met: Sequence[str]
    answers: Mapping[str, object]

    def done(self, home: Household) -> bool:
        """Say whether a report was made on that day, or the household has no warning to visit."""
        return moved(home, "report", self.day) or not Alert.objects.filter(household=home).exists()

    def play(self, home: Household) -> Alert:
        """Write the visit down for the warning; one that stands already is reported anew."""
        alert = open_alert(home)
        visitor = alert.visitor or holder(Role.VILLAGE_ASSISTANT, home.area_id)
        rows = home.visits.filter(state="recorded", entered_by=visitor)
        standing = rows.filter(happened_on=self.day, at=self.at).first()
        if standing is not None:
            return report_visit(alert, standing, conclusion(standing.answers), by=visitor)
        told = Told(
            Visit.Way.HOME,
            at=self.at,
            questionnaire=QUESTIONNAIRE,
            answers={**ALL_WELL, **self.answers, "found": self.found},
            met=list(home.residents.filter(name__in=self.met)),
            place=PLACE,
        )
        record_visit(home, told, serves=[Purpose(Alert._meta.label_lower, str(alert.pk))], by=visitor)
        alert.refresh_from_db()
        return alert
