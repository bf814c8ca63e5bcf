"""The pages of income sheets: the form, the picture with its table, lists, exports, lines of the home page."""

import datetime
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from assistance.followups.purpose import FOLLOW_UPS
from assistance.income import drafting, following, places, selectors
from assistance.models import Case, FollowUp, IncomeChange, IncomeSheet
from foundation.accounts.models import Area, User
from households.visits.purposes import Purpose, steps_after
from households.visits.writing import record_visit
from tests.assistance.income.made import BEFORE, PERIOD, confirmed, dibao
from tests.foundation.regulations.made import chooses
from tests.households.visits.made import told
from tests.people import COUNTY, TOWNSHIP, VILLAGE

TODAY = datetime.date(2026, 11, 4)
SignedIn = Callable[[str], Client]


def body(client: Client, name: str, key: int | None = None, **query: str) -> str:
    return client.get(reverse(f"cases:{name}", args=[key] if key else []), query).content.decode()


def posted(client: Client, name: str, key: int, data: dict[str, str]) -> str:
    page = client.get(reverse(f"cases:{name}", args=[key])).content.decode()
    hidden = {
        part.split('"')[0]: part.split('value="')[1].split('"')[0]
        for part in page.split('type="hidden" name="')[1:]
        if 'value="' in part.split(">")[0]
    }
    sent = {**hidden, **data}
    return client.post(reverse(f"cases:{name}", args=[key]), sent, follow=True).content.decode()


def test_a_sheet_is_begun_filled_and_confirmed_on_its_pages(
    case: Case, people: dict[str, User], signed_in: SignedIn
) -> None:
    dibao(case.household, "2026-07", "400.00", by=people["xian"])
    cun = signed_in("cun")
    assert "Begin an income sheet" in body(cun, "case", case.pk)
    begun = posted(cun, "income_begin", case.pk, {"period": "0"})
    sheet = IncomeSheet.objects.get()
    assert "Dibao roll: 400.00 yuan, 2026-07 (1 month)" in begun
    assert 'name="item_D"' not in begun
    kept = posted(
        cun, "income_sheet", sheet.pk, {"members": "4", "item_D2": "400", "item_A": "40000", "act": "keep"}
    )
    assert "can be confirmed later" in kept
    assert sheet.lines.get(code="A").amount == Decimal(40000)
    wrong = {"members": "4", "item_D2": "300", "item_A": "40000", "act": "confirm"}
    refused = posted(cun, "income_sheet", sheet.pk, wrong)
    assert "say in a note why" in refused
    assert 'value="40000"' in refused, "what was typed stands there as it was typed"
    assert 'value="300"' in refused
    assert "[&#x27;" not in refused
    right = wrong | {"note_D2": "七月退回一百"}
    done = posted(cun, "income_sheet", sheet.pk, right)
    assert "reference income per head 10,075.00 yuan" in done
    assert "the lists say 400.00 yuan" in done
    assert "七月退回一百" in done
    assert "Correct by a new version" in done


def test_the_picture_has_a_table_with_the_same_amounts(
    case: Case, people: dict[str, User], signed_in: SignedIn
) -> None:
    assert "No sheet was confirmed yet" in body(signed_in("cun"), "case", case.pk)
    confirmed(case, people["cun"], BEFORE, A="44000")
    confirmed(case, people["cun"], A="48000")
    page = body(signed_in("cun"), "income_sheets", case.pk)
    assert page.count('<rect class="net"') == 2
    assert page.count('class="mark"') == 2
    for amount in ("11,000.00", "12,000.00", "8,800.00"):
        assert amount in page
    assert "2025-09" in page
    assert "Chart of 2 accounting periods" in page


def test_sheets_and_items_go_out_as_tables(case: Case, people: dict[str, User], signed_in: SignedIn) -> None:
    confirmed(case, people["cun"], A="44000", G="1000")
    cun = signed_in("cun")
    for name, expected in (("income_sheets", "G Compliant self-paid expense"), ("income_items", "1000.00")):
        sent = {"address": reverse(f"cases:{name}", args=[case.pk]), "form": "csv"}
        told = b"".join(cun.post(reverse("desk:export"), sent).streaming_content).decode("utf-8-sig")
        assert expected in told.replace(",000.00", "000.00")
    assert "工资性收入" not in body(cun, "income_items", case.pk)
    assert "wages (not itemised)" in body(cun, "income_items", case.pk)


@pytest.mark.usefixtures("english")
def test_a_changed_list_is_told_on_the_sheet_and_kept_with_a_note(
    case: Case, people: dict[str, User], signed_in: SignedIn
) -> None:
    dibao(case.household, "2026-07", "400.00", by=people["xian"])
    sheet = confirmed(case, people["cun"], A="40000")
    dibao(case.household, "2026-08", "420.00", by=people["xian"])
    following.night_work(by=User.objects.built_in("system"), on=TODAY)
    cun = signed_in("cun")
    assert "list changed after a sheet was confirmed" in body(cun, "case", case.pk)
    page = body(cun, "income_sheet", sheet.pk)
    assert "400.00 yuan → 820.00 yuan" in " ".join(page.split())
    assert case.household.code in body(cun, "incomes", changed="yes")
    assert "Income sheets whose lists changed: 1" in [item.title for item in places.of_incomes(people["cun"])]
    change = IncomeChange.objects.get()
    assert "stands beside the change" in posted(cun, "income_change", change.pk, {"note": "存折上是四百"})
    assert "存折上是四百" in body(cun, "income_sheet", sheet.pk)
    assert (
        "answered already"
        in cun.get(reverse("cases:income_change", args=[change.pk]), follow=True).content.decode()
    )


def test_a_sheet_is_withdrawn_and_corrected_with_a_reason(
    case: Case, people: dict[str, User], signed_in: SignedIn
) -> None:
    sheet = confirmed(case, people["cun"], A="40000")
    cun = signed_in("cun")
    page = posted(cun, "income_correct", sheet.pk, {"reason": "漏记工资"})
    assert "漏记工资" in page
    address = reverse("cases:income_move", args=[sheet.pk, "withdraw"])
    assert "gets back what it held" in cun.get(address).content.decode()
    told = {"reason": "填错", "happened_on": "2026-11-04", "version": str(sheet.version)}
    assert "withdrawn" in cun.post(address, told, follow=True).content.decode()
    sheet.refresh_from_db()
    assert sheet.state == "withdrawn"


def test_who_reads_sees_no_form(case: Case, people: dict[str, User], signed_in: SignedIn) -> None:
    sheet = drafting.begin(case, PERIOD, by=people["cun"])
    page = body(signed_in("lingdao"), "income_sheet", sheet.pk)
    assert "item_A" not in page
    address = reverse("cases:income_begin", args=[case.pk])
    assert "who visits the household" in signed_in("lingdao").get(address, follow=True).content.decode()
    assert signed_in("lin_xian").get(reverse("cases:income_sheet", args=[sheet.pk])).status_code == 404


@pytest.mark.usefixtures("english")
def test_what_is_owed_is_counted_until_it_is_confirmed(
    case: Case, people: dict[str, User], signed_in: SignedIn
) -> None:
    cun, village = people["cun"], Area.objects.get(pk=VILLAGE)
    (item,) = places.of_incomes(cun)
    assert item.due == datetime.date(2026, 11, 30)
    assert "0 of 1" in str(places.incomes_here(village, people["zhen"]).text)  # type: ignore[union-attr]
    (line,) = places.helper_lines([case], cun)[case.pk]
    assert line.due == datetime.date(2026, 11, 30)
    assert case.household.code in body(signed_in("zhen"), "incomes", missing="yes")
    with override_settings(SHOUWANG_TODAY="2026-12-01"):
        assert case.household.code in body(signed_in("zhen"), "incomes", late="yes")
    confirmed(case, cun, A="44000")
    assert places.of_incomes(cun) == []
    assert "1 of 1" in str(places.incomes_here(village, people["zhen"]).text)  # type: ignore[union-attr]
    assert places.helper_lines([case], cun) == {}
    assert "11,000.00" in body(signed_in("zhen"), "incomes")


def test_the_nearest_area_says_which_period_is_collected(case: Case, people: dict[str, User]) -> None:
    chooses("income_collection_period", COUNTY, "2026-01-01", "calendar_year")
    (row,) = selectors.collecting(people["zhen"])
    assert (row.first, row.last) == (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    chooses("income_collection_period", TOWNSHIP, "2026-01-01", "october")
    (row,) = selectors.collecting(people["zhen"])
    assert (row.first, row.last, row.due) == (PERIOD.first, PERIOD.last, datetime.date(2026, 11, 30))


def test_a_follow_up_leads_to_the_sheet_and_the_sheet_names_the_visit(
    case: Case, people: dict[str, User], signed_in: SignedIn
) -> None:
    owed = FollowUp.objects.create(case=case, counts_from=TODAY, due_on=TODAY)
    purpose = Purpose(FOLLOW_UPS.model, str(owed.pk))
    visit = record_visit(case.household, told(case.household), by=people["cun"], serves=[purpose])
    urls = [step.url for step in steps_after(visit, people["cun"])]
    address = f"{reverse('cases:income_begin', args=[case.pk])}?visit={visit.pk}"
    assert address in urls
    cun = signed_in("cun")
    cun.get(address)
    cun.post(address, {"period": "0"})
    sheet = IncomeSheet.objects.get()
    assert sheet.visit == visit
    assert str(sheet.pk) in "".join(step.url for step in steps_after(visit, people["cun"]))


@pytest.mark.parametrize("name", ["income_sheets", "income_items", "income_begin"])
def test_a_page_that_has_nothing_yet_says_how_it_gets_there(
    case: Case, people: dict[str, User], signed_in: SignedIn, name: str
) -> None:
    said = {
        "income_sheets": "No income sheet yet",
        "income_items": "No item was stated yet",
        "income_begin": "2025-10-01",
    }
    assert said[name] in body(signed_in("cun"), name, case.pk)
