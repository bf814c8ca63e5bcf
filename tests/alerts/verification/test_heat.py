"""The heat list counts what a reader may see, by area and by person, and comes out as a workbook."""

import datetime
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from alerts.models import Alert
from alerts.verification import heat
from foundation.accounts.models import Area, User
from households.models import Household
from tests.alerts.made import find, follow, run_of
from tests.households.families import make_household

D = datetime.date
SignedIn = Callable[[str], Client]
People = dict[str, User]


@pytest.fixture
def alerts(people: People) -> dict[str, Alert]:
    """Return three warnings of two townships: two with the assistant, one of them overdue, one returned elsewhere."""
    run = run_of(people["xian"])
    for number, village in (("1", "999901001001"), ("2", "999901001001"), ("3", "999901002001")):
        made = make_household(f"YS00000{number}", "方小满", by=people["xian"])
        Household.objects.filter(pk=made.pk).update(area=village)
        made.refresh_from_db()
        find(run, "house_unsafe", made)
    follow(run)
    found = {row.household.code[-1]: row for row in Alert.objects.select_related("household")}
    with_him = {"state": "assigned", "visitor": people["cun"]}
    change(found["1"], step_due_on=D(2026, 11, 2), first_clue_on=D(2026, 10, 25), **with_him)
    change(found["2"], step_due_on=D(2026, 11, 5), first_clue_on=D(2026, 10, 30), **with_him)
    change(found["3"], state="returned", step_due_on=D(2026, 12, 5), total_due_on=None, urged=1)
    return found


def change(alert: Alert, **columns: Any) -> None:
    Alert.objects.filter(pk=alert.pk).update(**columns)


def figures(row: Any) -> tuple[int, int, int, int, int, float]:
    return row.open, row.overdue, row.soon, row.returned, row.unopened, row.days.total_seconds() / 86_400


def test_the_county_sees_its_townships(alerts: dict[str, Alert], people: People) -> None:
    found = {row.name: figures(row) for row in heat.areas(people["xian"])}
    assert found == {"青石镇": (2, 1, 1, 0, 2, 7.5), "白河镇": (1, 0, 0, 1, 0, 0.0)}


def test_a_township_sees_its_villages(alerts: dict[str, Alert], people: People) -> None:
    assert [row.name for row in heat.areas(people["zhen"])] == ["石桥村"]


def test_who_visits_is_counted_with_what_the_reader_may_see(alerts: dict[str, Alert], people: People) -> None:
    (row,) = heat.people(people["zhen"])
    assert (row, figures(row)) == (people["cun"], (2, 1, 1, 0, 2, 7.5))
    assert not heat.people(people["lin_xian"]).exists()


def test_what_has_ended_counts_no_more(alerts: dict[str, Alert], people: People) -> None:
    Alert.objects.update(state="closed")
    assert not heat.areas(people["xian"]).exists()


def test_the_page_leads_to_the_overdue_ones(alerts: dict[str, Alert], signed_in: SignedIn) -> None:
    shown = signed_in("xian").get("/alerts/heat/").content.decode()
    assert shown.index("青石镇") < shown.index("白河镇"), "the most overdue first"
    assert "/alerts/?area=999901001&amp;due=overdue" in shown
    assert "50 %" in shown


@pytest.mark.parametrize("sort", ["name", "-open", "days", "-urged"])
def test_every_column_sorts(alerts: dict[str, Alert], signed_in: SignedIn, sort: str) -> None:
    assert "青石镇" in signed_in("xian").get(f"/alerts/heat/?sort={sort}").content.decode()


def test_it_comes_out_as_a_workbook(alerts: dict[str, Alert], signed_in: SignedIn) -> None:
    answer = signed_in("xian").post("/export/", {"address": "/alerts/heat/?", "form": "xlsx"})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(content)).active for cell in row]
    assert "青石镇" in cells
    assert Area.objects.get(pk="999901002").name in cells


def test_nobody_waits_where_nothing_is_open(people: People, signed_in: SignedIn) -> None:
    assert "there is nothing to count" in signed_in("xian").get("/alerts/heat/people/").content.decode()
