"""A visit as tests tell it: yesterday's words, today's day, at home with the head."""

from typing import Any

from households.models import Household, Resident, Visit
from households.visits.told import Place, Told

#: Answers that the short questionnaire takes.
ANSWERS = {"found": "家里一切正常", "risk_seen": "none"}
#: Answers that the house check takes, those that it must have.
CHECKED = {
    "income_trend": "down",
    "house_safe": "no",
    "all_at_school": "yes",
    "all_insured": "no",
    "water_safe": "yes",
    "found": "住房为 C 级",
}
PLACE = Place(34.123456, 113.654321, 12)


def head_of(home: Household) -> Resident:
    """Return the head of a household."""
    return home.residents.get(relation="01")


def told(home: Household, **changes: Any) -> Told:
    """Return a visit at home that met the head, told with some changes."""
    usual: dict[str, Any] = {
        "way": Visit.Way.HOME,
        "met": [head_of(home)],
        "answers": ANSWERS,
        "place": PLACE,
    }
    return Told(**usual | changes)
