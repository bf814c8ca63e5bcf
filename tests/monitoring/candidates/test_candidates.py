"""Rows that found nobody: who may be meant is kept without any number, and a person decides."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from foundation.ledger.models import Entry
from foundation.workflow.move import Request
from households.identity.erasure import Ground, erase
from households.identity.numbers import check_character
from households.models import Household, Resident
from monitoring.candidates.deciding import confirm, refuse, take_back
from monitoring.candidates.finding import find
from monitoring.intake import archive
from monitoring.intake.deciding import withdraw
from monitoring.intake.taking import take
from monitoring.models import Dataset, Delivery, RowCandidate
from tests.households.families import HEAD, SON, SPOUSE, make_household
from tests.monitoring.feeds import delivered, number_of
from tests.people import COUNTY, NEIGHBOUR_VILLAGE

People = dict[str, User]
Member = Callable[[str], Resident]
SignedIn = Callable[[str], Client]


@pytest.fixture
def home(people: People) -> Household:
    return make_household("YS000001", "沈立夏", "柳霜降", "沈小满", by=people["xian"])


@pytest.fixture
def member(home: Household) -> Member:
    return lambda relation: home.residents.select_related("household", "identity").get(relation=relation)


def settled(number: str, name: str, serial: str = "J1") -> dict[str, object]:
    money = {"医疗总费用": "1900.00", "个人自付": "1900.00"}
    return {"结算流水号": serial, "身份证号": number, "姓名": name, "结算日期": "2026-10-05"} | money


def mistyped(number: str, place: int = 16) -> str:
    """Return the number with one digit changed, which its check digit betrays."""
    return number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]


def of_nobody(number: str) -> str:
    """Return another number of the same birth date and sex, whose check digit is right."""
    order = (int(number[14:17]) + 500) % 1000
    order += order % 2 != int(number[16]) % 2
    body = f"{number[:14]}{order:03d}"
    return body + check_character(body)


@pytest.fixture
def rejected(people: People, member: Member) -> Delivery:
    """One good row, and one with a mistyped number of the spouse."""
    head, spouse = member(HEAD), member(SPOUSE)
    rows = [settled(number_of(head), head.name), settled(mistyped(number_of(spouse)), spouse.name, "J2")]
    rows += [settled(number_of(head), head.name, f"J{each}") for each in range(3, 12)]
    return delivered("medical_settlement", rows, by=people["yibao"])


def found(delivery: Delivery, people: People) -> RowCandidate:
    find(delivery, by=people["yibao"])
    return RowCandidate.objects.select_related(
        "delivery__dataset", "delivery__area", "resident__household"
    ).get()


def effective(dataset: str) -> list[tuple[object, ...]]:
    """Return the rows in force: subject and line."""
    row = Dataset.objects.get(pk=dataset)
    with archive.opened() as tables:
        view = archive.effective(tables, row, archive.in_force(row, area=COUNTY))
        return tables.all(f"SELECT subject, 结算流水号 FROM {view} ORDER BY 2")


def test_a_mistyped_number_finds_who_is_meant(people: People, member: Member, rejected: Delivery) -> None:
    row = found(rejected, people)
    assert (row.resident, row.line, row.kind) == (member(SPOUSE), 3, "repaired")


def test_nothing_of_the_number_is_kept(people: People, member: Member, rejected: Delivery) -> None:
    wrong = mistyped(number_of(member(SPOUSE)))
    found(rejected, people)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(row)::text FROM monitoring_rowcandidate AS row")
        text = cursor.fetchone()[0]
    body = b"".join(bytes(entry.body) for entry in Entry.objects.filter(verb="delivery.candidates_sought"))
    for digits in (wrong, number_of(member(SPOUSE)), wrong[6:14]):
        assert digits not in text
        assert digits.encode() not in body


def test_another_name_is_no_candidate(people: People, member: Member) -> None:
    rows = [settled(mistyped(number_of(member(SPOUSE))), "吕小暑")]
    delivery = delivered("medical_settlement", rows, by=people["yibao"])
    if delivery.state == "waiting":
        Delivery.objects.filter(pk=delivery.pk).update(state="accepted")
        delivery.refresh_from_db()
    assert find(delivery, by=people["yibao"])["new"] == 0


def test_people_of_another_area_are_no_candidates(people: People, rejected: Delivery) -> None:
    far = make_household("YS000900", "柳霜降", area=NEIGHBOUR_VILLAGE, by=people["lin_xian"]).residents.get()
    rows = [settled(mistyped(number_of(far)), far.name)] + [
        settled(number_of(far), far.name, f"K{each}") for each in range(9)
    ]
    delivery = delivered("medical_settlement", rows, by=people["yibao"], period="2026-09")
    assert find(delivery, by=people["yibao"])["new"] == 0


def test_a_number_of_nobody_finds_the_same_name_day_and_sex(people: People, member: Member) -> None:
    son = member(SON)
    delivery = delivered(
        "medical_settlement", [settled(of_nobody(number_of(son)), son.name)], by=people["yibao"]
    )
    assert delivery.unmatched == 1
    row = found(delivery, people)
    assert (row.resident, row.kind, row.line) == (son, "unmatched", 2)


def test_searching_again_finds_the_same(people: People, rejected: Delivery) -> None:
    found(rejected, people)
    assert find(rejected, by=people["yibao"])["new"] == 0
    assert RowCandidate.objects.count() == 1


def test_a_confirmed_row_is_delivered_corrected_and_counts_once(
    people: People, member: Member, rejected: Delivery
) -> None:
    row = found(rejected, people)
    made, results = confirm([row], by=people["yibao"], ring=False)
    after = take(made.delivery, by=people["yibao"])
    assert [result.moved for result in results] == [True]
    assert (after.rows_accepted, after.rows_rejected, after.supplements) == (1, 0, rejected)
    rows = effective("medical_settlement")
    assert (member(SPOUSE).identity_id, "J2") in rows
    assert len(rows) == 11
    row.refresh_from_db()
    assert (row.state, row.corrected_by) == ("confirmed", after)


def test_a_confirmed_row_of_nobody_takes_the_place_of_the_wrong_one(people: People, member: Member) -> None:
    son = member(SON)
    delivery = delivered(
        "medical_settlement", [settled(of_nobody(number_of(son)), son.name)], by=people["yibao"]
    )
    made, _results = confirm([found(delivery, people)], by=people["xian"], ring=False)
    take(made.delivery, by=people["xian"])
    assert effective("medical_settlement") == [(son.identity_id, "J1")]


def test_a_confirmation_that_was_wrong_is_taken_back(people: People, rejected: Delivery) -> None:
    row = found(rejected, people)
    made, _results = confirm([row], by=people["yibao"], ring=False)
    take(made.delivery, by=people["yibao"])
    row.refresh_from_db()
    with pytest.raises(Refused):
        take_back(row, Request("take_back", reason="看错"), by=people["zhen"])
    take_back(row, Request("take_back", reason="看错"), by=people["yibao"])
    assert (row.state, row.corrected_by, row.decided_on) == ("waiting", None, None)
    assert Delivery.objects.get(pk=made.delivery.pk).state == "withdrawn"
    assert len(effective("medical_settlement")) == 10


def test_a_withdrawn_delivery_asks_no_longer(people: People, rejected: Delivery) -> None:
    row = found(rejected, people)
    withdraw(rejected, by=people["yibao"], reason="送错了")
    with pytest.raises(Refused):
        confirm([row], by=people["yibao"])
    assert find(rejected, by=people["yibao"])["dropped"] == 1
    row.refresh_from_db()
    assert row.state == "gone"


@pytest.mark.parametrize("who", ["zhen", "cun", "jingban", "lin_xian"])
def test_only_who_delivers_here_decides(people: People, rejected: Delivery, who: str) -> None:
    row = found(rejected, people)
    with pytest.raises(Refused):
        confirm([row], by=people[who])
    with pytest.raises(Refused):
        refuse([row], by=people[who])
    assert not RowCandidate.objects.visible_to(people[who]).exists()


def test_a_delivery_has_its_rows_looked_through(people: People, rejected: Delivery) -> None:
    job = Job.objects.get(kind="seek_candidates")
    assert job.params == {"deliveries": [rejected.pk]}
    assert run_here(job).result["new"] == 1


def test_an_erased_person_is_no_candidate_any_more(
    people: People, member: Member, rejected: Delivery
) -> None:
    found(rejected, people)
    erase(member(SPOUSE), ground=Ground.REQUEST, by=people["shending"])
    assert not RowCandidate.objects.exists()


class TestPages:
    def test_who_is_meant_is_shown_masked(
        self, people: People, signed_in: SignedIn, member: Member, rejected: Delivery
    ) -> None:
        found(rejected, people)
        page = signed_in("yibao").get("/candidates/").content.decode()
        assert "柳**" in page
        assert "石桥村" in page
        assert "柳霜降" not in page
        assert number_of(member(SPOUSE)) not in page

    def test_a_row_is_confirmed_on_the_page(
        self, people: People, signed_in: SignedIn, rejected: Delivery
    ) -> None:
        row = found(rejected, people)
        sent = {"candidate": [row.pk], "act": "confirm"}
        answer = signed_in("yibao").post("/candidates/decide/", sent, follow=True)
        (said,) = answer.context["messages"]
        assert "1 corrected rows" in str(said)
        assert Delivery.objects.filter(supplements=rejected).count() == 1
        assert "Every row found its person" in answer.content.decode()

    def test_a_refused_one_can_be_asked_again(
        self, people: People, signed_in: SignedIn, rejected: Delivery
    ) -> None:
        row, client = found(rejected, people), signed_in("yibao")
        client.post("/candidates/decide/", {"candidate": [row.pk], "act": "refuse"})
        page = client.get("/candidates/all/?state=refused")
        assert [each.record.pk for each in page.context["table"].rows] == [row.pk]
        sent = {"reason": "看错", "happened_on": "2026-11-04", "version": 2}
        assert client.post(f"/candidates/{row.pk}/reopen/", sent).status_code == 302
        row.refresh_from_db()
        assert row.state == "waiting"

    def test_a_confirmed_one_can_be_asked_again(
        self, people: People, signed_in: SignedIn, rejected: Delivery
    ) -> None:
        row, client = found(rejected, people), signed_in("yibao")
        client.post("/candidates/decide/", {"candidate": [row.pk], "act": "confirm"})
        take(Delivery.objects.get(supplements=rejected), by=people["yibao"])
        assert f"/candidates/{row.pk}/reopen/" in client.get("/candidates/all/").content.decode()
        assert "count no longer" in client.get(f"/candidates/{row.pk}/reopen/").content.decode()
        sent = {"reason": "看错", "happened_on": "2026-11-04", "version": 2}
        assert client.post(f"/candidates/{row.pk}/reopen/", sent).status_code == 302
        row.refresh_from_db()
        assert row.state == "waiting"

    def test_others_see_nothing(self, people: People, signed_in: SignedIn, rejected: Delivery) -> None:
        row = found(rejected, people)
        assert signed_in("cun").get("/candidates/").status_code == 403
        assert signed_in("lin_xian").get("/candidates/").context["told"] == []
        signed_in("lin_xian").post("/candidates/decide/", {"candidate": [row.pk], "act": "confirm"})
        row.refresh_from_db()
        assert row.state == "waiting"

    def test_home_says_how_many_wait(self, people: People, signed_in: SignedIn, rejected: Delivery) -> None:
        found(rejected, people)
        assert "/candidates/" in signed_in("yibao").get("/").content.decode()
