"""A finding is worked out once more: reproduced, or what differs, or that its rows are gone; for whose area it is."""

import datetime
import io
import json
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation

from foundation.accounts.commands import WrongUsage
from foundation.accounts.models import User
from foundation.ledger.models import Entry
from households.models import Household
from monitoring.comparison.explaining import Result, explain
from monitoring.intake.deciding import withdraw
from monitoring.models import Batch, Finding
from tests.households.families import HEAD, SPOUSE, make_household
from tests.monitoring.comparison.found import compared, member, settled
from tests.monitoring.feeds import delivered
from tests.people import NEIGHBOUR_VILLAGE, TOWNSHIP

People = dict[str, User]
SignedIn = Callable[[str], Client]
HALF = "medical_self_paid_half_year"


@pytest.fixture
def home(people: People) -> Household:
    return make_household("YS000001", "沈立夏", "柳霜降", by=people["xian"])


@pytest.fixture
def finding(people: People, home: Household) -> Finding:
    """A household that paid 31,615.50 in half a year."""
    rows = [
        settled(member(home), "2026-10-22", "12215.00"),
        settled(member(home, SPOUSE), "2026-10-05", "19400.50"),
    ]
    delivered("medical_settlement", rows, by=people["yibao"])
    compared(HALF)
    return Finding.objects.get(standard=HALF)


def printed(*arguments: str) -> dict[str, object]:
    """Return what the command prints as JSON: one line."""
    out = io.StringIO()
    call_command("explain", *arguments, "--json", stdout=out)
    (line,) = out.getvalue().splitlines()
    said: dict[str, object] = json.loads(line)
    return said


def test_it_is_reproduced_from_the_same_rows(people: People, finding: Finding) -> None:
    assert explain(finding, by=people["xian"]).result is Result.REPRODUCED


def test_the_command_prints_the_keys_of_the_format_page(finding: Finding) -> None:
    said = printed(str(finding.pk))
    assert list(said) == [
        "finding", "standard", "household", "subject", "measured", "line", "line_source", "window", "rows", "result",
    ]  # fmt: skip
    delivery = finding.evidence[0]["delivery"]
    assert said | {"line_source": ""} == {
        "finding": finding.pk, "standard": HALF, "household": "YS000001", "subject": "household",
        "measured": "31615.50", "line": "30000.00", "line_source": "", "window": ["2026-05-05", "2026-11-04"],
        "rows": [
            {"delivery": delivery, "line_number": 3, "day": "2026-10-05", "value": "19400.50"},
            {"delivery": delivery, "line_number": 2, "day": "2026-10-22", "value": "12215.00"},
        ],
        "result": "reproduced",
    }  # fmt: skip
    assert said["line_source"]


def test_a_person_is_named_masked(people: People, home: Household, finding: Finding) -> None:
    compared("medical_single_stay")
    row = Finding.objects.get(standard="medical_single_stay", resident=member(home))
    assert printed(str(row.pk))["subject"] == "沈**"


def test_what_was_withdrawn_later_changes_nothing(people: People, finding: Finding) -> None:
    delivery = Batch.objects.get().delivery
    withdraw(delivery, by=people["yibao"], reason="送错了")
    finding.refresh_from_db()
    assert explain(finding, by=people["xian"]).result is Result.REPRODUCED


def test_an_altered_finding_differs_and_says_in_what(people: People, finding: Finding) -> None:
    Finding.objects.filter(pk=finding.pk).update(measured="99999.00", digest="0" * 64)
    finding.refresh_from_db()
    explained = explain(finding, by=people["xian"])
    assert explained.result is Result.DIFFERS
    assert any("99,999.00" in each and "31,615.50" in each for each in explained.differences)


def test_a_member_who_was_never_there_makes_it_differ(
    people: People, home: Household, finding: Finding
) -> None:
    spouse = member(home, SPOUSE)
    type(spouse).objects.filter(pk=spouse.pk).update(left_on=datetime.date(2026, 9, 1), departure="moved_out")
    with translation.override("en"):
        explained = explain(finding, by=people["xian"])
    assert explained.result is Result.DIFFERS
    assert any(
        f"delivery {finding.evidence[0]['delivery']}, line 3" in each for each in explained.differences
    )


def test_deleted_rows_are_named_with_day_and_rule(people: People, finding: Finding) -> None:
    Batch.objects.update(deleted_on=datetime.date(2026, 11, 1))
    explained = explain(finding, by=people["xian"])
    assert explained.result is Result.ROWS_DELETED
    assert [(each.on, each.months) for each in explained.deleted] == [(datetime.date(2026, 11, 1), 36)]
    assert printed(str(finding.pk))["result"] == "rows_deleted"


def test_reading_the_rows_stands_in_the_record(people: People, finding: Finding) -> None:
    explain(finding, by=people["zhen"])
    on_finding = Entry.objects.get(verb="finding.explained")
    on_delivery = Entry.objects.get(verb="delivery.rows_explained")
    assert (on_finding.object_id, on_finding.area) == (str(finding.pk), finding.area_id)
    assert on_delivery.object_id == str(finding.evidence[0]["delivery"])
    assert on_delivery.actor == f"staff:{people['zhen'].pk}"


@pytest.mark.parametrize("who", ["lin_xian", "cun", "yibao"])
def test_nobody_explains_what_is_not_theirs(people: People, finding: Finding, who: str) -> None:
    with pytest.raises(WrongUsage):
        printed(str(finding.pk), "--as", who)
    with pytest.raises(WrongUsage):
        printed("--household", "YS000001", "--as", who)
    assert printed(str(finding.pk), "--as", "zhen")["finding"] == finding.pk


def test_wrong_usage_is_said(finding: Finding) -> None:
    for arguments in ([], [str(finding.pk), "--household", "YS000001"], ["--household", "YS9"], ["999999"]):
        with pytest.raises(WrongUsage):
            printed(*arguments)


class TestPage:
    def test_the_page_tells_everything(self, signed_in: SignedIn, finding: Finding) -> None:
        page = signed_in("xian").get(f"/findings/{finding.pk}/").content.decode()
        for part in (
            "Reproduced",
            "31,615.50 yuan",
            "≥ 30,000.00 yuan",
            "medical_settlement.csv",
            "line 2",
            "19,400.50",
        ):
            assert part in page, part
        assert f"/deliveries/{finding.evidence[0]['delivery']}/" in page

    def test_who_sees_no_deliveries_gets_no_link_to_them(self, signed_in: SignedIn, finding: Finding) -> None:
        page = signed_in("zhen").get(f"/findings/{finding.pk}/").content.decode()
        assert "line 2" in page
        assert f"/deliveries/{finding.evidence[0]['delivery']}/" not in page

    def test_an_auditor_reads_names_masked(
        self, signed_in: SignedIn, home: Household, finding: Finding
    ) -> None:
        compared("medical_single_stay")
        row = Finding.objects.get(standard="medical_single_stay", resident=member(home, HEAD))
        for who, shown, hidden in (("wenshen", "沈**", "沈立夏"), ("lingdao", "沈立夏", "沈**")):
            for address in (f"/findings/{row.pk}/", "/findings/"):
                page = signed_in(who).get(address).content.decode()
                assert shown in page
                assert hidden not in page

    @pytest.mark.parametrize(
        ("who", "status"), [("lin_xian", 404), ("lin_zhen", 404), ("cun", 403), ("yibao", 403)]
    )
    def test_it_is_closed_to_others(
        self, signed_in: SignedIn, finding: Finding, who: str, status: int
    ) -> None:
        assert signed_in(who).get(f"/findings/{finding.pk}/").status_code == status
        assert signed_in(who).get(f"/findings/of-household/{finding.household_id}/").status_code == status

    def test_what_was_taken_back_or_held_says_so(self, signed_in: SignedIn, finding: Finding) -> None:
        Finding.objects.update(retracted_at=timezone.now(), retracted_why="更正后不再达到标准线")
        assert "更正后不再达到标准线" in signed_in("xian").get(f"/findings/{finding.pk}/").content.decode()
        assert signed_in("xian").get("/findings/").context["table"].rows == []
        assert len(signed_in("xian").get("/findings/?living=no").context["table"].rows) == 1
        Finding.objects.update(retracted_at=None, result="held", held_because="unusual")
        assert "Held by the brake" in signed_in("xian").get(f"/findings/{finding.pk}/").content.decode()

    def test_the_list_is_filtered_and_exported(self, signed_in: SignedIn, finding: Finding) -> None:
        client = signed_in("zhen")
        for query, count in (
            ("theme=illness", 1), ("theme=work", 0), (f"standard={HALF}", 1), ("result=held", 0),
            ("reminder=yes", 0), (f"area={TOWNSHIP}", 1), (f"area={NEIGHBOUR_VILLAGE}", 0), ("household=YS000001", 1),
        ):  # fmt: skip
            assert len(client.get(f"/findings/?{query}").context["table"].rows) == count, query
        sent = client.post("/export/", {"address": "/findings/?", "form": "xlsx"})
        assert sent["Content-Type"].startswith("application/")

    def test_the_household_page_lists_it(
        self, signed_in: SignedIn, home: Household, finding: Finding
    ) -> None:
        page = signed_in("zhen").get(f"/households/{home.pk}/").content.decode()
        assert f"/findings/{finding.pk}/" in page
        assert f"/findings/of-household/{home.pk}/" in page
        assert "/findings/" not in signed_in("cun").get(f"/households/{home.pk}/").content.decode()

    def test_the_api_tells_it_without_names(self, signed_in: SignedIn, finding: Finding) -> None:
        (row,) = signed_in("xian").get("/api/v1/findings/").json()["results"]
        assert (row["id"], row["standard"], row["household"], row["measured"]) == (
            finding.pk, HALF, "YS000001", "31615.5000",
        )  # fmt: skip
        assert "沈" not in json.dumps(row, ensure_ascii=False)
        assert signed_in("lin_xian").get(f"/api/v1/findings/{finding.pk}/").status_code == 404
        assert signed_in("xian").get("/api/v1/findings/?living=no").json()["results"] == []
