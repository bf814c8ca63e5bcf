"""When areas are compared by themselves: once a night, and after deliveries, joined while they wait."""

import datetime

import pytest
from django.utils import timezone

from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.jobs.models import Job
from households.models import Household
from monitoring.comparison import rhythm
from monitoring.comparison.waiting_areas import areas as waiting_areas
from monitoring.models import Run, RunRequest
from monitoring.screening.standard import DEATHS
from tests.households.families import make_household
from tests.monitoring.intake.files import row, taken
from tests.monitoring.made import delivered
from tests.monitoring.runs.made import DROPPED, PAID, ran, switched_off
from tests.people import COUNTY, NEIGHBOUR_COUNTY, TOWNSHIP

People = dict[str, User]
NIGHT = datetime.date(2026, 11, 5)


@pytest.fixture
def home(people: People) -> Household:
    return make_household("YS000001", "沈立夏", by=people["xian"])


def system() -> User:
    return User.objects.built_in("system")


def ripen() -> list[Run]:
    """Let the time of quiet pass, and begin what waits."""
    RunRequest.objects.update(begins_at=timezone.now())
    return rhythm.begin_ripe(by=system())


class TestAfterADelivery:
    """The standards that the dataset feeds are asked for, when deliveries have come to rest."""

    def test_it_waits_for_quiet_and_is_only_asked_for(self, people: People):
        rhythm.after_delivery(delivered("medical_settlement", "2026-10", people["yibao"]), by=people["yibao"])
        waiting = RunRequest.objects.get()
        assert (waiting.area_id, waiting.cause) == (COUNTY, "delivery")
        assert PAID in waiting.standards
        assert DROPPED not in waiting.standards
        assert rhythm.begin_ripe(by=system()) == []
        (run,) = ripen()
        assert (run.cause, run.standards, run.as_of) == ("delivery", waiting.standards, clock.today())
        assert Job.objects.get(uuid=run.job).state == "queued"
        assert not RunRequest.objects.exists()

    def test_deliveries_of_one_area_are_joined(self, people: People):
        for dataset in ("medical_settlement", "school_dropout"):
            rhythm.after_delivery(delivered(dataset, "2026-10", people["xian"]), by=people["xian"])
        assert {PAID, DROPPED} <= set(RunRequest.objects.get().standards)
        assert len(ripen()) == 1

    def test_who_keeps_delivering_does_not_put_it_off_for_ever(self, people: People):
        rhythm.request(COUNTY, [PAID], cause=Run.Cause.DELIVERY, quiet=rhythm.QUIET)
        RunRequest.objects.update(first_at=timezone.now() - datetime.timedelta(hours=1))
        rhythm.request(COUNTY, [DROPPED], cause=Run.Cause.DELIVERY, quiet=rhythm.QUIET)
        assert len(rhythm.begin_ripe(by=system())) == 1

    def test_while_a_run_is_open_it_waits_and_then_one_more_follows(self, people: People):
        run = ran(people["xian"], area=TOWNSHIP, state="running")
        rhythm.request(COUNTY, [PAID], cause=Run.Cause.DELIVERY)
        rhythm.request(COUNTY, [DROPPED], cause=Run.Cause.DELIVERY)
        assert ripen() == []
        Job.objects.filter(uuid=run.job).update(state="cancelled", finished_at=timezone.now())
        (following,) = ripen()
        assert following.standards == sorted([PAID, DROPPED])
        assert ripen() == []

    def test_the_next_county_is_not_kept_waiting(self, people: People):
        ran(people["xian"], state="running")
        rhythm.request(NEIGHBOUR_COUNTY, [PAID], cause=Run.Cause.DELIVERY)
        assert [run.area_id for run in ripen()] == [NEIGHBOUR_COUNTY]

    def test_what_a_later_comparison_has_answered_is_dropped(self, people: People):
        rhythm.request(COUNTY, [PAID], cause=Run.Cause.DELIVERY)
        ran(people["xian"], results={PAID: {}})
        assert ripen() == []
        assert not RunRequest.objects.exists()

    def test_one_with_other_standards_has_not_answered_it(self, people: People):
        rhythm.request(COUNTY, [PAID], cause=Run.Cause.DELIVERY)
        ran(people["xian"], standards=[DROPPED])
        assert [run.standards for run in ripen()] == [[PAID]]

    def test_an_area_may_leave_it_to_the_night(self, people: People):
        switched_off("comparison_after_delivery")
        rhythm.after_delivery(delivered("medical_settlement", "2026-10", people["yibao"]), by=people["yibao"])
        assert not RunRequest.objects.exists()

    def test_whoever_works_at_the_console_compares_when_they_like(self, people: People):
        rhythm.after_delivery(
            delivered("medical_settlement", "2026-10", people["yibao"]), by=User.objects.built_in("shell")
        )
        assert not RunRequest.objects.exists()

    @pytest.mark.parametrize("dataset", sorted(DEATHS))
    def test_deaths_concern_every_standard(self, dataset: str):
        assert rhythm.fed_by(dataset) == []

    def test_what_no_standard_reads_asks_for_nothing(self, people: People):
        assert rhythm.fed_by("temporary_aid") is None

    def test_the_intake_asks_for_it(self, people: People):
        taken(people["yibao"], row())
        assert RunRequest.objects.get().area_id == COUNTY


class TestTheNight:
    """Every county with households and data, once."""

    def test_each_county_is_compared_once(self, people: People, home: Household):
        delivered("medical_settlement", "2026-10", people["yibao"])
        (run,) = rhythm.compare_counties(NIGHT, by=system())
        assert (run.area_id, run.cause, run.standards, run.by) == (COUNTY, "night", [], system())
        Run.objects.update(as_of=NIGHT, ended_at=timezone.now())
        Job.objects.update(state="done", finished_at=timezone.now())
        assert rhythm.compare_counties(NIGHT, by=system()) == []
        assert len(rhythm.compare_counties(NIGHT + datetime.timedelta(days=1), by=system())) == 1

    def test_counties_without_data_or_households_are_not(self, people: People, home: Household):
        assert rhythm.compare_counties(NIGHT, by=system()) == []
        delivered("medical_settlement", "2026-10", people["xian"], area=COUNTY)
        Household.objects.update(area=NEIGHBOUR_COUNTY)
        assert rhythm.compare_counties(NIGHT, by=system()) == []

    def test_what_waits_after_a_delivery_goes_with_it(self, people: People, home: Household):
        delivered("medical_settlement", "2026-10", people["yibao"])
        rhythm.request(COUNTY, [PAID], cause=Run.Cause.DELIVERY, quiet=rhythm.QUIET)
        (run,) = rhythm.compare_counties(clock.today(), by=system())
        assert (run.cause, run.standards) == ("night", [])

    def test_a_run_that_is_open_is_followed_by_that_of_the_night(self, people: People, home: Household):
        delivered("medical_settlement", "2026-10", people["yibao"])
        run = ran(people["xian"], state="running")
        assert rhythm.compare_counties(clock.today(), by=system()) == []
        Job.objects.filter(uuid=run.job).update(state="done", finished_at=timezone.now())
        assert [each.cause for each in ripen()] == ["night"]


class TestByHand:
    """One at a time of the same households."""

    def test_it_is_refused_with_the_area_that_is_under_way(self, people: People):
        ran(people["xian"], state="running")
        with pytest.raises(Refused, match="示例县"):
            rhythm.ask_by_hand(TOWNSHIP, by=people["xian"], wanted=rhythm.ByHand(clock.today()))

    def test_a_day_to_come_is_refused(self, people: People):
        with pytest.raises(Refused) as refused:
            rhythm.ask_by_hand(COUNTY, by=people["xian"], wanted=rhythm.ByHand(NIGHT))
        assert refused.value.field == "as_of"

    def test_who_has_no_right_there_is_refused(self, people: People):
        with pytest.raises(Refused):
            rhythm.ask_by_hand(COUNTY, by=people["lin_xian"], wanted=rhythm.ByHand(clock.today()))


def test_what_waits_for_an_area_that_gives_way_waits_for_those_in_its_place(people: People):
    rhythm.request(TOWNSHIP, [PAID], cause=Run.Cause.DELIVERY)
    successors = [Area.objects.get(pk="999901002"), Area.objects.get(pk="999902001")]
    waiting_areas(Area.objects.get(pk=TOWNSHIP), successors, by=system(), on=clock.today())
    assert {each.area_id: each.standards for each in RunRequest.objects.all()} == {
        "999901002": [PAID],
        "999902001": [PAID],
    }
