"""Whatever hangs on an area either follows it when it gives way, or is listed as staying, with the reason."""

from collections import Counter

from django.apps import apps
from django.db.models import ForeignKey

from config.composition import AREA_COLUMNS_THAT_STAY
from foundation.accounts.composition import parts
from foundation.accounts.models import Area


def columns_with_an_area() -> set[str]:
    """Every foreign key to Area, and every plain column that holds an area code."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            linked = isinstance(field, ForeignKey) and field.related_model is Area
            if linked or field.name in ("area", "area_code"):
                found.add(f"{model._meta.app_label}.{model.__name__}.{field.name}")
    return found


def test_every_column_with_an_area_is_claimed_once_or_stays_for_a_reason() -> None:
    claimed = Counter(claim for follower in parts("AREA_FOLLOWERS") for claim in follower.claims)
    assert [claim for claim, times in claimed.items() if times > 1] == []
    assert set(claimed) & set(AREA_COLUMNS_THAT_STAY) == set()
    assert set(claimed) | set(AREA_COLUMNS_THAT_STAY) == columns_with_an_area()


def test_staying_has_a_reason() -> None:
    assert all(len(reason) > len("history") for reason in AREA_COLUMNS_THAT_STAY.values())
