"""Deliveries on the page: each department its own, what was taken and what not, and who may do what."""

from collections.abc import Callable

import pytest
from django.test import Client

from foundation.accounts.models import User
from foundation.desk.exports import Wanted, select
from foundation.ledger.models import Entry
from foundation.workflow.models import Passage
from monitoring.models import Delivery
from tests.monitoring.intake.files import row, taken
from tests.monitoring.made import delivered

SignedIn = Callable[[str], Client]
SETTLEMENT = "medical_settlement"


def text(client: Client, address: str) -> str:
    """Return the words of a page that opens."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


class TestTheList:
    """Which deliveries somebody sees."""

    def test_a_department_sees_its_own_and_the_county_all(self, signed_in: SignedIn, people: dict[str, User]):
        own = delivered(SETTLEMENT, "2026-10", people["yibao"])
        other = delivered("dibao_roll", "2026-10", people["xian"])
        shown = text(signed_in("yibao"), "/deliveries/")
        assert f"/deliveries/{own.pk}/" in shown
        assert f"/deliveries/{other.pk}/" not in shown
        assert "2 found" in text(signed_in("xian"), "/deliveries/")
        assert "0 found" in text(signed_in("lin_xian"), "/deliveries/")
        assert f"/deliveries/{other.pk}/" in text(signed_in("jingban"), "/deliveries/")

    @pytest.mark.parametrize("who", ["cun", "zhen", "anquan", "bangfu"])
    def test_others_see_none(self, signed_in: SignedIn, who: str):
        assert signed_in(who).get("/deliveries/").status_code == 403

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("dataset=medical_settlement", 2),
            ("department=civil_affairs", 1),
            ("state=waiting", 1),
            ("period=2026-1", 2),
            ("period=2026-1&not=period", 1),
            ("area=示例县", 3),
            ("area=999902", 0),
            ("rejects=yes", 1),
            ("rejects=no", 2),
        ],
    )
    def test_filters_narrow_it(self, signed_in: SignedIn, people: dict[str, User], asked: str, found: int):
        delivered(SETTLEMENT, "2026-10", people["yibao"], state="waiting", rejects={"id_masked": 30})
        delivered(SETTLEMENT, "2026-09", people["yibao"])
        delivered("dibao_roll", "2026-10", people["xian"])
        assert f"{found} found" in text(signed_in("xian"), f"/deliveries/?{asked}")

    def test_it_is_exported_as_it_stands(self, people: dict[str, User]):
        delivered(SETTLEMENT, "2026-10", people["yibao"])
        chosen = select(Wanted("/deliveries/", "dataset=medical_settlement", "", "xlsx"), by=people["xian"])
        assert chosen.count == 1

    def test_the_empty_list_says_how_things_get_there(self, signed_in: SignedIn):
        assert "hands in the file that its system exports" in text(signed_in("yibao"), "/deliveries/")

    def test_only_who_delivers_is_offered_to(self, signed_in: SignedIn):
        assert "/deliveries/hand-in/" in text(signed_in("yibao"), "/deliveries/")
        assert "/deliveries/hand-in/" not in text(signed_in("lingdao"), "/deliveries/")


class TestTheReport:
    """One delivery."""

    def test_it_says_what_was_taken_and_what_not(self, signed_in: SignedIn, people: dict[str, User]):
        made = delivered(
            SETTLEMENT,
            "2026-10",
            people["yibao"],
            rejects={"id_checksum": 4, "number_negative": 1},
            columns_dropped=["备注"],
            corrections=2,
        )
        shown = text(signed_in("yibao"), f"/deliveries/{made.pk}/")
        for said in (
            "look for a mistyped digit",
            "must not be below zero",
            "备注",
            "5.0 %",
            made.file_sha256,
        ):
            assert said in shown
        assert "2 rows gave an earlier row another content" in shown
        assert f"/deliveries/{made.pk}/rejects/?reason=id_checksum" in shown

    def test_who_only_reads_gets_no_rows_and_no_buttons(self, signed_in: SignedIn, people: dict[str, User]):
        made = delivered(SETTLEMENT, "2026-10", people["yibao"], rejects={"id_checksum": 4})
        shown = text(signed_in("lingdao"), f"/deliveries/{made.pk}/")
        assert "look for a mistyped digit" in shown
        for address in ("rejects", "replay", "withdraw", "hand-in"):
            assert f"{address}/" not in shown.split("<main")[1]
        for address in ("rejects/", "rejects/workbook/", "replay/", "withdraw/"):
            assert signed_in("lingdao").get(f"/deliveries/{made.pk}/{address}").status_code == 403

    @pytest.mark.parametrize("who", ["lin_xian", "jingban"])
    def test_another_area_and_another_department_find_nothing(
        self, signed_in: SignedIn, people: dict[str, User], who: str
    ):
        made = delivered(SETTLEMENT, "2026-10", people["yibao"])
        assert signed_in(who).get(f"/deliveries/{made.pk}/").status_code == 404

    def test_what_could_not_be_read_says_why_and_leads_to_the_form(
        self, signed_in: SignedIn, people: dict[str, User]
    ):
        made = delivered(SETTLEMENT, "2026-10", people["yibao"], state="failed")
        shown = text(signed_in("yibao"), f"/deliveries/{made.pk}/")
        assert "The workbook is locked." in shown
        assert "dataset=medical_settlement&amp;area=999901&amp;period=2026-10" in shown

    def test_deleted_rows_are_told_honestly(self, signed_in: SignedIn, people: dict[str, User]):
        made = delivered(SETTLEMENT, "2026-10", people["yibao"])
        assert "Then the rows and the file are deleted" in text(signed_in("yibao"), f"/deliveries/{made.pk}/")
        made.batch.deleted_on = made.received_on
        made.batch.save()
        assert "The rows were deleted on 2026-11-04" in text(signed_in("yibao"), f"/deliveries/{made.pk}/")

    def test_looking_at_counts_writes_nothing(self, signed_in: SignedIn, people: dict[str, User]):
        made, client = delivered(SETTLEMENT, "2026-10", people["yibao"]), signed_in("yibao")
        before = Entry.objects.count()
        text(client, f"/deliveries/{made.pk}/")
        assert Entry.objects.count() == before


class TestDecisions:
    """What people do with a delivery."""

    @pytest.mark.parametrize(("verb", "state"), [("release", "accepted"), ("refuse", "refused")])
    def test_what_waits_is_decided_with_a_reason(
        self, signed_in: SignedIn, people: dict[str, User], verb: str, state: str
    ):
        made = delivered(SETTLEMENT, "2026-10", people["yibao"], state="waiting", rejects={"id_masked": 30})
        client, address = signed_in("yibao"), f"/deliveries/{made.pk}/{verb}/"
        assert f"/deliveries/{made.pk}/{verb}/" in text(client, f"/deliveries/{made.pk}/")
        answer = client.post(address, {"reason": "", "version": made.version})
        assert answer.status_code == 200
        made.refresh_from_db()
        assert made.state == "waiting"
        answer = client.post(address, {"reason": "asked the hospital", "version": made.version})
        assert answer["Location"] == f"/deliveries/{made.pk}/"
        made.refresh_from_db()
        assert made.state == state
        assert Passage.objects.filter(object_id=str(made.pk), verb=verb, reason="asked the hospital").exists()
        assert "asked the hospital" in text(client, f"/deliveries/{made.pk}/")

    def test_what_somebody_else_decided_meanwhile_is_not_decided_again(
        self, signed_in: SignedIn, people: dict[str, User]
    ):
        made = taken(people["yibao"], row())
        answer = signed_in("yibao").post(
            f"/deliveries/{made.pk}/withdraw/", {"reason": "wrong month", "version": made.version - 1}
        )
        assert b"Somebody else has just changed this" in answer.content
        made.refresh_from_db()
        assert made.state == "accepted"

    def test_a_withdrawn_list_gives_its_place_back(self, signed_in: SignedIn, people: dict[str, User]):
        first = taken(people["xian"], row("dibao_roll"), dataset="dibao_roll")
        second = taken(people["xian"], row("dibao_roll", 2), dataset="dibao_roll")
        client = signed_in("xian")
        assert f"/deliveries/{second.pk}/" in text(client, f"/deliveries/{first.pk}/")
        assert f"/deliveries/{first.pk}/" in text(client, f"/deliveries/{second.pk}/")
        version = Delivery.objects.get(pk=second.pk).version
        client.post(f"/deliveries/{second.pk}/withdraw/", {"reason": "wrong month", "version": version})
        assert Delivery.objects.get(pk=first.pk).state == "accepted"
        assert Delivery.objects.get(pk=second.pk).state == "withdrawn"

    def test_a_file_is_read_again_as_a_new_delivery(self, signed_in: SignedIn, people: dict[str, User]):
        made = taken(people["yibao"], row())
        client = signed_in("yibao")
        assert "in the place of this one" in text(client, f"/deliveries/{made.pk}/replay/")
        answer = client.post(f"/deliveries/{made.pk}/replay/")
        again = Delivery.objects.exclude(pk=made.pk).get()
        assert answer["Location"] == f"/deliveries/{again.pk}/"
        assert again.replaces_id == made.pk

    @pytest.mark.parametrize("verb", ["take", "hold", "supersede", "restore", "fail", "nonsense"])
    def test_the_platforms_own_moves_are_nobodys(
        self, signed_in: SignedIn, people: dict[str, User], verb: str
    ):
        made = delivered(SETTLEMENT, "2026-10", people["yibao"], state="received")
        assert signed_in("yibao").post(f"/deliveries/{made.pk}/{verb}/").status_code == 404
