"""Every hit is verified by a person; the village sees kind and band, the township detail as long as it may."""

import pytest

from assistance.checks.looking import shown
from assistance.checks.running import run
from assistance.checks.verifying import verify
from assistance.models import AssetCheck, AssetHit, Case
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from foundation.workflow.move import Request
from households.authorisations.ending import end
from households.authorisations.using import DENIED, USED
from households.identity.erasure import Ground, erase
from households.models import Authorisation, Household
from tests.assistance.checks.made import businesses, car, cars
from tests.households.authorisations.made import signed


@pytest.fixture
def check(case: Case, home: Household, people: dict[str, User]) -> AssetCheck:
    cars(home, car(home, by=people["xian"]), by=people["xian"])
    businesses(home, "存续", by=people["xian"])
    return run(case, by=people["cun"])


def hits(check: AssetCheck) -> list[AssetHit]:
    return list(check.hits.select_related("asset_check").order_by("pk"))


def test_the_last_verified_hit_lets_the_chain_go_on(check: AssetCheck, people: dict[str, User]):
    first, second = hits(check)
    verify(first, "explained", "车已报废，有回收证明", by=people["cun"])
    assert Case.objects.get(pk=check.case_id).waits_for == ["compare"]
    verify(second, "kept", "小卖部仍在经营", by=people["zhen"])
    assert Case.objects.get(pk=check.case_id).waits_for == ["evaluate"]
    moved = read_body(Entry.objects.get(verb="case.compare"))["details"]
    assert (moved["hits"], moved["kept"]) == (2, 1)


def test_a_hit_refuses_nobody(check: AssetCheck, people: dict[str, User]):
    for hit in hits(check):
        verify(hit, "kept", "属实", by=people["zhen"])
    case = Case.objects.get(pk=check.case_id)
    assert (case.state, case.waits_for) == ("open", ["evaluate"])


@pytest.mark.parametrize(("verdict", "note"), [("kept", "  "), ("kept", "字" * 401), ("refused", "有车")])
def test_a_verdict_needs_words_of_the_list(
    check: AssetCheck, people: dict[str, User], verdict: str, note: str
):
    with pytest.raises(Refused):
        verify(hits(check)[0], verdict, note, by=people["cun"])
    assert check.hits.to_verify().count() == 2


def test_numbers_in_a_note_are_masked(check: AssetCheck, people: dict[str, User]):
    verify(hits(check)[0], "wrong", "电话 13800000000 核实", by=people["cun"])
    assert "13800000000" not in AssetHit.objects.get(pk=hits(check)[0].pk).note


def test_who_verifies(check: AssetCheck, people: dict[str, User]):
    for outsider in ("lin_cun", "lin_zhen", "shending", "zhenling", "choucha"):
        with pytest.raises(Refused):
            verify(hits(check)[0], "kept", "属实", by=people[outsider])


def test_a_complete_check_is_verified_no_more(check: AssetCheck, people: dict[str, User]):
    for hit in hits(check):
        verify(hit, "kept", "属实", by=people["zhen"])
    with pytest.raises(Refused):
        verify(hits(check)[0], "explained", "改一下", by=people["zhen"])


def test_the_village_sees_kind_and_band_and_nothing_else(check: AssetCheck, people: dict[str, User]):
    before = Entry.objects.filter(verb=USED).count()
    told = shown(check, people["cun"])
    assert not told.in_detail
    assert [(each.kind, each.who, each.detail) for each in told.hits] == [
        ("车辆", "", ()), ("工商登记", "", ()),
    ]  # fmt: skip
    assert told.hits[0].band[0] == "小型轿车"
    assert Entry.objects.filter(verb=USED).count() == before


def test_the_township_sees_detail_and_each_look_is_an_entry(check: AssetCheck, people: dict[str, User]):
    before = Entry.objects.filter(verb=USED).count()
    told = shown(check, people["zhen"])
    assert ("号牌号码", "示A12345") in told.hits[0].detail
    assert told.hits[0].who == "沈立夏"
    shown(check, people["shending"])
    looks = [read_body(each)["details"] for each in Entry.objects.filter(verb=USED).order_by("pk")[before:]]
    assert [each["what"] for each in looks] == [f"asset_check:{check.pk}:page"] * 2
    assert looks[0]["kinds"] == ["business", "vehicle"]


def test_a_withdrawal_ends_the_sight_of_detail_at_once(
    check: AssetCheck, authorisation: Authorisation, people: dict[str, User]
):
    end(
        Authorisation.objects.get(pk=authorisation.pk), Request("withdraw", reason="不愿意"), by=people["cun"]
    )
    told = shown(check, people["zhen"])
    assert told.closed
    assert [each.detail for each in told.hits] == [(), ()]
    assert Entry.objects.filter(verb=DENIED).count() == 1


def test_a_renewed_authorisation_opens_the_detail_again(
    check: AssetCheck, home: Household, people: dict[str, User]
):
    signed(home, by=people["cun"], kinds=["vehicle", "business"])
    assert shown(check, people["zhen"]).in_detail


def test_an_erased_person_leaves_no_detail(check: AssetCheck, home: Household, people: dict[str, User]):
    verify(hits(check)[0], "explained", "沈立夏的车已报废", by=people["cun"])
    erase(home.residents.get(relation="01"), ground=Ground.REQUEST, by=people["shending"])
    hit = hits(check)[0]
    assert (bytes(hit.detail), hit.note) == (b"", "*")
    assert not [
        each for each in Entry.objects.filter(verb="asset_check.hit_verified") if hasattr(each, "opening")
    ]
