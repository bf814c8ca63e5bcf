"""A published table stays what it was, whatever is done for months on the cases of its households.

Forty households of three categories are imported as a county published them, and taken over as cases. Then people act.
Both tables below are counted by hand; every number that differs says why.
"""

import datetime

import pytest

from assistance.deciding.keeping import Chosen
from assistance.imported.adopting import adopt
from assistance.models import Case
from assistance.recategorising import proposing as recategorising
from assistance.removal import proposing, rolling_back
from foundation.accounts import clock
from foundation.accounts.models import User
from households import standing
from households.models import Household
from households.monitored.importing import import_monitored
from households.monitored.summary import Summary, summary
from households.moving import answering
from households.moving.proposing import propose
from tests.assistance.removal.conftest import line
from tests.assistance.removal.made import ASSISTED, CHECKED, TODAY, enrolled, now, on, signed, stated, visited
from tests.assistance.removal.walked import batch, hung, past_notice
from tests.households.departing import depart
from tests.households.families import make_household
from tests.households.monitored.files import (
    MARGINAL,
    OTHER_VILLAGE,
    SUDDEN,
    UNSTABLE,
    VILLAGE,
    counted,
    family,
    new_people,
    text,
)
from tests.households.moving.moved import wanted
from tests.people import COUNTY, NEIGHBOUR_COUNTY

__all__ = ["line"]
pytestmark = pytest.mark.usefixtures("line")
D = datetime.date
People = dict[str, User]
#: What a table says: households and persons of each category, then of all.
Table = dict[str, list[tuple[int, int]]]
PUBLISHED, WINTER, NEW_YEAR = D(2026, 10, 31), D(2026, 12, 5), D(2027, 1, 10)
OVER = {"风险是否已消除": "是", "风险消除时间": "202203", "风险消除方式": "帮扶消除"}
VILLAGES = [VILLAGE, OTHER_VILLAGE]
#: As published on 31 October 2026: unstable, marginal, sudden, all.
BEFORE: Table = {
    "cumulative": [(10, 30), (20, 40), (10, 20), (40, 90)],
    "removed": [(4, 12), (4, 8), (2, 4), (10, 24)],
    "current": [(6, 18), (16, 32), (8, 16), (30, 66)],
}
#: On 30 November, by hand: what was done on 4 November alone.
NOVEMBER: Table = {
    # One person fewer than published: the only member of “lone” died, and counts no more on the last day of the case.
    "cumulative": [(10, 30), (20, 39), (10, 20), (40, 89)],
    # “works” (3 persons) was removed with help; “lone” left naturally, of nobody; “errs” came back by roll-back.
    "removed": [(5, 15), (5, 8), (2, 4), (12, 27)],
    "current": [(5, 15), (15, 31), (8, 16), (28, 62)],
}
#: On 10 January 2027, by hand, with what was done since.
AFTER: Table = {
    # Marginal: a member of “three” died (-1 person), “goes” (1, 2) is in the next county, “falls” (1, 2) counts as
    # sudden, and “new” (1, 2) was identified. Sudden: “falls” came. “near” moved between two villages of the county.
    "cumulative": [(10, 30), (19, 36), (11, 22), (40, 88)],
    "removed": [(5, 15), (5, 8), (2, 4), (12, 27)],
    "current": [(5, 15), (14, 28), (9, 18), (28, 61)],
}


def table(area: str, day: datetime.date) -> Table:
    """Return the figures of an area on a day, as everybody reads them who may."""
    told: Summary = summary(User.objects.built_in("shell"), area, day)
    return {
        name: [
            *((each.households, each.persons) for each in tally.by_kind.values()),
            (tally.total.households, tally.total.persons),
        ]
        for name, tally in (
            ("cumulative", told.cumulative),
            ("removed", told.removed),
            ("current", told.current),
        )
    }


def imported() -> None:
    """Bring the published households into the register, and take them over as cases."""
    numbers = new_people()
    unstable, marginal, sudden = ({"监测对象类别": kind} for kind in (UNSTABLE, MARGINAL, SUDDEN))
    rows = [
        *counted(5, 15, numbers, 100, VILLAGES, **unstable), *family("works", 3, numbers, **unstable),
        *counted(4, 12, numbers, 200, VILLAGES, **unstable | OVER),
        *counted(11, 22, numbers, 300, VILLAGES, **marginal), *counted(4, 8, numbers, 400, VILLAGES, **marginal | OVER),
        *family("lone", 1, numbers, **marginal), *family("three", 3, numbers, **marginal),
        *family("errs", 2, numbers, **marginal), *family("goes", 2, numbers, **marginal),
        *family("falls", 2, numbers, **marginal),
        *counted(7, 14, numbers, 500, VILLAGES, **sudden), *family("near", 2, numbers, **sudden),
        *counted(2, 4, numbers, 600, VILLAGES, **sudden | OVER),
    ]  # fmt: skip
    import_monitored(text(rows), by=User.objects.built_in("shell"))
    adopt(list(Household.objects.values_list("pk", flat=True)))


def of(code: str) -> Case:
    """Return the case of a household as it stands."""
    return Case.objects.select_related("household__area", "standing").get(household__code=code)


def dies(code: str, people: People) -> None:
    """Let the last member of the list of a household die."""
    one = of(code).household.residents.present().order_by("-pk").first()
    assert one is not None
    depart(one, one.Departure.DIED, clock.today(), by=people["cun"], seen=one.revision_id, paper="死亡证明")


def removals(people: People) -> None:
    """Two households stand on their own, of one nobody is left; one of the marks was wrong."""
    rows = []
    for code in ("works", "errs"):
        case = of(code)
        visited(
            case.household, people["cun"], D(2026, 5, 2), {"living_together": 2, "wages": "20600"}, "doorstep"
        )
        signed(visited(case.household, people["cun"], TODAY, CHECKED))
        stated(case, people)
        rows.append(proposing.propose(case, ASSISTED, by=people["cun"]))
    dies("lone", people)
    gone = proposing.Proposal("natural", "最后一名成员去世", "贺立冬", "13800000000", "died_out")
    rows.append(proposing.propose(of("lone"), gone, by=people["cun"]))
    hung(people, *rows)
    past_notice(people)
    for kind in ("review", "approval", "announcement"):
        batch(kind, people, *rows)
    wrong = now(rows[1])
    rolling_back.propose(wrong, "收入有误，不应消除", by=people["zhen"])
    rolling_back.confirm(now(wrong), "同意回退", by=people["shending"])


def winter(people: People) -> None:
    """A member dies, one household moves to the next county, one to the next village; a risk was written wrongly."""
    dies("three", people)
    answering.accept(propose(of("goes").household, wanted(), by=people["cun"]), by=people["lin_zhen"])
    propose(of("near").household, wanted(OTHER_VILLAGE), by=people["zhen"])
    held = of("errs").standing
    assert held is not None
    standing.correct(held, {"risk_types": ["02"]}, by=people["zhen"], reason="因学误录")


def new_year(people: People) -> None:
    """A household counts as in sudden difficulty from now on, and one more is identified."""
    row = recategorising.propose(
        of("falls"), Chosen("sudden", ("01",), "high", reason="大病"), by=people["zhen"]
    )
    recategorising.decide(row, "同意", by=people["shending"])
    enrolled(people, NEW_YEAR, make_household("YS000900", "裴立春", "岳雨水", by=people["xian"]))


def test_what_was_published_is_reproduced_after_months_of_acts(people: People) -> None:
    imported()
    assert table(COUNTY, PUBLISHED) == BEFORE
    removals(people)
    assert [each.state for each in map(of, ("works", "errs", "lone"))] == ["removed", "enrolled", "removed"]
    assert table(COUNTY, PUBLISHED) == BEFORE
    with on(WINTER):
        village = table(VILLAGE, PUBLISHED)
        winter(people)
        assert table(COUNTY, D(2026, 11, 30)) == NOVEMBER
        assert table(VILLAGE, PUBLISHED) == village, "who moved since belonged here on that day"
    with on(NEW_YEAR):
        new_year(people)
        assert table(COUNTY, NEW_YEAR) == AFTER
        assert table(NEIGHBOUR_COUNTY, NEW_YEAR)["current"] == [(0, 0), (1, 2), (0, 0), (1, 2)]
        assert table(COUNTY, D(2026, 11, 30)) == NOVEMBER
        assert table(COUNTY, PUBLISHED) == BEFORE
        assert table(NEIGHBOUR_COUNTY, PUBLISHED)["cumulative"][-1] == (0, 0)
