"""Stories of cases in the demonstration, as they stand on its day: the flood, and households from before."""

import datetime

import pytest

from alerts.models import Alert
from assistance.demo import days, last_day, page
from assistance.demo.days import flood
from assistance.imported.adopting import homes_waiting
from assistance.models import Case, CaseRisk, DisasterHousehold
from foundation.accounts import clock
from foundation.accounts.demo.places import COUNTY

#: The first test waits for the loading, perhaps on a busy machine.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400), pytest.mark.xdist_group("demonstration")]


def test_s10_an_objection_on_the_last_day_holds_one_household_of_the_notice(demo_day):
    notice, objection = last_day.notice(), last_day.objection()
    assert (notice.posted_on, notice.until) == (datetime.date(2026, 10, 29), datetime.date(2026, 11, 3))
    assert (objection.arrived_on, objection.in_time, objection.by_whom) == (notice.until, True, "")
    assert (objection.way, objection.settled_on) == ("phone", None)
    held = objection.item.case
    assert (held.household.code, held.state, held.waits_for) == ("YS000010", "open", ["notice"])
    others = [item.case for item in notice.items.exclude(case=held)]
    assert 0 < len(others) <= last_day.OTHERS
    assert {(case.state, *case.waits_for) for case in others} == {("open", "review")}
    assert {item.category for item in notice.items.all()} == {"突发严重困难户"}


def test_s5_the_first_of_the_damaged_houses_are_on_the_list_of_tonight(demo_day):
    meeting = days.meeting()
    invited = [item.case for item in meeting.items.all()]
    assert "YS000005" in [case.household.code for case in invited]
    assert len(invited) == min(days.INVITED, flood().households.filter(harm="heavy").count())
    assert {(meeting.came, *case.waits_for) for case in invited} == {(None, "evaluate")}


def test_s5_the_flood_is_one_event_with_help_first_and_papers_after(demo_day):
    disaster = flood()
    rows = DisasterHousehold.objects.filter(disaster=disaster, harm="heavy").select_related("case")
    assert "YS000005" in [row.household.code for row in rows]
    for row in rows:
        assert row.helps.count() == 1
        assert row.safe_on == disaster.happened_on
        assert (row.case.origin, row.case.state, row.case.fast_track) == ("disaster", "open", True)
        assert row.case.papers_due_on == datetime.date(2026, 11, 29)


def test_s5_what_the_night_found_came_to_the_cases_and_not_to_the_queue(demo_day):
    homes = DisasterHousehold.objects.filter(case__isnull=False).values("household")
    assert CaseRisk.objects.filter(case__household__in=homes).exists()
    warned = Alert.objects.open().filter(household__in=homes, standards=["disaster_loss"])
    assert not warned.awake(clock.today()).exists()


def test_s15_the_old_register_stands_as_cases_that_follow_no_chain(demo_day):
    assert homes_waiting(COUNTY) == []
    case = Case.objects.get(household__code="YS000015")
    assert (case.origin, case.state, case.waits_for) == ("import", "enrolled", [])
    assert case.opened_on == datetime.date(2022, 3, 1)


def test_the_first_page_counts_and_leads_there(demo_day):
    going, held = page.funnel()
    assert going.number == Case.objects.filter(state="open", area__code__startswith=COUNTY).count()
    assert held.number == Case.objects.filter(state="enrolled", area__code__startswith=COUNTY).count()
    assert len(page.stories()) == 6
