"""The village of the stories gives every household its code, and takes the leaflet to the first doors."""

import datetime
from collections.abc import Sequence
from functools import partial

from alerts.demo.acts import person
from foundation.accounts.demo.places import VILLAGE
from foundation.accounts.models import Area
from households.codes.giving import give_out
from households.leaflets.ticking import give
from households.models import Household, HouseholdCode, LeafletTick
from monitoring.demo.days import MORNING, Scene

GIVEN_ON, TAKEN_ON = datetime.date(2026, 10, 19), datetime.date(2026, 10, 20)
#: Whom the assistant met at home on the first day.
AT_HOME = ("YS000001", "YS000007", "YS000009", "YS000012", "YS000093")
_ASSISTANT = "cun"


def scenes() -> Sequence[Scene]:
    """Return the day of the codes, and the first day of the leaflets."""
    return [
        Scene(GIVEN_ON, MORNING, 1, _are_given, _give),
        *(Scene(TAKEN_ON, MORNING, 1, partial(_has_one, code), partial(_take, code)) for code in AT_HOME),
    ]


def _are_given() -> bool:
    here = Household.objects.living().filter(area=VILLAGE)
    return HouseholdCode.objects.filter(household__in=here).exists() or not here.exists()


def _give() -> None:
    give_out(Area.objects.get(code=VILLAGE), by=person(_ASSISTANT))


def _has_one(code: str) -> bool:
    has_one = LeafletTick.objects.filter(household__code=code).exists()
    return has_one or not Household.objects.living().filter(code=code).exists()


def _take(code: str) -> None:
    give(Household.objects.get(code=code), by=person(_ASSISTANT))
