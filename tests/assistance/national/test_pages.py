"""Pages of the national list: tick, take out, hand an export in, decide; and what other areas see of it."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from assistance.models import ComparedExport, Difference, NationalEntry
from assistance.national.comparing import compare
from foundation.accounts.models import User
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from households.models import Household
from households.standing import Held, hold
from tests.households.monitored.files import family, new_people, text
from tests.people import COUNTY, TOWNSHIP, VILLAGE
from tests.reading import visible

SignedIn = Callable[[str], Client]
People = dict[str, User]


@pytest.fixture
def held(home: Household, people: People) -> Household:
    """Return a household that is monitored since a decision here."""
    hold(
        home,
        Held("sudden", datetime.date(2026, 11, 2), ["01"]),
        members=home.residents.all(),
        by=people["zhen"],
    )
    return home


def shown(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer
    return visible(answer.content.decode())


def test_a_ticked_household_leaves_the_list_with_who_and_when(held: Household, signed_in: SignedIn) -> None:
    client = signed_in("cun")
    assert "YS000001" in shown(client, f"/cases/national/{VILLAGE}/")
    client.post(f"/cases/national/{VILLAGE}/tick/", {"household": held.pk})
    after = shown(client, f"/cases/national/{VILLAGE}/")
    assert "Nothing has to be entered or changed there." in after
    assert "2026-11-04 · cun" in after


def test_nothing_chosen_and_a_reader_who_may_not_tick_change_nothing(
    held: Household, signed_in: SignedIn
) -> None:
    client = signed_in("zhen")
    client.post(f"/cases/national/{TOWNSHIP}/tick/", {"household": "x"})
    assert "Choose the households that you have entered." in shown(client, f"/cases/national/{TOWNSHIP}/")
    assert (
        signed_in("lingdao").post(f"/cases/national/{TOWNSHIP}/tick/", {"household": held.pk}).status_code
        == 403
    )
    assert (
        signed_in("lin_zhen").post(f"/cases/national/{TOWNSHIP}/tick/", {"household": held.pk}).status_code
        == 404
    )
    assert not NationalEntry.objects.exists()


def test_a_county_chooses_a_township_and_others_do_not_exist(held: Household, signed_in: SignedIn) -> None:
    assert "青石镇" in shown(signed_in("shending"), f"/cases/national/{COUNTY}/")
    assert signed_in("lin_zhen").get(f"/cases/national/{TOWNSHIP}/").status_code == 404
    assert signed_in("yibao").get(f"/cases/national/{TOWNSHIP}/").status_code == 403


def test_the_workbook_is_handed_out_and_an_empty_one_is_refused(held: Household, signed_in: SignedIn) -> None:
    client = signed_in("cun")
    answer = client.post(f"/cases/national/{VILLAGE}/take-out/", {})
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer).startswith(b"PK")
    client.post(f"/cases/national/{VILLAGE}/tick/", {"household": held.pk})
    refused = client.post(f"/cases/national/{VILLAGE}/take-out/", {})
    assert "the list would be empty" in visible(refused.content.decode())


def test_an_export_that_is_handed_in_is_compared_by_a_job(held: Household, signed_in: SignedIn) -> None:
    file = text(family("H9", 1, new_people()))
    file.name = "国家系统.csv"
    signed_in("zhen").post("/cases/national/compare/", {"file": file})
    done = run_here(Job.objects.get(kind="compare_national"))
    assert {key: done.result[key] for key in ("rows", "rejected", "same", "differences")} == {
        "rows": 1, "rejected": 0, "same": 0, "differences": 2,
    }  # fmt: skip
    assert "H9" in shown(signed_in("zhen"), f"/cases/national/compared/{done.result['export']}/")


@pytest.fixture
def export(held: Household, people: People) -> ComparedExport:
    """Return an export that knows nobody of here."""
    return compare(text(family("H9", 1, new_people())), TOWNSHIP, by=people["zhen"])


def test_ticked_differences_are_decided_on_the_page(export: ComparedExport, signed_in: SignedIn) -> None:
    client, page = signed_in("zhen"), f"/cases/national/compared/{export.pk}/"
    rows = list(export.differences.values_list("pk", flat=True))
    client.post(page, {"row": rows, "decision": "explained", "note": ""})
    assert "Say why both may stay as they are." in shown(client, page)
    client.post(page, {"row": rows, "decision": "mend_there", "note": "本月录入"})
    assert not Difference.objects.filter(decision="").exists()
    assert "No difference" not in shown(client, page, open="yes")


def test_an_export_of_a_township_does_not_exist_for_its_villages(
    export: ComparedExport, signed_in: SignedIn
) -> None:
    for login in ("cun", "lin_zhen"):
        assert signed_in(login).get(f"/cases/national/compared/{export.pk}/").status_code == 404
    assert signed_in("lingdao").post(f"/cases/national/compared/{export.pk}/", {"row": []}).status_code == 302
    assert Difference.objects.filter(decision="").count() == 2
