"""A doorstep check as tests tell it: everything well, and the household not to be enrolled."""

from typing import Any

from alerts.models import Alert
from foundation.accounts.models import User
from households.models import Household, Visit
from households.visits.purposes import Purpose
from households.visits.told import Place, Told
from households.visits.writing import record_visit

#: Answers of a check that finds no risk.
NO_RISK = {
    "living_together": 4, "wages": "52000", "house_safe": "yes", "all_at_school": "yes", "all_insured": "yes",
    "water_safe": "yes", "income_part": "above", "expense_part": "bearable", "hardship_part": "none",
    "coping_part": "able", "opinion": "decline", "outcome": "not_eligible", "found": "住院已报销，收入稳定",
}  # fmt: skip
#: Answers of a check that proposes enrolment.
RISK = NO_RISK | {
    "expense_part": "heavy", "hardship_part": "grave", "coping_part": "unable", "opinion": "propose", "outcome": None,
    "medical_paid": "31000", "found": "住院自付三万元，借了两万元",
}  # fmt: skip


def purpose_of(alert: Alert) -> Purpose:
    """Return the purpose of a visit that checks an alert."""
    return Purpose("alerts.alert", str(alert.pk))


def checked(alert: Alert, by: User, answers: dict[str, Any] | None = None, **changes: Any) -> Visit:
    """Write the doorstep check of an alert down."""
    home: Household = alert.household
    usual: dict[str, Any] = {
        "way": "home",
        "questionnaire": "doorstep",
        "answers": NO_RISK if answers is None else answers,
        "met": list(home.residents.filter(relation="01")),
        "place": Place(34.1, 113.9, 12),
    }
    given = usual | changes
    serves = given.pop("serves", [purpose_of(alert)])
    return record_visit(home, Told(**given), by=by, serves=serves)
