"""Warning standards on the page: everybody reads them, with the line of their area, its source, or its silence."""

import io
from collections.abc import Callable

import pytest
from django.test import Client
from openpyxl import load_workbook

from foundation.accounts.models import User
from foundation.ledger.models import Entry
from monitoring.models import DeclaredStandard
from monitoring.screening.book import standards
from monitoring.screening.loading import GONE, declare, load_shipped
from tests.foundation.regulations.made import says
from tests.people import COUNTY, NEIGHBOUR_COUNTY

SignedIn = Callable[[str], Client]


def text(client: Client, address: str) -> str:
    """Return the words of a page that opens."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode().replace("&#x27;", "'")


class TestTheTable:
    """What the database knows of the declarations."""

    def test_standards_are_declared_once_and_stand_in_the_record(self, db: None) -> None:
        assert Entry.objects.filter(verb="standards.declared").count() == 1
        load_shipped()
        assert Entry.objects.filter(verb="standards.declared").count() == 1
        assert set(DeclaredStandard.objects.values_list("pk", flat=True)) == set(standards())
        left = DeclaredStandard.objects.get(pk="dibao_left")
        assert set(left.datasets.values_list("pk", flat=True)) == {
            "dibao_roll", "cremation", "household_registration",
        }  # fmt: skip

    def test_a_standard_without_its_file_stays_and_says_so(self, db: None) -> None:
        kept = {code: each for code, each in standards().items() if code != "uninsured"}
        assert declare(kept, by=User.objects.built_in("system")) == {"uninsured": GONE}
        assert DeclaredStandard.objects.get(pk="uninsured").withdrawn
        assert not DeclaredStandard.objects.declared().filter(pk="uninsured").exists()


class TestTheList:
    """All questions by theme."""

    @pytest.mark.parametrize("who", ["cun", "bangfu", "yibao", "xian", "lingdao", "sheng", "wenshen"])
    def test_everybody_reads_every_question(self, signed_in: SignedIn, who: str) -> None:
        shown = text(signed_in(who), "/standards/")
        assert all(each.asks_en in shown for each in standards().values())
        assert "19 found" in shown

    def test_a_line_stands_beside_its_source_and_silence_is_said(self, signed_in: SignedIn) -> None:
        shown = text(signed_in("xian"), "/standards/?theme=illness")
        assert "≥ 26,000.00 yuan/year" in shown
        assert "1 silent" in shown
        assert "no value is in force" in shown
        assert "proposal, no document" in shown

    def test_the_line_is_that_of_the_readers_area(self, signed_in: SignedIn) -> None:
        says("disaster_loss_line", COUNTY, "2026-01-01", "12345")
        assert "12,345.00" in text(signed_in("xian"), "/standards/")
        assert "12,345.00" not in text(signed_in("lin_xian"), "/standards/")
        assert signed_in("lin_xian").get(f"/standards/?area={COUNTY}").status_code == 404

    def test_filters_narrow_it(self, signed_in: SignedIn) -> None:
        assert "3 found" in text(signed_in("xian"), "/standards/?theme=illness&only=speaking")
        assert "1 found" in text(signed_in("xian"), "/standards/?only=reminder")
        assert "19 silent" in text(signed_in("xian"), "/standards/?on=2020-12-31")
        assert "Nothing fits these filters" in text(signed_in("xian"), "/standards/?theme=work&only=silent")
        assert "19 found" in text(signed_in("xian"), "/standards/?theme=nonsense&only=nonsense")

    def test_the_sheet_has_a_line_for_each_class(self, signed_in: SignedIn) -> None:
        answer = signed_in("xian").get("/standards/sheet/?theme=illness")
        rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
        assert [row[2] for row in rows[4:]].count("medical_single_stay") == 2
        assert any("≥ 6,000.00 yuan" in str(row[6]) for row in rows[4:])


class TestOneStandard:
    """The page of one standard."""

    @pytest.mark.parametrize("code", standards())
    def test_it_says_what_it_asks_and_of_which_data(self, signed_in: SignedIn, code: str) -> None:
        shown = text(signed_in("xian"), f"/standards/{code}/")
        assert standards()[code].asks_en in shown
        assert all(f"/datasets/{dataset}/" in shown for dataset in standards()[code].datasets)

    def test_it_shows_every_sourced_line(self, signed_in: SignedIn) -> None:
        shown = text(signed_in("xian"), "/standards/medical_self_paid_year/")
        for part in ("&gt; 7,000.00 yuan/year", "2025-07-18", "&gt; 0.5 * last_year", "≥ 10,000.00", "西安"):
            assert part in shown

    def test_a_reminder_and_a_silent_one_say_so(self, signed_in: SignedIn) -> None:
        assert "opens no warning" in text(signed_in("xian"), "/standards/cremated_in_benefit/")
        assert "Silent here on this day" in text(signed_in("xian"), "/standards/medical_scope_paid_year/")

    def test_who_may_not_see_a_contract_reads_its_name_without_a_link(self, signed_in: SignedIn) -> None:
        shown = text(signed_in("yibao"), "/standards/dibao_left/")
        assert "Civil affairs" in shown
        assert "/datasets/dibao_roll/" not in shown

    def test_only_who_may_propose_is_offered_it(self, signed_in: SignedIn) -> None:
        address = "/standards/loan_overdue/"
        assert "/loan_overdue_days/propose" in text(signed_in("xian"), address)
        assert "/loan_overdue_days/propose" not in text(signed_in("cun"), address)

    def test_an_unknown_or_withdrawn_one_is_not_there(self, signed_in: SignedIn) -> None:
        DeclaredStandard.objects.filter(pk="uninsured").update(withdrawn=True)
        for code in ("uninsured", "no_such_standard"):
            assert signed_in("xian").get(f"/standards/{code}/").status_code == 404
        assert signed_in("xian").get(f"/standards/dibao_left/?area={NEIGHBOUR_COUNTY}").status_code == 404


class TestTheApi:
    """The declarations for programs."""

    def test_a_list_and_the_whole_of_one(self, signed_in: SignedIn) -> None:
        found = signed_in("cun").get("/api/v1/standards/?dataset=cremation").json()
        rows = found["results"] if isinstance(found, dict) else found
        assert {row["code"] for row in rows} == {"cremated_in_benefit", "dibao_left", "benefit_fell"}
        told = signed_in("cun").get("/api/v1/standards/farm_income_fall/").json()
        assert told["measure"]["where"] == [{"column": "年度", "newest": True}]
        assert (told["line"], told["version"]) == (
            "farm_income_fall_share",
            standards()["farm_income_fall"].digest,
        )

    def test_nobody_changes_them_here(self, signed_in: SignedIn) -> None:
        assert signed_in("xian").post("/api/v1/standards/", {}).status_code in (403, 405)
