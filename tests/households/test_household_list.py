"""The list of households: whose it shows, what it says of them, how it is narrowed, and what it costs."""

import csv
import datetime
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from foundation.accounts.loans import lend
from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Role
from foundation.desk.home import tiles
from households.models import Household, Standing
from tests.households.families import MOTHER, make_household, stand
from tests.people import NEIGHBOUR_VILLAGE, VILLAGE

SignedIn = Callable[..., Client]
People = dict[str, User]
OTHER_VILLAGE = "999901001002"
LIST = "/households/"


@pytest.fixture
def homes(people: People, home: Household) -> list[Household]:
    """The family of the fixture, a neighbour, one in another village, one in the next county."""
    by = people["xian"]
    return [
        home,
        make_household("YS000002", "杜谷雨", by=by, group_name="二组", water_safe=False, house_grade="A"),
        make_household("YS000003", "万清明", by=by, area=OTHER_VILLAGE),
        make_household("LX000001", "贺春分", by=by, area=NEIGHBOUR_VILLAGE),
    ]


def listed(client: Client, query: str = "") -> list[str]:
    answer = client.get(LIST + query)
    return [row.record.code for row in answer.context["table"].rows]


def test_one_sees_the_households_of_ones_own_areas(signed_in: SignedIn, homes: list[Household]) -> None:
    assert listed(signed_in("cun")) == ["YS000001", "YS000002"]
    assert listed(signed_in("zhen")) == ["YS000001", "YS000002", "YS000003"]
    assert listed(signed_in("lin_xian")) == ["LX000001"]
    assert signed_in("xitong").get(LIST).status_code == 403


def test_a_row_names_head_members_standing_and_the_masked_telephone(
    signed_in: SignedIn, homes: list[Household]
) -> None:
    stand(homes[0], "marginal", from_day=datetime.date(2026, 1, 1))
    stand(homes[0], "dibao", resident=homes[0].residents.get(relation=MOTHER))
    shown = signed_in("cun").get(LIST).content.decode()
    assert "沈立夏 (46)" in shown or "沈立夏（46" in shown
    assert "1380*****34" in shown
    assert "13800001234" not in shown
    (row, _other) = signed_in("cun").get(LIST).context["table"].rows
    cells = {cell.column.key: cell.value for cell in row.cells}
    assert cells["members"] == 4
    assert [badge.tone for badge in cells["standing"]] == ["action", "plain"]


def test_standing_that_is_over_or_of_somebody_gone_is_no_badge(
    signed_in: SignedIn, homes: list[Household]
) -> None:
    mother = homes[0].residents.get(relation=MOTHER)
    stand(homes[0], "sudden", from_day=datetime.date(2025, 1, 1), until_day=datetime.date(2026, 11, 3))
    stand(homes[0], "tekun", resident=mother)
    homes[0].residents.filter(pk=mother.pk).update(left_on="2026-11-01", departure="died")
    row = signed_in("cun").get(LIST).context["table"].rows[0]
    assert next(cell.value for cell in row.cells if cell.column.key == "standing") == []
    assert next(cell.value for cell in row.cells if cell.column.key == "members") == 3
    assert listed(signed_in("cun"), "?standing=tekun") == []


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("?head=立夏", ["YS000001"]),
        ("?head=slx", ["YS000001"]),
        ("?head=柳", []),
        ("?area=999901001002", ["YS000003"]),
        ("?area=石桥村", ["YS000001", "YS000002"]),
        ("?area=东山村", []),
        ("?group=二", ["YS000002"]),
        ("?grade=C", ["YS000001"]),
        ("?grade=C&not=grade", ["YS000002", "YS000003"]),
        ("?water=unsafe", ["YS000002"]),
        ("?water=unstated", ["YS000003"]),
        ("?standing=lifted_out", ["YS000002"]),
        ("?monitored=yes", ["YS000001"]),
        ("?monitored=no", ["YS000002", "YS000003"]),
        ("?dissolved=yes", ["YS000009"]),
    ],
)
def test_the_list_is_narrowed(
    query: str, codes: list[str], signed_in: SignedIn, people: People, homes: list[Household]
) -> None:
    make_household("YS000009", by=people["xian"], dissolved_on="2026-05-01")
    stand(homes[0], "sudden", from_day=datetime.date(2026, 11, 4))
    stand(homes[1], "lifted_out")
    assert listed(signed_in("xian"), query) == codes


def test_a_longer_list_costs_no_more_queries(
    signed_in: SignedIn, people: People, homes: list[Household]
) -> None:
    client = signed_in("cun")
    client.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(LIST)
    for number in range(10, 30):
        made = make_household(
            f"YS{number:06d}", "盛处暑", "祝寒露", by=people["xian"], phone=f"138000000{number}"
        )
        stand(made, "lifted_out")
    with CaptureQueriesContext(connection) as many:
        assert len(listed(client)) == 22
    assert len(many) <= len(few) + 1


def test_an_export_says_the_same_masked(signed_in: SignedIn, homes: list[Household]) -> None:
    stand(homes[0], "lifted_out")
    stand(homes[0], "marginal", from_day=datetime.date(2026, 1, 1))
    answer = signed_in("cun").post("/export/", {"address": LIST, "form": "csv"})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    lines = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    told = next(line for line in lines if "YS000001" in line)
    assert told[-1] == "1380*****34"
    assert told[-2].count("、") == 1
    assert "13800001234" not in body.decode()


def test_an_empty_list_says_how_households_get_here(signed_in: SignedIn, people: People) -> None:
    shown = signed_in("cun").get(LIST)
    assert shown.context["table"].rows == []
    assert str(shown.context["table"].empty) in shown.content.decode()


def test_who_was_lent_a_household_finds_it_without_the_right(
    signed_in: SignedIn, people: People, home: Household
) -> None:
    client = signed_in("bangfu")
    assert client.get(LIST).status_code == 403
    until = datetime.date(2026, 12, 31)
    lend(home, VILLAGE, people["bangfu"], until, by=people["anquan"], reason="结对帮扶")
    assert listed(client) == ["YS000001"]
    page = reverse("households:household", args=[home.pk])
    assert client.get(page).status_code == 200
    assert f'href="{LIST}"' in client.get("/").content.decode()
    assert client.get(reverse("households:household_correct", args=[home.pk])).status_code == 403


def test_the_page_of_an_area_counts_its_households(signed_in: SignedIn, homes: list[Household]) -> None:
    shown = signed_in("zhen").get(reverse("desk:area", args=[VILLAGE]))
    (fact,) = [each for each in shown.context["facts"] if each.url == f"{LIST}?area={VILLAGE}"]
    assert fact.text.startswith("2")
    assert signed_in("xitong").get(reverse("desk:area", args=[VILLAGE])).context["facts"] == []


def test_a_tile_counts_the_monitored_households(people: People, homes: list[Household]) -> None:
    stand(homes[0], Standing.Kind.SUDDEN, from_day=datetime.date(2026, 11, 4))
    stand(homes[1], Standing.Kind.LIFTED_OUT)
    counts = {tile.url: tile.count for tile in tiles(people["cun"])}
    assert counts[f"{LIST}?monitored=yes"] == 1
    assert f"{LIST}?monitored=yes" not in {tile.url for tile in tiles(people["shuji"])}


def test_the_area_looked_at_narrows_the_list(
    signed_in: SignedIn, people: People, homes: list[Household]
) -> None:
    make_household("YS000004", "雷大寒", by=people["xian"], area="999901002001")
    post = {"role": Role.TOWNSHIP_VERIFIER, "area_id": "999901002", "from_day": datetime.date(2026, 1, 1)}
    Posting.objects.create(user=people["zhen"], **post)
    client = signed_in("zhen")
    assert len(listed(client)) == 4
    client.post("/look-at-area/", {"area": "999901002", "next": LIST})
    assert listed(client) == ["YS000004"]
