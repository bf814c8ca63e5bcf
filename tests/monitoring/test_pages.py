"""Contracts on the page: each department its own, the whole truth of a declaration, a list to sign."""

import datetime
import io
from collections.abc import Callable

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from foundation.accounts.models import Area, Department, Posting, User
from foundation.desk.exports import Wanted, select
from foundation.ledger.models import Entry
from monitoring.contracts.book import contract, contracts
from monitoring.models import Dataset
from monitoring.screening.book import standard
from tests.monitoring.made import delivered
from tests.people import COUNTY, FIRST_DAY, NEIGHBOUR_COUNTY
from tests.reading import visible

SignedIn = Callable[[str], Client]


def text(client: Client, address: str) -> str:
    """Return the words of a page that opens."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


class TestTheList:
    """Which datasets somebody sees."""

    def test_a_department_sees_its_own(self, signed_in: SignedIn):
        shown = text(signed_in("yibao"), "/datasets/")
        assert "Medical insurance" in shown
        assert "/datasets/medical_settlement/" in shown
        assert "/datasets/dibao_roll/" not in shown
        assert "Civil affairs" not in shown
        assert signed_in("yibao").get("/datasets/dibao_roll/").status_code == 404
        assert signed_in("yibao").get("/datasets/dibao_roll/workbook/").status_code == 404

    @pytest.mark.parametrize("who", ["xian", "shending", "lingdao", "shi", "sheng", "xitong"])
    def test_the_offices_see_all(self, signed_in: SignedIn, who: str):
        shown = text(signed_in(who), "/datasets/")
        assert all(f"/datasets/{code}/" in shown for code in contracts())

    def test_who_works_for_two_departments_sees_both(self, signed_in: SignedIn, people: dict[str, User]):
        water = Department.objects.get(code="water")
        area = Area.objects.get(pk=COUNTY)
        Posting.objects.create(
            user=people["yibao"], role="department_officer", area=area, department=water, from_day=FIRST_DAY
        )
        seen = set(Dataset.objects.visible_to(people["yibao"]).values_list("code", flat=True))
        assert seen == {"medical_settlement", "medical_insurance_status", "water_supply"}

    @pytest.mark.parametrize("who", ["cun", "zhen", "anquan", "shenjiyuan", "bangfu"])
    def test_others_see_none(self, signed_in: SignedIn, who: str):
        assert signed_in(who).get("/datasets/").status_code == 403

    def test_filters_narrow_it(self, signed_in: SignedIn):
        shown = text(signed_in("xian"), "/datasets/?on_query=yes")
        assert "/datasets/vehicle/" in shown
        assert "/datasets/cremation/" not in shown
        assert "4 found" in shown

    def test_what_is_no_longer_declared_is_gone(self, signed_in: SignedIn):
        Dataset.objects.filter(code="vehicle").update(withdrawn=True)
        assert "/datasets/vehicle/" not in text(signed_in("xian"), "/datasets/")
        assert signed_in("xian").get("/datasets/vehicle/").status_code == 404

    def test_a_department_without_datasets_reads_why(self, signed_in: SignedIn, people: dict[str, User]):
        people["yibao"].postings.update(department="fire")
        assert "No dataset is declared for your department yet" in text(signed_in("yibao"), "/datasets/")


class TestTheContract:
    """One contract as documentation."""

    @pytest.mark.parametrize("code", contracts())
    def test_every_column_stands_there_with_its_purpose(self, signed_in: SignedIn, code: str):
        shown = text(signed_in("xian"), f"/datasets/{code}/")
        for column in contract(code).columns:
            assert column.header in shown
            assert column.purpose_en.replace("'", "&#x27;") in shown
            assert column.basis_en.replace("'", "&#x27;") in shown

    def test_what_is_only_for_an_authorised_check_says_so(self, signed_in: SignedIn):
        assert "never screened in bulk" in text(signed_in("xian"), "/datasets/vehicle/")
        assert "never screened in bulk. Every look" not in text(signed_in("xian"), "/datasets/cremation/")

    def test_where_nothing_orders_it_the_page_says_so(self, signed_in: SignedIn):
        assert "no document behind it" in text(signed_in("xian"), "/datasets/disaster_loss/")


class TestTheWorkbook:
    """The empty workbook of a dataset."""

    @pytest.mark.parametrize("code", contracts())
    def test_its_headers_are_the_contract_to_the_letter(self, signed_in: SignedIn, code: str):
        given = signed_in("xian").get(f"/datasets/{code}/workbook/")
        book = CalamineWorkbook.from_filelike(io.BytesIO(given.content))
        rows = book.get_sheet_by_index(0).to_python()
        assert rows == [[column.header for column in contract(code).columns]]
        explained = str(book.get_sheet_by_name("填写说明").to_python())
        assert all(column.purpose_zh in explained for column in contract(code).columns)

    def test_it_is_named_for_the_dataset(self, signed_in: SignedIn):
        given = signed_in("yibao").get("/datasets/medical_settlement/workbook/")
        assert "%E5%8C%BB%E7%96%97" in given["Content-Disposition"]


class TestTheDutyList:
    """Who delivers what to an area."""

    def test_it_names_the_officer_of_the_department_in_the_area(self, signed_in: SignedIn):
        shown = text(signed_in("xian"), "/duty-list/")
        assert "yibao" in shown
        assert "nobody is posted" in shown

    def test_a_department_finds_only_its_own_duties(self, signed_in: SignedIn):
        shown = text(signed_in("yibao"), "/duty-list/")
        assert "2 found" in shown

    def test_the_city_chooses_among_its_counties(self, signed_in: SignedIn):
        assert "yibao" in text(signed_in("shi"), f"/duty-list/?area={COUNTY}")
        assert "yibao" not in visible(text(signed_in("shi"), f"/duty-list/?area={NEIGHBOUR_COUNTY}"))

    @pytest.mark.parametrize("area", [NEIGHBOUR_COUNTY, "999901001", "1", "雀", "9999"])
    def test_another_area_does_not_exist(self, signed_in: SignedIn, area: str):
        assert signed_in("xian").get(f"/duty-list/?area={area}").status_code == 404
        assert signed_in("xian").get(f"/duty-list/sheet/?area={area}").status_code == 404

    def test_a_former_officer_is_not_named(self, signed_in: SignedIn, people: dict[str, User]):
        people["yibao"].postings.update(until_day=FIRST_DAY)
        assert "yibao" not in visible(text(signed_in("xian"), "/duty-list/"))

    def test_it_says_what_data_watches_for_and_when_it_last_came(
        self, signed_in: SignedIn, people: dict[str, User]
    ):
        delivered("medical_settlement", "2026-09", people["yibao"], on=datetime.date(2026, 10, 3))
        delivered("medical_settlement", "2026-10", people["yibao"], state="failed")
        shown = text(signed_in("xian"), "/duty-list/").partition("<main")[2]
        assert "2026-10-03" in shown
        assert "2026-11-04" not in shown
        assert standard("medical_self_paid_year").label_en in shown.replace("&#x27;", "'")
        assert "read only when an authorised check asks" in shown
        assert "no standard measures it yet" in shown

    def test_it_comes_as_a_sheet_to_sign(self, signed_in: SignedIn):
        given = signed_in("xian").get("/duty-list/sheet/")
        assert given.content.startswith(b"%PDF")
        assert given["Content-Disposition"].startswith("inline")

    def test_it_is_exported_like_every_list(self, people: dict[str, User]):
        chosen = select(Wanted("/duty-list/", f"area={COUNTY}", "", "xlsx"), by=people["xian"])
        assert chosen.count == len(contracts())
        assert "示例县" in chosen.title

    def test_looking_writes_nothing(self, signed_in: SignedIn):
        client, before = signed_in("xian"), Entry.objects.count()
        text(client, "/duty-list/")
        client.get("/duty-list/sheet/")
        assert Entry.objects.count() == before
