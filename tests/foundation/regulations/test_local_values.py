"""Local values: one proposes, another approves, the bound from above holds, and every step is on record."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.regulations import local_values
from foundation.regulations.changes import what_would_change
from foundation.regulations.clocks import remaining
from foundation.regulations.lookup import book, mark_used, value
from foundation.regulations.models import LocalValue, Value
from foundation.regulations.models.values import Kind
from foundation.regulations.sources import Source, SourceKind
from foundation.regulations.units import Comparator, Unit
from tests.foundation.regulations.made import NOTICE, draft, says, subject
from tests.people import COUNTY, NEIGHBOUR_COUNTY

pytestmark = pytest.mark.django_db
FIRST = datetime.date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _line(people: dict[str, User]) -> None:
    subject("line", floor_from_above=True)
    says("line", "99", "2026-01-01", "8000")


@pytest.fixture
def proposal(people: dict[str, User], areas: dict[str, Area]) -> LocalValue:
    return local_values.propose(draft("line", areas[COUNTY]), "县里提高", by=people["xian"])


def test_a_second_person_approves_and_a_third_sees_it(
    proposal: LocalValue, people: dict[str, User], areas: dict[str, Area]
) -> None:
    assert value("line", area=COUNTY, on=FIRST).amount == 8000
    local_values.approve(proposal, by=people["shending"])
    answer = value("line", area=COUNTY, on=FIRST)
    assert answer.amount == 8800
    assert answer.value is not None
    assert answer.value.source_number == NOTICE.number
    assert value("line", area=COUNTY, on=datetime.date(2026, 11, 30)).amount == 8000
    assert value("line", area=NEIGHBOUR_COUNTY, on=FIRST).amount == 8000
    verbs = Entry.objects.filter(object_id=str(proposal.pk), object_type="regulations.localvalue")
    assert set(verbs.values_list("verb", flat=True)) == {
        "local_value.propose", "local_value.approve", "clock.started", "clock.stopped",
    }  # fmt: skip


def test_who_proposed_never_approves(people: dict[str, User], areas: dict[str, Area]) -> None:
    proposal = local_values.propose(draft("line", areas["9999"]), "市里提高", by=people["shi"])
    with pytest.raises(Refused):
        local_values.approve(proposal, by=people["shi"])
    assert not Value.objects.filter(area="9999", subject="line").exists()
    local_values.approve(proposal, by=people["sheng"])


@pytest.mark.parametrize("who", ["cun", "zhen", "lin_xian", "shending", "lingdao"])
def test_only_its_own_dispatcher_proposes_for_a_county(
    who: str, people: dict[str, User], areas: dict[str, Area]
) -> None:
    with pytest.raises(Refused):
        local_values.propose(draft("line", areas[COUNTY]), "x", by=people[who])


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": Decimal(7999)}, "amount"),
        ({"amount": None}, "amount"),
        ({"amount": Decimal(-1)}, "amount"),
        ({"unit": Unit.DAYS}, "unit"),
        ({"kind": Kind.LIST, "amount": None}, "kind"),
        ({"population": "low_income"}, "population"),
        ({"source": replace(NOTICE, title=" ")}, "source_title"),
        ({"source": replace(NOTICE, issuer="")}, "source_issuer"),
        ({"source": replace(NOTICE, issued="2026-11-05")}, "source_issued"),
        ({"source": replace(NOTICE, href="https://copy.example.com/")}, "source_href"),
        ({"source": Source(SourceKind.PROPOSAL, reason_zh="x")}, "source_title"),
        ({"kind": Kind.EXPRESSION, "amount": None, "expression": "line * 2"}, "expression"),
        ({"kind": Kind.EXPRESSION, "amount": None, "expression": "nothing * 2"}, "expression"),
        ({"kind": Kind.EXPRESSION, "amount": None, "expression": "open('x')"}, "expression"),
    ],
)
def test_what_cannot_hold_is_refused_at_its_field(
    change: dict[str, object], field: str, people: dict[str, User], areas: dict[str, Area]
) -> None:
    with pytest.raises(Refused) as refusal:
        local_values.propose(replace(draft("line", areas[COUNTY]), **change), "x", by=people["xian"])  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert not LocalValue.objects.exists()


def test_what_areas_may_not_set_is_refused(people: dict[str, User], areas: dict[str, Area]) -> None:
    subject("fixed", local=False)
    with pytest.raises(Refused):
        local_values.propose(draft("fixed", areas[COUNTY]), "x", by=people["xian"])


def test_the_same_place_and_day_is_proposed_once(
    proposal: LocalValue, people: dict[str, User], areas: dict[str, Area]
) -> None:
    with pytest.raises(Refused):
        local_values.propose(draft("line", areas[COUNTY], "9000"), "x", by=people["xian"])
    local_values.approve(proposal, by=people["shending"])
    with pytest.raises(Refused):
        local_values.propose(draft("line", areas[COUNTY], "9000"), "x", by=people["xian"])


def test_the_floor_is_asked_again_when_it_is_approved(proposal: LocalValue, people: dict[str, User]) -> None:
    says("line", "9999", "2026-11-01", "9000")
    with pytest.raises(Refused) as refusal:
        local_values.approve(proposal, by=people["shending"])
    assert "9,000.00" in refusal.value.sentence
    proposal.refresh_from_db()
    assert proposal.state == "proposed"


def test_a_returned_proposal_is_mended_while_its_clock_waits(
    proposal: LocalValue, people: dict[str, User], areas: dict[str, Area], settings: object
) -> None:
    with pytest.raises(Refused):
        local_values.send_back(proposal, " ", by=people["shending"])
    local_values.send_back(proposal, "缺文号", by=people["shending"])
    settings.SHOUWANG_TODAY = "2026-11-06"  # type: ignore[attr-defined]
    mended = draft("line", areas[COUNTY], "9100")
    local_values.resubmit(proposal, mended, by=people["xian"])
    clock = local_values.review_clock(proposal)
    assert clock is not None
    reading = remaining(clock)
    assert (reading.gross, reading.net, reading.due.day) == (2, 0, datetime.date(2026, 11, 13))
    local_values.approve(proposal, by=people["shending"])
    assert value("line", area=COUNTY, on=FIRST).amount == 9100


def test_a_withdrawn_proposal_never_holds(proposal: LocalValue, people: dict[str, User]) -> None:
    local_values.withdraw(proposal, "重复", by=people["xian"])
    with pytest.raises(Refused):
        local_values.approve(proposal, by=people["shending"])


def test_an_approved_value_is_taken_back_only_while_unused(
    proposal: LocalValue, people: dict[str, User]
) -> None:
    local_values.approve(proposal, by=people["shending"])
    proposal.refresh_from_db()
    local_values.revoke(proposal, "录错", by=people["shending"])
    assert value("line", area=COUNTY, on=FIRST).amount == 8000


def test_a_used_value_is_not_taken_back(proposal: LocalValue, people: dict[str, User]) -> None:
    local_values.approve(proposal, by=people["shending"])
    mark_used(value("line", area=COUNTY, on=FIRST))
    proposal.refresh_from_db()
    with pytest.raises(Refused):
        local_values.revoke(proposal, "录错", by=people["shending"])
    assert value("line", area=COUNTY, on=FIRST).amount == 8800


def test_a_list_and_a_text_can_be_local_too(people: dict[str, User], areas: dict[str, Area]) -> None:
    items = [{"code": "1", "zh": "红", "en": "red", "colour": "red"}]
    wanted = draft("warning_bands", areas[COUNTY], None, kind=Kind.LIST, unit=Unit.LIST, items=items)
    proposal = local_values.propose(wanted, "x", by=people["xian"])
    local_values.send_back(proposal, "x", by=people["shending"])
    local_values.resubmit(proposal, wanted, by=people["xian"])
    local_values.approve(proposal, by=people["shending"])
    assert value("warning_bands", area=COUNTY, on=FIRST).items == items


def test_a_changed_base_shows_what_it_would_change(people: dict[str, User], areas: dict[str, Area]) -> None:
    subject("dibao", "yuan/month")
    subject("poverty")
    says("dibao", "99", "2026-01-01", "400")
    says("poverty", "99", "2026-01-01", "dibao * 12")
    says("poverty", NEIGHBOUR_COUNTY, "2026-01-01", "5000")
    subject("other")
    says("other", "99", "2026-01-01", "poverty * 2")
    new = draft("dibao", areas["9999"], "500", unit=Unit.YUAN_MONTH)
    found = {
        (change.before.subject.key, change.area): (change.before.amount, change.after.amount)
        for change in what_would_change(book(), new.as_value())
    }
    assert found[("dibao", "9999")] == (400, 500)
    assert found[("poverty", "9999")] == (4800, 6000)
    assert found[("other", "9999")] == (9600, 12000)
    assert ("poverty", NEIGHBOUR_COUNTY) not in found
    assert value("dibao", area="9999", on=FIRST).amount == 400


def test_an_area_says_whether_reaching_its_line_is_enough(
    people: dict[str, User], areas: dict[str, Area]
) -> None:
    subject("bill", compared=True)
    wanted = draft("bill", areas[COUNTY])
    with pytest.raises(Refused) as refusal:
        local_values.propose(wanted, "x", by=people["xian"])
    assert refusal.value.field == "comparator"
    proposal = local_values.propose(replace(wanted, comparator=Comparator.MORE_THAN), "x", by=people["xian"])
    local_values.approve(proposal, by=people["shending"])
    answer = value("bill", area=COUNTY, on=FIRST)
    assert (answer.comparator, answer.text.split()[0]) == (Comparator.MORE_THAN, ">")
    assert not answer.comparator.reached(Decimal(8800), Decimal(8800))


def test_nothing_is_measured_against_other_values(people: dict[str, User], areas: dict[str, Area]) -> None:
    wanted = replace(draft("line", areas[COUNTY]), comparator=Comparator.MORE_THAN)
    with pytest.raises(Refused) as refusal:
        local_values.propose(wanted, "x", by=people["xian"])
    assert refusal.value.field == "comparator"


def test_a_changed_comparator_is_a_change(areas: dict[str, Area]) -> None:
    subject("bill", compared=True)
    says("bill", "99", "2026-01-01", "8800")
    stricter = replace(draft("bill", areas[COUNTY]), comparator=Comparator.MORE_THAN).as_value()
    assert [change.area for change in what_would_change(book(), stricter)] == [COUNTY]
