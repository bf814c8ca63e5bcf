"""The sheet of a hand-over: state, last three visits with what was asked, what runs, what was promised, who objects."""

import datetime
from decimal import Decimal

import pytest

from assistance.helping import handing_over, paper
from assistance.helping.handing_over import Handed
from assistance.models import AidGap, Case, HandOver, Notice, NoticeItem, Objection
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from households.visits.writing import record_visit
from tests.assistance.aid.made import aid, once, recorded
from tests.assistance.files.test_making import flat, words
from tests.assistance.help.helped import member, ticked
from tests.assistance.helping.helped import a_helper, helped, monitored, post_of
from tests.households.visits.made import told
from tests.people import VILLAGE

D = datetime.date
DAY = D(2026, 11, 4)
pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def handed(people: dict[str, User]) -> HandOver:
    """A hand-over of one household at which much is open."""
    case = monitored(people)
    helped(case, people["bangfu"], people["zhen"])
    _visited(case, people)
    recorded(case, people["cun"], aid(case))
    recorded(case, people["cun"], once(case))
    recorded(case, people["cun"], aid(case, resident=member(case, 1).pk, until_month=D(2026, 10, 1)))
    ticked(case, people["cun"], ("job_referral", 1, ""))
    AidGap.objects.create(
        case=case, resident=member(case, 1), feed="dibao", side="unpaid", amount=Decimal("420.00"),
        first_month=D(2026, 9, 1), last_month=D(2026, 10, 1),
    )  # fmt: skip
    _objected(case, people["cun"])
    wanted = Handed(people["bangfu"], post_of(a_helper("lishi")), DAY, "调往县里")
    return handing_over.begin(wanted, by=people["zhen"]).row


def _visited(case: Case, people: dict[str, User]) -> None:
    said = ("第一次", "想修屋顶", "", "想让孩子去县里上学")
    for number, wish in enumerate(said):
        answers = {"found": "看过", "risk_seen": "none"} | ({"wishes": wish} if wish else {})
        with clock.at(DAY - datetime.timedelta(days=30 - number)):
            record_visit(case.household, told(case.household, answers=answers), by=people["cun"])


def _objected(case: Case, by: User) -> None:
    notice = Notice.objects.create(
        area=Area.objects.get(pk=VILLAGE), drawn_on=DAY, drawn_by=by, where="", telephone="", days=5, unit="days",
    )  # fmt: skip
    item = NoticeItem.objects.create(
        notice=notice, case=case, until=DAY, name_wall="*", name_online="*", persons=1
    )
    for number, settled in enumerate((None, DAY)):
        Objection.objects.create(
            item=item, way="phone", arrived_on=DAY - datetime.timedelta(number), in_time=True, text="他家有车",
            receipt=f"R{number}", entered_on=DAY, answer_due_on=D(2026, 11, 9), settled_on=settled,
            settled_by=by if settled else None, outcome="dismissed" if settled else "",
        )  # fmt: skip


def _lines(row: HandOver, reader: User) -> list[str]:
    places = list(row.places.select_related("case__household"))
    ((_who, _risk, lines),) = paper.rows_of(places, reader)
    return str(lines).split("\n")


@pytest.mark.parametrize("reader", ["zhen", "lishi"])
def test_it_names_what_must_not_be_forgotten(handed: HandOver, people: dict[str, User], reader: str) -> None:
    lines = _lines(handed, User.objects.get(username=reader))
    assert [each for each in lines if each.startswith("Visited")] == [
        "Visited on 2026-10-08: spoken with. The household asked: 想让孩子去县里上学",
        "Visited on 2026-10-07: spoken with",
        "Visited on 2026-10-06: spoken with. The household asked: 想修屋顶",
    ]
    (runs,) = [each for each in lines if each.startswith("Runs")]
    assert "420.00 yuan every month" in runs
    assert "since 2026-09" in runs
    (unpaid,) = [each for each in lines if each.startswith("Promised, not paid")]
    assert "2026-09 – 2026-10 (420.00 yuan)" in unpaid
    assert "柳霜降" in unpaid
    assert [each for each in lines if "objection" in each] == [
        "An objection of 2026-11-04 is open, to be answered by 2026-11-09"
    ]
    assert any(each.startswith("Asked for, not answered") for each in lines)
    assert "他家有车" not in "".join(lines), "what was said and by whom stays on its own page"


def test_the_paper_has_it_in_chinese_for_both_to_sign(handed: HandOver, people: dict[str, User]) -> None:
    made = paper.of_hand_over(handed, by=people["zhen"])
    text = flat("".join(words(b"".join(made.pieces))))
    assert all(
        each in text for each in ("想修屋顶", "想让孩子去县里上学", "420.00", "2026-11-09", "调往县里")
    )
    assert "第一次" not in text, "the last three visits, not the one before"
    assert "lishi" in text
