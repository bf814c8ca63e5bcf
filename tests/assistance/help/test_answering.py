"""An office answers for itself: landed with its amount, refused with the reason, once more where it was wrong."""

import datetime
from decimal import Decimal

import pytest

from assistance.measures.answering import Landed, answer_again, land, refuse, whom
from assistance.measures.selectors import delivered_measures
from assistance.measures.ticking import ask_again, withdraw
from assistance.models import Case, Measure
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from foundation.ledger.models import Entry
from tests.assistance.help.helped import ENOUGH, ticked
from tests.house.planted_help import a_measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def asked(case: Case, people: dict[str, User]) -> Measure:
    """Return a measure that the medical insurance office was asked for."""
    (made,) = ticked(case, people["cun"], ENOUGH[0])
    return Measure.objects.select_related("case__household").get(pk=made.pk)


def test_an_office_says_that_it_landed_with_amount_and_day(asked: Measure, people: dict[str, User]) -> None:
    today = clock.today()
    assert delivered_measures([asked.case]) == {}
    land(asked, Landed(today, Decimal(13000), "once", note="已拨付"), by=people["yibao"])
    asked.refresh_from_db()
    assert (asked.state, asked.landed_on, asked.amount, asked.per) == (
        "landed",
        today,
        Decimal("13000.00"),
        "once",
    )
    assert delivered_measures([asked.case]) == {asked.case.pk: [("医疗救助", today)]}
    assert Notice.objects.filter(recipient=people["cun"], kind="measures_answered").exists()


@pytest.mark.parametrize("who", ["jingban", "cun", "xian", "zhen"])
def test_nobody_answers_for_another_office(asked: Measure, people: dict[str, User], who: str) -> None:
    with pytest.raises(Refused):
        land(asked, Landed(clock.today()), by=people[who])


def test_where_a_department_has_nobody_the_dispatcher_answers(case: Case, people: dict[str, User]) -> None:
    (made,) = ticked(case, people["cun"], ENOUGH[1])
    row = Measure.objects.select_related("case__household").get(pk=made.pk)
    assert Notice.objects.filter(recipient=people["xian"], kind="measures_asked").exists()
    assert land(row, Landed(clock.today()), by=people["xian"]).state == "landed"


def test_the_township_answers_for_what_is_its_own(case: Case, people: dict[str, User]) -> None:
    row = a_measure("asked", case, people["cun"], department_id=None)
    with pytest.raises(Refused):
        land(row, Landed(clock.today()), by=people["yibao"])
    assert land(row, Landed(clock.today()), by=people["zhen"]).state == "landed"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"on": 1}, "landed_on"),
        ({"on": -1}, "landed_on"),
        ({"amount": Decimal(0), "per": "once"}, "amount"),
        ({"amount": Decimal(5)}, "per"),
        ({"per": "month"}, "per"),
        ({"until": -1}, "until_day"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    asked: Measure, people: dict[str, User], told: dict[str, object], field: str
) -> None:
    moved = {
        key: clock.today() + datetime.timedelta(days=value) if isinstance(value, int) else value
        for key, value in told.items()
    }
    with pytest.raises(Refused) as refused:
        land(asked, Landed(**{"on": clock.today()} | moved), by=people["yibao"])  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_refusal_has_a_reason_and_can_be_asked_again(asked: Measure, people: dict[str, User]) -> None:
    with pytest.raises(Refused, match="needs a reason"):
        refuse(asked, " ", by=people["yibao"])
    refuse(asked, "不符合救助条件", by=people["yibao"])
    assert (asked.state, asked.answer) == ("refused", "不符合救助条件")
    ask_again(asked, "补交了材料", by=people["cun"])
    assert (asked.state, asked.answer, asked.answered_on) == ("asked", "", None)


def test_a_mistaken_answer_is_taken_back_and_stays_in_the_record(
    asked: Measure, people: dict[str, User]
) -> None:
    land(asked, Landed(clock.today(), Decimal(100), "month"), by=people["yibao"])
    answer_again(asked, "填错了户", by=people["yibao"])
    assert (asked.state, asked.landed_on, asked.amount, asked.per) == ("asked", None, None, "")
    assert Entry.objects.filter(verb="measure.land", object_id=str(asked.pk)).exists()


def test_a_tick_by_mistake_is_taken_back_while_it_waits(asked: Measure, people: dict[str, User]) -> None:
    withdraw(asked, "点错了", by=people["shuji"])
    assert asked.state == "withdrawn"
    with pytest.raises(Refused):
        land(asked, Landed(clock.today()), by=people["yibao"])


def test_whom_it_is_for_is_shown_in_full_to_its_office_and_on_record(
    asked: Measure, people: dict[str, User]
) -> None:
    shown = whom(asked, by=people["yibao"])
    assert shown.name == "沈立夏"
    assert len(shown.number) == 18
    entry = Entry.objects.filter(verb="identity.revealed").latest("pk")
    assert entry.actor == f"staff:{people['yibao'].pk}"
    with pytest.raises(Refused):
        whom(asked, by=people["jingban"])


def test_what_is_late_by_the_value_of_the_area_is_overdue(asked: Measure) -> None:
    assert asked not in Measure.objects.overdue()
    Measure.objects.filter(pk=asked.pk).update(due_on=clock.today() - datetime.timedelta(days=1))
    assert asked in Measure.objects.overdue()
