"""Visits of the stories: who went where, how, and what was found."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from alerts.demo.acts import holder
from foundation.accounts.roles import Role
from households.models import Household, Visit
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
        return record_visit(home, told, by=holder(self.by, home.area_id))
