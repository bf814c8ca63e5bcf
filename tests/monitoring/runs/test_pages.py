"""Pages of comparisons: who sees them, what a run says of itself, what has changed, late data, stopping."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from foundation.accounts.models import User
from foundation.jobs.models import Job
from households.models import Household
from monitoring.models import Run
from monitoring.runs import changes, page
from monitoring.runs.lateness import missed_at
from tests.households.families import make_household
from tests.monitoring.made import delivered
from tests.monitoring.runs.made import DROPPED, PAID, found, ran
from tests.people import COUNTY, NEIGHBOUR_COUNTY, TOWNSHIP

People = dict[str, User]
SignedIn = Callable[[str], Client]


@pytest.fixture
def home(people: People) -> Household:
    return make_household("YS000001", "沈立夏", "柳霜降", by=people["xian"])


@pytest.fixture
def run(people: People) -> Run:
    counts = {"new": 2, "repeated": 3, "held": 1, "retracted": 4}
    return ran(people["xian"], results={PAID: counts, DROPPED: {"silent": True}}, alerts_raised=5)


def url(name: str, *keys: object) -> str:
    return reverse(f"comparisons:{name}", args=keys)


class TestTheList:
    """Comparisons of one's areas."""

    @pytest.mark.parametrize("who", ["xian", "shending", "lingdao", "shi", "choucha"])
    def test_whoever_sees_findings_of_the_county_sees_its_runs(self, who: str, run: Run, signed_in: SignedIn):
        answer = signed_in(who).get(url("list"))
        assert answer.status_code == 200
        assert [row.record.pk for row in answer.context["table"].rows] == [run.pk]

    @pytest.mark.parametrize("who", ["lin_xian", "zhen"])
    def test_runs_of_other_or_larger_areas_do_not_exist(self, who: str, run: Run, signed_in: SignedIn):
        assert not signed_in(who).get(url("list")).context["table"].rows
        assert signed_in(who).get(url("run", run.pk)).status_code == 404

    @pytest.mark.parametrize("who", ["cun", "yibao", "xitong"])
    def test_who_sees_no_findings_finds_no_door(self, who: str, run: Run, signed_in: SignedIn):
        assert signed_in(who).get(url("list")).status_code == 403

    def test_a_line_says_what_came_of_it(self, run: Run, signed_in: SignedIn):
        row = signed_in("xian").get(url("list")).context["table"].rows[0]
        cells = {cell.column.key: cell.value for cell in row.cells}
        assert (cells["findings"], cells["new"], cells["held"], cells["retracted"]) == (6, 2, 1, 4)
        assert (cells["alerts"], cells["seconds"], cells["by"]) == (5, "12.3", "xian")

    @pytest.mark.parametrize(
        ("query", "kept"),
        [("held=yes", 1), ("held=no", 0), ("state=done", 1), ("state=open", 0), ("area=999902", 0)],
    )
    def test_filters_keep_what_fits(self, query: str, kept: int, run: Run, signed_in: SignedIn):
        assert len(signed_in("xian").get(f"{url('list')}?{query}").context["table"].rows) == kept

    def test_it_is_exported_as_it_stands(self, run: Run, signed_in: SignedIn):
        answer = signed_in("xian").post(reverse("desk:export"), {"address": url("list"), "form": "csv"})
        assert answer.status_code == 200
        assert str(run.pk) in b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()[2]

    def test_the_empty_list_says_how_runs_get_here(self, people: People, signed_in: SignedIn):
        assert "compared in the night" in signed_in("xian").get(url("list")).content.decode()


class TestARun:
    """The page of one."""

    def test_standards_stand_by_theme_with_their_sums(self, run: Run, people: People):
        themes = {theme.label: theme for theme in page.by_theme(run, people["xian"])}
        assert len(themes) == 2
        assert sum(theme.totals["findings"] for theme in themes.values()) == 6
        assert page.totals_of(run)["silent"] == 1

    def test_a_silent_standard_leads_to_its_value(self, run: Run, signed_in: SignedIn):
        text = signed_in("xian").get(url("run", run.pk)).content.decode()
        assert "Names nobody: no line in force." in text
        assert f"/regulations/warn_school_dropout/?area={COUNTY}" in text

    def test_the_number_found_leads_to_what_stands_today(self, run: Run, signed_in: SignedIn):
        text = signed_in("xian").get(url("run", run.pk)).content.decode()
        address = f"{reverse('monitoring:findings')}?standard={PAID}&amp;area={COUNTY}&amp;living=yes"
        assert f'href="{address}"' in text
        assert signed_in("xian").get(address.replace("&amp;", "&")).status_code == 200

    def test_an_error_is_said_and_stops_nothing(self, people: People, signed_in: SignedIn):
        run = ran(people["xian"], results={PAID: {"error": "The file is gone."}, DROPPED: {"new": 1}})
        text = signed_in("xian").get(url("run", run.pk)).content.decode()
        assert "The file is gone." in text
        assert "not evaluated" in text

    def test_an_open_run_tells_how_far_it_is(self, people: People, signed_in: SignedIn):
        run = ran(people["xian"], state="running")
        text = signed_in("shending").get(url("run", run.pk)).content.decode()
        assert f'hx-get="{url("progress", run.pk)}"' in text
        part = signed_in("shending").get(url("progress", run.pk))
        assert "HX-Refresh" not in part.headers
        Job.objects.update(state="failed", error="The disk is full.", finished_at=timezone.now())
        part = signed_in("shending").get(url("progress", run.pk))
        assert part.headers["HX-Refresh"] == "true"
        assert "The disk is full." in part.content.decode()

    def test_one_that_looks_back_says_so(self, people: People, signed_in: SignedIn):
        run = ran(people["xian"], looks_back=True, results={PAID: {"new": 1}})
        assert "It looks back" in signed_in("xian").get(url("run", run.pk)).content.decode()


class TestWhatHasChanged:
    """Against the comparison before."""

    def test_new_gone_and_retracted_are_counted_and_listed(
        self, people: People, home: Household, signed_in: SignedIn
    ):
        other = make_household("YS000002", "何小满", by=people["xian"])
        third = make_household("YS000003", "钱谷雨", by=people["xian"])
        first = ran(people["xian"], results={PAID: {"new": 2}})
        second = ran(people["xian"], results={PAID: {"new": 1, "retracted": 1}})
        gone = found(first, other)
        back = found(
            first, third, retracted_at=timezone.now(), retracted_by_run=second, retracted_why="corrected"
        )
        new = found(second, home)
        change = changes.changes(second, people["xian"])[PAID]
        assert (change.before, change.new, change.gone, change.retracted) == (first.pk, 1, 1, 1)
        for what, finding in (("new", new), ("gone", gone), ("retracted", back)):
            answer = signed_in("xian").get(f"{url('changes', second.pk)}?what={what}&standard={PAID}")
            assert [row.record.pk for row in answer.context["table"].rows] == [finding.pk]

    def test_names_are_masked_there(self, people: People, home: Household, signed_in: SignedIn):
        run = ran(people["xian"], results={PAID: {"new": 1}})
        found(run, home)
        text = signed_in("xian").get(url("changes", run.pk)).content.decode()
        assert "沈**" in text
        assert "沈立夏" not in text

    def test_a_run_that_looks_back_changes_nothing(self, people: People):
        assert (
            changes.changes(ran(people["xian"], looks_back=True, results={PAID: {"new": 1}}), people["xian"])
            == {}
        )

    def test_a_silent_run_is_not_the_one_before(self, people: People):
        first = ran(people["xian"], results={PAID: {"new": 1}})
        ran(people["xian"], results={PAID: {"silent": True}})
        assert changes.runs_before(ran(people["xian"], results={PAID: {}})) == {PAID: first.pk}


class TestMissingData:
    """Datasets that were late or silent at the run."""

    def test_what_never_came_and_what_is_late_are_named(self, people: People):
        people["yibao"].postings.update(from_day=datetime.date(2026, 9, 1))
        delivered("medical_settlement", "2026-10", people["yibao"])
        run = ran(people["xian"], results={PAID: {"new": 1}, DROPPED: {}})
        missed = {each.dataset.pk: each for each in missed_at(run, [PAID, DROPPED])}
        assert missed["school_dropout"].never
        assert missed["medical_settlement"].periods == ("2026-09",)
        assert not missed["medical_settlement"].never

    def test_what_came_later_was_missing_then(self, people: People):
        run = ran(people["xian"], results={PAID: {}})
        delivered("medical_settlement", "2026-09", people["yibao"])
        Run.objects.update(asked_at=timezone.now() - datetime.timedelta(days=1))
        run.refresh_from_db()
        assert [each.never for each in missed_at(run, [PAID])] == [True]


class TestStoppingAndGoingOn:
    """Cancel and resume are those of the job, behind the door of comparisons."""

    def test_the_dispatcher_stops_a_run_of_the_night(self, people: People, signed_in: SignedIn):
        run = ran(User.objects.built_in("system"), state="running", cause=Run.Cause.NIGHT)
        assert "Nothing that it has found" in signed_in("xian").get(url("cancel", run.pk)).content.decode()
        answer = signed_in("xian").post(url("cancel", run.pk))
        assert answer.url == url("run", run.pk)
        assert Job.objects.get(uuid=run.job).state == "cancelled"

    def test_what_was_stopped_is_asked_for_again(self, people: People, signed_in: SignedIn):
        run = ran(people["xian"], state="cancelled", standards=[PAID])
        answer = signed_in("xian").get(url("run", run.pk))
        assert answer.context["again"] == f"{url('ask')}?area={COUNTY}&as_of=2026-11-04&standards={PAID}"

    def test_a_failed_run_goes_on(self, people: People, signed_in: SignedIn):
        run = ran(people["xian"], state="failed")
        assert "Go on from where it stood" in signed_in("xian").get(url("run", run.pk)).content.decode()
        signed_in("xian").post(url("resume", run.pk))
        assert Job.objects.get(uuid=run.job).state == "queued"

    @pytest.mark.parametrize("who", ["lingdao", "shending"])
    def test_who_only_reads_does_not(self, who: str, people: People, signed_in: SignedIn):
        run = ran(people["xian"], state="running")
        assert signed_in(who).post(url("cancel", run.pk)).status_code == 403
        assert "Stop this comparison" not in signed_in(who).get(url("run", run.pk)).content.decode()


class TestAsking:
    """A comparison by hand."""

    def test_it_begins_for_an_area_of_ones_own(self, people: People, signed_in: SignedIn):
        asked = {"area": TOWNSHIP, "as_of": "2026-11-04", "standards": [PAID]}
        answer = signed_in("xian").post(url("ask"), asked)
        run = Run.objects.get()
        assert answer.url == url("run", run.pk)
        assert (run.area_id, run.standards, run.cause, run.by) == (TOWNSHIP, [PAID], "hand", people["xian"])

    def test_the_next_county_does_not_exist(self, people: People, signed_in: SignedIn):
        answer = signed_in("xian").post(url("ask"), {"area": NEIGHBOUR_COUNTY, "as_of": "2026-11-04"})
        assert "area" in answer.context["form"].errors
        assert not Run.objects.exists()

    def test_it_is_refused_in_words_while_one_is_open(self, people: People, signed_in: SignedIn):
        ran(people["xian"], state="running")
        answer = signed_in("xian").post(url("ask"), {"area": COUNTY, "as_of": "2026-11-04"})
        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert Run.objects.count() == 1

    def test_a_moment_still_to_come_is_refused(self, people: People, signed_in: SignedIn):
        asked = {"area": COUNTY, "as_of": "2026-11-04", "known_at": "2099-01-01T00:00"}
        assert "known_at" in signed_in("xian").post(url("ask"), asked).context["form"].errors
