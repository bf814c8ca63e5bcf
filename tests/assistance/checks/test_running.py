"""An asset check asks what the household authorised, of what was delivered, and keeps flags to verify."""

import datetime
from unittest.mock import patch

import pytest

from assistance.checks import running
from assistance.checks.reading import Answered, ask
from assistance.checks.running import run
from assistance.models import AssetCheck, AssetHit, Case
from foundation.accounts import clock
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from foundation.workflow.move import Request
from households.authorisations.ending import end
from households.authorisations.using import DENIED, USED
from households.models import Authorisation, Household
from tests.assistance.checks.made import businesses, car, cars, open_case
from tests.households.authorisations.made import DAY, LAST_DAY, adults, signed
from tests.households.families import make_household


@pytest.fixture
def car_of_the_head(home: Household, people: dict[str, User]) -> None:
    xian = people["xian"]
    stranger = make_household("YS000009", "柳大雪", by=xian)
    cars(home, car(home, by=xian), car(stranger, by=xian, 号牌号码="示B99999"), by=xian)


def whys(check: AssetCheck) -> dict[str, str]:
    return {each["code"]: each["why"] for each in check.not_asked if "code" in each}


@pytest.mark.usefixtures("car_of_the_head")
def test_a_car_is_found_with_kind_and_band_and_its_detail_is_sealed(case: Case, people: dict[str, User]):
    check = run(case, by=people["cun"])
    assert check.is_done
    hit = check.hits.get()
    assert (hit.kind, hit.resident.name, hit.as_of) == ("vehicle", "沈立夏", datetime.date(2026, 10, 31))
    assert hit.band == [
        {"is": "word", "text": "小型轿车"},
        {"is": "yuan", "least": 30_000, "most": 50_000},
        {"is": "years", "least": 3, "most": 8},
    ]
    assert bytes(hit.detail)
    assert b"A12345" not in bytes(hit.detail)
    assert Case.objects.get(pk=case.pk).waits_for == ["compare"]


def test_every_query_is_an_entry_of_its_authorisation(
    case: Case, car_of_the_head: None, authorisation: Authorisation, people: dict[str, User]
):
    check = run(case, by=people["cun"])
    used = [read_body(each)["details"] for each in Entry.objects.filter(verb=USED).order_by("pk")]
    assert [each["kinds"] for each in used] == [["vehicle"]]
    assert {each["what"] for each in used} == {f"asset_check:{check.pk}"}
    assert all(len(each["members"]) == 4 for each in used)
    made = read_body(Entry.objects.get(verb="asset_check.made"))["details"]
    assert (made["hits"], made["kinds"]) == (1, ["vehicle"])
    assert not [each for each in Entry.objects.all() if "A12345" in str(read_body(each))]


def test_what_nobody_could_answer_is_named_and_is_no_all_clear(
    case: Case, car_of_the_head: None, people: dict[str, User]
):
    check = run(case, by=people["cun"])
    assert [each["code"] for each in check.kinds] == ["vehicle"]
    told = whys(check)
    assert (told["real_estate"], told["deposit"], told["tax"]) == (
        "no_delivery",
        "no_dataset",
        "not_authorised",
    )


def test_without_a_hit_the_step_is_done_at_once(case: Case, people: dict[str, User], home: Household):
    stranger = make_household("YS000009", "柳大雪", by=people["xian"])
    cars(home, car(stranger, by=people["xian"]), by=people["xian"])
    run(case, by=people["cun"])
    assert Case.objects.get(pk=case.pk).waits_for == ["evaluate"]


@pytest.mark.parametrize(("state", "hits"), [("存续", 1), ("注销", 0)])
def test_a_business_that_was_struck_off_is_no_hit(
    case: Case, home: Household, people: dict[str, User], state: str, hits: int
):
    businesses(home, state, by=people["xian"])
    assert run(case, by=people["cun"]).hits.count() == hits


def test_only_the_newest_list_counts(case: Case, home: Household, people: dict[str, User]):
    xian = people["xian"]
    cars(home, car(home, by=xian), by=xian, period="2026-09")
    cars(home, car(home, by=xian, relation="02", 号牌号码="示A22222"), by=xian, period="2026-10")
    assert [hit.resident.name for hit in run(case, by=people["cun"]).hits.all()] == ["柳霜降"]


def test_a_row_under_another_name_is_marked(case: Case, home: Household, people: dict[str, User]):
    cars(home, car(home, by=people["xian"], 姓名="欧阳小满"), by=people["xian"])
    assert run(case, by=people["cun"]).hits.get().name_differs


def test_the_check_is_asked_until_the_last_day_and_not_after(case: Case, people: dict[str, User]):
    with clock.at(LAST_DAY):
        assert run(case, by=people["cun"]).is_done
    Case.objects.filter(pk=case.pk).update(waits_for=["compare"])
    with clock.at(LAST_DAY + datetime.timedelta(days=1)), pytest.raises(Refused):
        run(case, by=people["cun"])


@pytest.mark.usefixtures("car_of_the_head")
@pytest.mark.parametrize("how", ["withdrawn", "expired"])
def test_what_ends_in_the_middle_stops_the_check_and_nothing_is_kept(
    case: Case, home: Household, authorisation: Authorisation, people: dict[str, User], how: str
):
    """The vehicles were read already when the authorisation ends; the businesses are not asked any more."""
    businesses(home, "存续", by=people["xian"])
    night = clock.at(LAST_DAY + datetime.timedelta(days=1))

    def ask_and_end(answer: object, *given: object, **named: object) -> Answered:
        told = ask(answer, *given, **named)
        if answer.kind == "vehicle":
            if how == "withdrawn":
                fresh = Authorisation.objects.get(pk=authorisation.pk)
                end(fresh, Request("withdraw", reason="户主当面说明"), by=people["cun"])
            else:
                night.__enter__()
        return told

    try:
        with patch.object(running, "ask", ask_and_end):
            check = run(case, by=people["cun"])
    finally:
        if how == "expired":
            night.__exit__(None, None, None)
    assert (check.stopped, check.kinds, check.answered) == ("ended", [], [])
    assert not AssetHit.objects.exists()
    assert Entry.objects.filter(verb=DENIED).count() == 1
    assert Entry.objects.filter(verb="asset_check.stopped").count() == 1
    assert Case.objects.get(pk=case.pk).waits_for == ["compare"]


def test_what_ends_after_the_last_dataset_stops_it_too(
    case: Case, authorisation: Authorisation, car_of_the_head: None, people: dict[str, User]
):
    def ask_and_end(answer: object, *given: object, **named: object) -> Answered:
        if answer.kind == "vehicle":  # the only one that is asked
            fresh = Authorisation.objects.get(pk=authorisation.pk)
            end(fresh, Request("withdraw", reason="不愿意"), by=people["cun"])
        return ask(answer, *given, **named)

    with patch.object(running, "ask", ask_and_end):
        assert run(case, by=people["cun"]).stopped == "ended"


def test_only_what_covers_every_member_serves(home: Household, people: dict[str, User]):
    signed(home, by=people["cun"], members=adults(home), kinds=["vehicle"])
    case = open_case(home, people)
    Case.objects.filter(pk=case.pk).update(waits_for=["compare"])
    with pytest.raises(Refused):
        run(case, by=people["cun"])
    assert not AssetCheck.objects.exists()


def test_who_may_start_it(case: Case, people: dict[str, User], home: Household):
    for outsider in ("lin_cun", "lin_zhen", "xian", "shending", "wangge", "zhenling", "choucha"):
        with pytest.raises(Refused):
            run(case, by=people[outsider])
    Kin.objects.create(user=people["cun"], household=home.code, relation=Kin.Relation.OWN, declared_on=DAY)
    with pytest.raises(Refused):
        run(case, by=people["cun"])
    assert run(case, by=people["zhen"]).is_done


def test_before_the_application_nothing_is_asked(
    home: Household, authorisation: Authorisation, people: dict[str, User]
):
    with pytest.raises(Refused):
        run(open_case(home, people), by=people["cun"])
    assert not Entry.objects.filter(verb=USED).exists()


def test_a_county_of_another_place_answers_nothing_here(case: Case, home: Household, people: dict[str, User]):
    cars(home, car(home, by=people["xian"]), by=people["lin_xian"], area="999902")
    assert whys(run(case, by=people["cun"]))["vehicle"] == "no_delivery"


@pytest.mark.usefixtures("car_of_the_head")
def test_asked_twice_it_is_one_check_until_something_new_is_delivered(
    case: Case, home: Household, people: dict[str, User]
):
    first = run(case, by=people["cun"])
    assert run(case, by=people["zhen"]) == first
    businesses(home, "存续", by=people["xian"])
    assert run(case, by=people["zhen"]).hits.count() == 2
    assert AssetCheck.objects.count() == 2
