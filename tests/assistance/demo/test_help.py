"""S3, S9 and the autumn of the first township, as they stand on the demonstration's day; numbers are computed."""

import datetime

import pytest
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from alerts.models import Alert
from assistance.aid.feeds import feeds
from assistance.aid.reading import Person, payments_of
from assistance.demo import autumn, helping, leaving, page_of_help, shop_fire
from assistance.helping.own import my_households
from assistance.models import (
    AidGap,
    AidRecord,
    Case,
    FollowUp,
    HelperClock,
    IncomeSheet,
    Measure,
    Plan,
    Removal,
)
from assistance.overview.longest import longest
from assistance.overview.numbers import numbers
from assistance.removal import proposing
from assistance.removal.guards import guards_of
from foundation.accounts import clock
from foundation.accounts.demo.places import COUNTY, TOWNSHIP, VILLAGE
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.desk.demo import entrances
from foundation.regulations.working_days import add_months, add_working_days
from households.models import Income

#: The first test waits for the loading, perhaps on a busy machine.
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(400), pytest.mark.xdist_group("demonstration")]
PATH = ["open_case", "apply", "compare", "evaluate", "post", "end_notice", "review", "approve", "announce"]


def case_of(code: str) -> Case:
    case = helping.case_of(code)
    assert case is not None
    return case


def failing(case: Case) -> list[str]:
    return [each.code for each in guards_of(case, "assisted") if not each.holds]


def test_s3_was_enrolled_in_twelve_days_with_help_first(demo_day):
    case = case_of(shop_fire.HOUSEHOLD)
    assert [verb for verb in PATH if helping.did(case, verb)] == PATH
    told_on = Alert.objects.get(household=case.household_id).opened_on
    assert (case.decided_on - told_on).days == 12
    assert (case.category, case.risk_types, case.fast_track) == ("sudden", ["05"], True)
    first = case.first_helps.get()
    assert first.helped_on < case.opened_on <= case.decided_on


def test_s3_had_its_helper_within_three_working_days(demo_day):
    case = case_of(shop_fire.HOUSEHOLD)
    place, watch = helping.place_of(case), HelperClock.objects.get(case=case)
    last = add_working_days(case.decided_on, 3, case.area_id).day
    assert (place.state, place.accepted_on <= last, watch.stopped_on) == ("accepted", True, place.accepted_on)


def test_s3_dibao_was_promised_and_the_roll_of_the_month_has_nobody_of_them(demo_day):
    case = case_of(shop_fire.HOUSEHOLD)
    asked = Measure.objects.filter(case=case, code="dibao")
    assert {(row.ticked_on, row.state) for row in asked} == {(shop_fire.DIBAO_ON, "asked")}
    october = datetime.date(2026, 10, 1)
    gaps = AidGap.objects.filter(case=case)
    assert {(gap.side, gap.feed, gap.first_month, gap.last_month) for gap in gaps} == {
        ("unpaid", "dibao", october, october)
    }
    assert set(gaps.values_list("resident", flat=True)) == set(asked.values_list("resident", flat=True))
    people = [Person(each.pk, each.identity_id, each.household_id) for each in case.household.residents.all()]
    known = payments_of(feeds()["dibao"], people, COUNTY)
    assert (known.paid, october in known.covers(case.area_id)) == ({}, True)


def test_s9a_all_guards_hold_and_it_stands_on_the_list_of_tonight(demo_day):
    removal, meeting = leaving.removal(), leaving.meeting()
    assert (removal.state, removal.waits_for, removal.proposed_on) == (
        "proposed", ["evaluate"], leaving.PROPOSED_ON,
    )  # fmt: skip
    assert all(guard.holds for guard in guards_of(removal.case, removal.way, removal=removal))
    assert (meeting.meets_on, meeting.came, meeting.area_id) == (clock.today(), None, VILLAGE)
    assert removal.case.standing.from_day == leaving.IDENTIFIED[leaving.LEAVING]
    nets = Income.objects.filter(household=removal.case.household_id).order_by("until_day")
    assert [str(row.net_per_head) for row in nets] == ["10300.00", "11700.00"]


def test_s9b_lacks_nothing_but_time_and_the_day_is_computed(demo_day):
    case = case_of(leaving.TOO_EARLY)
    (late,) = [each for each in guards_of(case, "assisted") if not each.holds]
    assert (late.code, late.could) == ("identified", add_months(leaving.IDENTIFIED[leaving.TOO_EARLY], 6))
    assert (late.could - clock.today()).days == 37
    asked = proposing.Proposal("assisted", "稳定", "周清明", "15400009054")
    by = helping.post_of("village_assistant", case.area_id).user
    with pytest.raises(Refused, match="|".join((late.name,))):
        proposing.propose(case, asked, by=by)
    (told,) = [line.sentence for line in page_of_help.stories() if "37" in line.sentence]
    assert "简惊蛰" in told


def test_s9c_is_marked_and_never_proposed(demo_day):
    case = case_of(leaving.KEPT)
    row = case.recategorisations.get()
    assert (case.no_labour, row.state, row.category, row.category_before) == (
        True, "decided", case.category, case.category,
    )  # fmt: skip
    assert "labour" in failing(case)
    assert not Removal.objects.filter(case__household__code=leaving.KEPT).exists()


def test_the_helper_of_the_stories_has_his_households(demo_day):
    bangfu = User.objects.get(username="bangfu")
    own = my_households(bangfu)
    here = autumn.cases().filter(area__code__startswith=TOWNSHIP)
    assert own.total == len(own.rows) == min(autumn.OF_THE_HELPER, here.count())
    codes = {row.case.household.code for row in own.rows}
    assert {leaving.LEAVING, leaving.KEPT} <= codes
    doors = {door.username: door for group in entrances() for door in group.entrances}
    assert any(str(own.total) in said for said in doors["bangfu"].counts)
    assert not any("帮" in said or "help" in said for said in doors["cun"].counts)


def test_who_was_removed_shows_the_next_visit_on_its_page_and_on_the_board(demo_day):
    owed = FollowUp.objects.owed().filter(case__state="ended").order_by("due_on", "pk").first()
    home, browser = owed.case.household, Client(headers={"Accept-Language": "en"})
    browser.force_login(User.objects.get(username="xian"))
    page = browser.get(reverse("households:household", args=[home.pk])).content.decode()
    assert owed.due_on.isoformat() in page.split("Next after-care visit")[1][:200]
    board = browser.get(reverse("cases:board_of", args=[home.area_id]), {"text": home.code}).content.decode()
    assert owed.due_on.isoformat() in board


def test_no_page_of_help_is_empty(demo_day):
    cases = [*autumn.cases(), case_of(shop_fire.HOUSEHOLD)]
    states = dict(
        Measure.objects.filter(case__in=cases).order_by().values_list("state").annotate(number=Count("pk"))
    )
    assert states["landed"] > states["asked"] > 0
    assert Measure.objects.overdue().filter(case__in=cases).exists()
    assert Plan.objects.in_force().filter(case__in=cases).count() > len(cases) // 2
    records = AidRecord.objects.living().filter(case__in=cases)
    assert records.exclude(acknowledged_how="").exists()
    assert records.filter(acknowledged_how="").exists()
    assert records.exclude(feed="").exists(), "one was taken over from a list"
    assert IncomeSheet.objects.counting().filter(case__in=cases).count() > len(cases) // 2
    done = FollowUp.objects.filter(case__in=cases, visit__isnull=False)
    assert done.values("case").distinct().count() == len(cases)


def test_the_director_sees_what_is_late_and_nothing_else_is_red(demo_day):
    lingdao = User.objects.get(username="lingdao")
    found = numbers(lingdao, COUNTY)
    monitored, unhelped, nothing, late, unpaid = (found[place] for place in (0, 3, 5, 6, 7))
    today = clock.today()
    assert monitored.count == Case.objects.filter(state="enrolled", area__code__startswith=COUNTY).count()
    assert late.count == FollowUp.objects.owed().filter(due_on__lt=today).count() > 0
    assert unpaid.count == AidGap.objects.filter(side="unpaid").values("case").distinct().count() > 0
    assert (unhelped.is_bad, nothing.is_bad) == (False, False)
    assert [found[place].is_bad for place in (4, 8)] == [False, False], "plans and after-care are in time"
    assert shop_fire.HOUSEHOLD in [row.case.household.code for row in longest(lingdao, COUNTY)]
