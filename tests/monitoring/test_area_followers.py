"""Deliveries and confirmed headers when a township is renumbered or split."""

import datetime

import pytest

from foundation.accounts import areas as stages
from foundation.accounts.models import Area, User
from foundation.files.models import Attachment
from monitoring.models import Delivery, HeaderMeaning
from tests.people import TOWNSHIP

DAY = datetime.date(2026, 11, 4)


@pytest.fixture
def delivered(people: dict[str, User], areas: dict[str, Area]) -> Delivery:
    """Return a delivery for the township, whose header “号码” somebody has explained."""
    HeaderMeaning.objects.create(
        dataset_id="water_supply",
        area=areas[TOWNSHIP],
        header="号码",
        column="户主身份证号",
        confirmed_by=people["xian"],
        confirmed_on=DAY,
    )
    return Delivery.objects.create(
        dataset_id="water_supply",
        area=areas[TOWNSHIP],
        period="2026-10",
        period_last=datetime.date(2026, 10, 31),
        by=people["xian"],
        received_on=DAY,
        file_size=1,
        file_sha256="0" * 64,
        state="accepted",
    )


@pytest.fixture
def original(delivered: Delivery, people: dict[str, User]) -> Attachment:
    """Return the kept file of the delivery, as far as an area matters to it."""
    return Attachment.objects.create(
        owner_model="monitoring.delivery",
        owner_id=str(delivered.pk),
        area=TOWNSHIP,
        kind="original",
        media_type="text/csv",
        size=1,
        sha256="0" * 64,
        uploaded_by=people["xian"],
        uploaded_on=DAY,
        retention_until=DAY,
    )


def explained_in() -> set[str]:
    return set(HeaderMeaning.objects.values_list("area_id", flat=True))


def test_a_new_number_takes_deliveries_files_and_headers_along(
    delivered: Delivery, original: Attachment, areas: dict[str, Area]
):
    stages.renumber(areas[TOWNSHIP], "999901009", by=User.objects.built_in("shell"), reason="文号1")
    delivered.refresh_from_db()
    original.refresh_from_db()
    assert delivered.area_id == original.area == "999901009"
    assert explained_in() == {TOWNSHIP, "999901009"}


def test_in_a_split_a_delivery_stays_and_headers_hold_in_both(delivered: Delivery, areas: dict[str, Area]):
    by = User.objects.built_in("shell")
    into = [stages.add(f"99990100{number}", f"新镇{number}", by=by) for number in (7, 8)]
    for village in Area.objects.filter(parent=TOWNSHIP):
        stages.renumber(village, f"999901007{village.pk[9:]}", by=by, reason="文号2")
    stages.split(areas[TOWNSHIP], into, by=by, reason="文号2")
    delivered.refresh_from_db()
    assert delivered.area_id == TOWNSHIP
    assert explained_in() == {TOWNSHIP, "999901007", "999901008"}
