"""What was promised before the mark goes on to its own end: landed, recorded, and missed where it is not paid."""

import datetime
from decimal import Decimal

import pytest

from assistance.aid.keeping import refresh
from assistance.measures.answering import Landed, land
from assistance.models import AidGap, AidRecord, Case, Measure
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from tests.assistance.aid.made import aid, once, recorded, roll_row
from tests.assistance.help.helped import member, ticked
from tests.assistance.removal.made import TODAY, now, on, ready
from tests.assistance.removal.walked import removed
from tests.monitoring.feeds import delivered

pytestmark = pytest.mark.usefixtures("english", "line", "own_folders")
D = datetime.date
#: A day after the month that follows the mark.
LATER = D(2026, 12, 28)


def ill(people: dict[str, User]) -> Case:
    """Return a case of which every guard holds, for a risk of illness."""
    case = ready(people)
    Case.objects.filter(pk=case.pk).update(risk_types=["01"])
    case.refresh_from_db()
    return case


def unpaid(case: Case) -> list[tuple[str, str, str]]:
    """Return which help was promised and not paid, from and until which month."""
    rows = AidGap.objects.filter(case=case, side="unpaid").order_by("feed", "first_month")
    return [(row.feed, f"{row.first_month:%m}", f"{row.last_month:%m}") for row in rows]


def test_a_measure_lands_after_the_mark_and_is_missed_where_nobody_pays(people: dict[str, User]) -> None:
    case = ill(people)
    dibao, medical = ticked(case, people["cun"], ("dibao", 0, "01"), ("medical_aid", 0, "01"))
    case = removed(people, case).case
    assert case.state == "removed"
    assert set(Measure.objects.filter(case=case).values_list("state", flat=True)) == {"asked"}
    spouse = member(case, 1)
    with on(LATER):
        measure = Measure.objects.select_related("case__household").get(pk=dibao.pk)
        land(measure, Landed(D(2026, 11, 20), Decimal(420), "month"), by=people["jingban"])
        assert unpaid(case) == [], "no roll of a month after the answer is there yet"
        delivered("dibao_roll", [roll_row(spouse)], by=people["xian"], period="2026-12")
        refresh([case.pk])
        assert unpaid(case) == [("dibao", "12", "12")]
        delivered(
            "dibao_roll", [roll_row(spouse), roll_row(member(case, 0))], by=people["xian"], period="2026-12"
        )
        refresh([case.pk])
        assert unpaid(case) == []
        row = recorded(case, people["cun"], once(case, landed_on=D(2026, 12, 3), measure=_again(medical)))
    assert (row.case_id, row.state, now(case.removals.get()).state) == (case.pk, "recorded", "removed")


def test_aid_that_began_before_the_mark_goes_on_until_somebody_stops_it(people: dict[str, User]) -> None:
    case = ill(people)
    recorded(case, people["cun"], aid(case, landed_on=D(2026, 10, 1)))
    case = removed(people, case).case
    with on(LATER):
        delivered("dibao_roll", [roll_row(member(case, 1))], by=people["xian"], period="2026-12")
        refresh([case.pk])
        assert unpaid(case) == [("dibao", "12", "12")]
        assert AidRecord.objects.get(case=case).stopped_month is None


def test_nothing_new_is_promised_after_the_mark(people: dict[str, User]) -> None:
    case = removed(people, ill(people)).case
    with pytest.raises(Refused, match="risk removed"):
        ticked(case, people["cun"], ("dibao", 0, "01"))
    assert not Measure.objects.filter(case=case).exists()
    assert case.ended_on == TODAY


def _again(measure: Measure) -> Measure:
    return Measure.objects.select_related("case__household").get(pk=measure.pk)
