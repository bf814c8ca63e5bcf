"""Taking writes the register with the delivery as its source; refusing leaves it; nothing newer is overwritten."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import translation

from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.workflow.models import Passage
from households.corrections import correct
from households.models import Household, LineageAct, Resident, Revision
from households.sources import source_of
from monitoring.intake.deciding import withdraw
from monitoring.models import Delivery, RegisterProposal
from monitoring.proposals.deciding import refuse, reopen, take, take_many
from tests.households.families import HEAD, MOTHER, SON, SPOUSE
from tests.monitoring.feeds import delivered, number_of
from tests.monitoring.proposals.conftest import Compare

People = dict[str, User]
Member = Callable[[str], Resident]
SEEN = datetime.date(2026, 11, 3)


@pytest.fixture
def delivery(people: People, member: Member) -> Delivery:
    """The head and the spouse are insured, says the office; the register does not know or says no."""
    rows = [
        {"身份证号": number_of(each), "姓名": each.name, "参保年度": 2026, "是否参保": "是"}
        for each in (member(HEAD), member(SPOUSE))
    ]
    return delivered("medical_insurance_status", rows, by=people["yibao"])


@pytest.fixture
def proposed(delivery: Delivery, compare: Compare) -> dict[str, RegisterProposal]:
    """The two proposals by relation."""
    compare("medical_insurance_status")
    return {row.resident.relation: row for row in RegisterProposal.objects.all() if row.resident}


def test_taking_writes_the_register_with_source_and_day(
    people: People, member: Member, proposed: dict[str, RegisterProposal]
) -> None:
    row = take(proposed[SPOUSE], by=people["cun"])
    spouse = member(SPOUSE)
    assert (spouse.insured, source_of(spouse, "insured").kind) == (True, "feed")
    assert source_of(spouse, "insured").day == datetime.date(2026, 10, 31)
    assert source_of(spouse, "labour").kind == "register_file"
    assert row.revision is not None
    assert (row.revision.kind, row.revision.by, row.state) == (Revision.Kind.FEED, people["cun"], "taken")
    assert f"{row.delivery_id}" in row.revision.reason
    assert Entry.objects.filter(verb="resident.taken_from_feed").count() == 1
    assert Passage.objects.filter(model="monitoring.registerproposal", verb="take").count() == 1


def test_a_correction_by_hand_overtakes_the_proposal(
    people: People, member: Member, proposed: dict[str, RegisterProposal]
) -> None:
    spouse = member(SPOUSE)
    correct(spouse, {"insured": True}, by=people["cun"], checked_on=SEEN, seen=spouse.revision_id)
    proposed[SPOUSE].refresh_from_db()
    assert proposed[SPOUSE].state == "overtaken"
    with pytest.raises(Refused):
        take(proposed[SPOUSE], by=people["cun"])


def test_a_newer_hand_is_never_overwritten(
    people: People, member: Member, compare: Compare, delivery: Delivery
) -> None:
    spouse = member(SPOUSE)
    correct(spouse, {"insured": True}, by=people["cun"], checked_on=datetime.date(2026, 11, 2),
            seen=spouse.revision_id)  # fmt: skip
    spouse = member(SPOUSE)
    correct(spouse, {"insured": False}, by=people["cun"], checked_on=SEEN, seen=spouse.revision_id)
    compare("medical_insurance_status")
    row = RegisterProposal.objects.get(resident=spouse)
    with pytest.raises(Refused, match="2026-11-03"):
        take(row, by=people["cun"])
    row.refresh_from_db()
    assert (row.state, member(SPOUSE).insured) == ("proposed", False)


def test_several_are_taken_each_on_its_own(
    people: People, member: Member, proposed: dict[str, RegisterProposal]
) -> None:
    spouse = member(SPOUSE)
    Resident.objects.filter(pk=spouse.pk).update(insured=None)
    results = take_many([proposed[HEAD], proposed[SPOUSE]], by=people["zhen"])
    assert [result.moved for result in results] == [True, False]
    assert (member(HEAD).insured, member(SPOUSE).insured) == (True, None)


def test_refusing_needs_a_reason_and_can_be_opened_again(
    people: People, member: Member, proposed: dict[str, RegisterProposal]
) -> None:
    with pytest.raises(Refused) as refused:
        refuse(proposed[SPOUSE], by=people["cun"], reason=" ")
    assert refused.value.field == "reason"
    assert refuse(proposed[SPOUSE], by=people["cun"], reason="缴费未成功").state == "refused"
    assert reopen(proposed[SPOUSE], by=people["zhen"], reason="看错了").state == "proposed"
    assert member(SPOUSE).insured is False


@pytest.mark.parametrize("who", ["yibao", "shuji", "lin_cun", "shi"])
def test_without_the_right_here_nobody_decides(
    people: People, proposed: dict[str, RegisterProposal], who: str
) -> None:
    for act in (lambda: take(proposed[HEAD], by=people[who]),
                lambda: refuse(proposed[HEAD], by=people[who], reason="没看")):  # fmt: skip
        with pytest.raises(Refused):
            act()
    assert not Revision.objects.filter(kind="feed").exists()


def test_nobody_decides_on_their_own_household(
    people: People, home: Household, proposed: dict[str, RegisterProposal]
) -> None:
    kin.declare(home.code, Kin.Relation.OWN, by=people["cun"])
    with pytest.raises(Refused):
        take(proposed[HEAD], by=people["cun"])
    assert take(proposed[HEAD], by=people["zhen"]).state == "taken"


def test_what_came_from_a_withdrawn_delivery_is_asked_about(
    people: People, delivery: Delivery, compare: Compare, proposed: dict[str, RegisterProposal]
) -> None:
    take(proposed[SPOUSE], by=people["cun"])
    withdraw(delivery, by=people["yibao"], reason="送错了")
    compare("medical_insurance_status")
    row = RegisterProposal.objects.get(state="proposed")
    assert (row.resident, row.present, row.proposed, row.why) == (
        proposed[SPOUSE].resident, True, False, "delivery_gone",
    )  # fmt: skip
    assert row.for_person
    assert compare("medical_insurance_status").new == 0


@pytest.mark.parametrize(
    ("relation", "event"), [(HEAD, "死亡"), (MOTHER, "死亡"), (SON, "迁出"), (SON, "分户")]
)
def test_no_family_event_is_taken_unseen(
    people: People, member: Member, compare: Compare, relation: str, event: str
) -> None:
    """A death neither: everything that follows it would follow without anybody having read it."""
    who = member(relation)
    row = {"身份证号": number_of(who), "姓名": who.name, "变动类型": event, "变动日期": "2026-10-11"}
    delivered("household_registration", [row], by=people["xian"])
    compare("household_registration")
    waits = RegisterProposal.objects.get()
    with translation.override("en"):
        with pytest.raises(Refused, match="family event"):
            take(waits, by=people["cun"])
        (result,) = take_many([waits], by=people["cun"])
        assert result.refusal is not None
        assert "family event" in str(result.refusal.sentence)
    who.refresh_from_db()
    waits.refresh_from_db()
    assert (who.left_on, waits.state, LineageAct.objects.exists()) == (None, "proposed", False)
