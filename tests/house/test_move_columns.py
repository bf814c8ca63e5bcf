"""Whatever hangs on a household either goes along when it moves, or is listed as staying, with the reason."""

from collections import Counter

from django.apps import apps
from django.db.models import ForeignKey

from assistance.models import Case
from config.composition import MOVE_COLUMNS_THAT_STAY
from foundation.accounts.models import Area
from households.models import Household
from households.moving.followers import followers


def columns_with_a_household() -> set[str]:
    """Every key to a household or a case, and every area of a row that has one."""
    found = set()
    for model in apps.get_models():
        keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
        if model is Household or any(field.related_model in (Household, Case) for field in keys):
            found |= {
                f"{model._meta.app_label}.{model.__name__}.{field.name}"
                for field in keys
                if field.related_model in (Household, Case, Area)
            }
    return found


def test_every_column_with_a_household_goes_along_or_stays_for_a_reason() -> None:
    claimed = Counter(claim for follower in followers() for claim in follower.claims)
    assert [claim for claim, times in claimed.items() if times > 1] == []
    assert set(claimed) & set(MOVE_COLUMNS_THAT_STAY) == set()
    assert set(claimed) | set(MOVE_COLUMNS_THAT_STAY) == columns_with_a_household()


def test_staying_has_a_reason() -> None:
    assert all(len(reason) > len("history") for reason in MOVE_COLUMNS_THAT_STAY.values())
