"""Pages of areas: what each person finds, what they may do there, and what the forms answer."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts import areas
from foundation.accounts.models import Area, User
from tests.people import COUNTY, NEIGHBOUR_VILLAGE, TOWNSHIP, VILLAGE

SignedIn = Callable[..., Client]
OTHER_VILLAGE = "999901001002"
ACTS = ("add", "rename", "renumber", "merge", "split", "retire")
WHEN = {"happened_on": "2026-11-04", "reason": "示例民函〔2026〕1号"}


def page(client: Client, code: str) -> str:
    return client.get(reverse("desk:area", args=[code])).content.decode()


def do(client: Client, act: str, area: str, /, **given: str) -> tuple[int, str]:
    """Post an act; returns the status and the page it ends on."""
    answer = client.post(reverse(f"desk:area_{act}", args=[area]), WHEN | given)
    return answer.status_code, answer.headers.get("Location", answer.content.decode())


def listed(client: Client, query: str = "") -> list[str]:
    answer = client.get(reverse("desk:areas") + query)
    return [row.record.name for row in answer.context["table"].rows]


class TestList:
    def test_the_tree_begins_at_ones_own_areas(self, signed_in: SignedIn) -> None:
        assert listed(signed_in("xian")) == ["示例县", "青石镇", "白河镇"]
        assert listed(signed_in("cun")) == ["石桥村"]
        assert listed(signed_in("sheng")) == ["示例省", "示例市"]

    @pytest.mark.parametrize("typed", ["石桥", "sqc", "999901001001", "SQ"])
    def test_an_area_is_found_by_name_initials_and_code(self, typed: str, signed_in: SignedIn) -> None:
        assert "石桥村" in listed(signed_in("xian"), f"?q={typed}")

    def test_it_is_still_found_by_its_former_name(self, signed_in: SignedIn, people: dict[str, User]) -> None:
        areas.rename(Area.objects.get(pk=VILLAGE), "新名村", by=people["xitong"])
        assert listed(signed_in("xian"), "?q=石桥") == ["新名村"]

    def test_a_padded_code_finds_its_area(self, signed_in: SignedIn) -> None:
        assert listed(signed_in("xian"), "?q=999901001000") == ["青石镇"]

    def test_levels_orphans_and_retired_areas_are_looked_up(
        self, signed_in: SignedIn, people: dict[str, User]
    ) -> None:
        Area.objects.create(code="999901009001", name="孤村", level=12)
        areas.retire(Area.objects.get(pk=OTHER_VILLAGE), by=people["xitong"], reason="x")
        client = signed_in("xian")
        assert listed(client, "?orphan=yes") == ["孤村"]
        assert listed(client, "?retired=yes") == ["芒种村"]
        assert listed(client, "?level=12") == ["石桥村", "河口村", "孤村"]

    def test_nothing_of_the_neighbour_is_found(self, signed_in: SignedIn) -> None:
        assert listed(signed_in("xian"), "?q=东山") == []


class TestPage:
    def test_it_names_what_is_above_but_opens_only_what_is_ones_own(self, signed_in: SignedIn) -> None:
        shown = page(signed_in("zhen"), VILLAGE)
        assert "示例市" in shown
        assert reverse("desk:area", args=["9999"]) not in shown
        assert reverse("desk:area", args=[TOWNSHIP]) in shown

    def test_outside_ones_areas_there_is_nothing(self, signed_in: SignedIn) -> None:
        client = signed_in("xian")
        for code in (NEIGHBOUR_VILLAGE, "9999", "000000", "x"):
            assert client.get(reverse("desk:area", args=[code])).status_code == 404

    def test_it_tells_names_successors_and_history(
        self, signed_in: SignedIn, people: dict[str, User]
    ) -> None:
        village = Area.objects.get(pk=VILLAGE)
        areas.rename(village, "石桥新村", by=people["xitong"], reason="一号文")
        areas.merge(village, Area.objects.get(pk=OTHER_VILLAGE), by=people["xitong"], reason="二号文")
        client = signed_in("xian")
        shown = page(client, VILLAGE)
        for words in ("石桥村", "2026-11-03", "一号文", "二号文", "芒种村", OTHER_VILLAGE):
            assert words in shown
        assert "石桥新村" in page(client, OTHER_VILLAGE)

    @pytest.mark.parametrize(("username", "offered"), [("xitong", True), ("xian", False), ("cun", False)])
    def test_acts_are_offered_to_who_may_change_areas(
        self, username: str, offered: bool, signed_in: SignedIn
    ) -> None:
        shown = page(signed_in(username), VILLAGE)
        assert all((reverse(f"desk:area_{act}", args=[VILLAGE]) in shown) is offered for act in ACTS)


class TestActs:
    def test_an_area_is_added_renamed_and_found_on_its_page(self, signed_in: SignedIn) -> None:
        client = signed_in("xitong")
        status, then = do(client, "add", TOWNSHIP, code="999901001003", name="白露村")
        assert (status, then) == (302, reverse("desk:area", args=["999901001003"]))
        do(client, "rename", "999901001003", name="白露新村")
        assert Area.objects.get(pk="999901001003").name == "白露新村"

    def test_a_merger_may_be_typed_by_name(self, signed_in: SignedIn) -> None:
        status, _then = do(signed_in("xitong"), "merge", VILLAGE, into="芒种村")
        assert status == 302
        assert Area.objects.get(pk=VILLAGE).retired_on is not None

    def test_a_split_names_its_successors_line_by_line(self, signed_in: SignedIn) -> None:
        client = signed_in("xitong")
        do(client, "add", TOWNSHIP, code="999901001003", name="白露村")
        status, _then = do(client, "split", VILLAGE, into="芒种村\n999901001003\n")
        assert status == 302
        assert Area.objects.get(pk=VILLAGE).successions.count() == 2

    def test_a_new_code_leads_to_the_page_of_the_new_code(self, signed_in: SignedIn) -> None:
        _status, then = do(signed_in("xitong"), "renumber", VILLAGE, code="９９９９０１００１００３")
        assert then == reverse("desk:area", args=["999901001003"])

    def test_a_retired_area_is_restored(self, signed_in: SignedIn) -> None:
        client = signed_in("xitong")
        do(client, "retire", OTHER_VILLAGE)
        do(client, "restore", OTHER_VILLAGE)
        assert Area.objects.get(pk=OTHER_VILLAGE).retired_on is None

    def test_a_refusal_stands_in_the_form_and_what_was_typed_is_kept(self, signed_in: SignedIn) -> None:
        answer = signed_in("xitong").post(
            reverse("desk:area_add", args=[TOWNSHIP]), WHEN | {"code": VILLAGE, "name": "新来村"}
        )
        assert answer.status_code == 200
        assert "code" in answer.context["form"].errors
        assert "新来村" in answer.content.decode()

    @pytest.mark.parametrize("typed", ["没有村", "999999", "东山村", NEIGHBOUR_VILLAGE])
    def test_what_is_not_ones_own_cannot_be_chosen(self, typed: str, signed_in: SignedIn) -> None:
        answer = signed_in("xitong").post(reverse("desk:area_merge", args=[VILLAGE]), WHEN | {"into": typed})
        assert "into" in answer.context["form"].errors
        assert Area.objects.get(pk=VILLAGE).retired_on is None

    @pytest.mark.parametrize("act", [*ACTS, "restore"])
    def test_nobody_else_reaches_an_act(self, act: str, signed_in: SignedIn) -> None:
        assert do(signed_in("xian"), act, VILLAGE)[0] == 403
        assert do(signed_in("xitong"), act, NEIGHBOUR_VILLAGE)[0] == 404


class TestPicker:
    def test_it_suggests_living_areas_of_ones_own(self, signed_in: SignedIn) -> None:
        client = signed_in("xian")
        shown = client.get(reverse("desk:area_pick"), {"field": "into", "into": "sq", "level": "12"})
        assert f'value="{VILLAGE}"' in shown.content.decode()
        assert "东山" not in client.get(reverse("desk:area_pick"), {"q": "东山"}).content.decode()

    def test_without_a_letter_it_suggests_nothing(self, signed_in: SignedIn) -> None:
        assert "option" not in signed_in("xian").get(reverse("desk:area_pick")).content.decode()


class TestApi:
    def test_it_gives_the_areas_of_ones_own(self, signed_in: SignedIn) -> None:
        answer = signed_in("zhen").get("/api/v1/areas/").json()
        assert {row["code"] for row in answer["results"]} == {TOWNSHIP, VILLAGE, OTHER_VILLAGE}
        assert answer["results"][0]["padded_code"] == "999901001000"

    def test_it_narrows_by_what_is_asked(self, signed_in: SignedIn) -> None:
        rows = signed_in("xian").get("/api/v1/areas/", {"q": "sq", "level": "12"}).json()["results"]
        assert [row["code"] for row in rows] == [VILLAGE]
        below = signed_in("xian").get("/api/v1/areas/", {"parent": COUNTY}).json()["results"]
        assert len(below) == 2

    def test_it_knows_nothing_else_and_changes_nothing(self, signed_in: SignedIn) -> None:
        client = signed_in("xian")
        assert client.get(f"/api/v1/areas/{NEIGHBOUR_VILLAGE}/").status_code == 404
        assert client.get(f"/api/v1/areas/{VILLAGE}/").json()["name"] == "石桥村"
        assert client.post("/api/v1/areas/", {"code": "999901001009"}).status_code == 405
        assert Client().get("/api/v1/areas/").status_code in (401, 403)
