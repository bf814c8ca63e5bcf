"""The village board: its sentence, its days, its filters, its scope; on paper and as a zip of files."""

import datetime
import io
import zipfile
from collections.abc import Callable

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assistance.aid.checking import Aid
from assistance.aid.recording import record_aid
from assistance.board import printing, selectors, wording
from assistance.board.next_days import NextDays
from assistance.board.selectors import board_rows, villages
from assistance.board.wording import BoardWords
from assistance.files import making, village_job
from assistance.followups import keeping
from assistance.models import Case, FollowUp, HelperClock, Measure, Removal
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.jobs import spool
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from foundation.ledger.models import Entry
from households.models import Household
from tests.assistance.deciding.made import at_decision
from tests.assistance.help.helped import ENOUGH, monitored, ticked
from tests.assistance.made import opened, taken
from tests.foundation.regulations.made import says
from tests.house.planted_cases import a_case_of
from tests.house.planted_removals import a_removal_of
from tests.households.families import make_household
from tests.people import COUNTY, VILLAGE
from tests.reading import visible

SignedIn = Callable[[str], Client]
People = dict[str, User]
LATE, DAY_OF_TESTS = datetime.date(2026, 11, 1), datetime.date(2026, 11, 4)

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def case(home: Household, people: People) -> Case:
    """Return the case of the household."""
    return opened(people, home)


def the_row(user: User) -> Case:
    (row,) = board_rows(user, VILLAGE)
    return row


def test_before_a_decision_the_sentence_says_what_was_found(case: Case, people: People) -> None:
    row, words = the_row(people["cun"]), BoardWords()
    assert words.risk(row).startswith("Found: ")
    assert words.risk(row).endswith("not decided yet.")
    assert words.waits_for(row) == "Application and authorisation"
    assert wording.visited(row) == "2026-11-04 (0 days ago)"
    assert row.persons == 4  # type: ignore[attr-defined]


def test_after_it_the_sentence_has_category_risks_and_level(home: Household, people: People) -> None:
    decided = {"category": "sudden", "risk_types": ["01", "09"], "level": "high", "no_labour": True}
    a_case_of(home, state="enrolled", **decided)
    row = the_row(people["cun"])
    said = BoardWords().risk(row)
    for word in ("high", "nobody here can work"):
        assert word in said
    assert NextDays(VILLAGE).of(row) == datetime.date(2026, 11, 30), (
        "no step: the income sheet of the year alone"
    )
    assert wording.visited(row) == "not yet"


def test_what_the_township_confirmed_stands_there_until_the_county_decides(people: People) -> None:
    says("monitoring_line", COUNTY, "2026-01-01", "8800")
    at_decision(people)
    said = BoardWords().risk(the_row(people["cun"]))
    assert said.endswith("not decided yet.")
    assert "Found" not in said


def test_the_next_day_is_the_nearest_of_all_that_run(home: Household, people: People) -> None:
    days = {"step_due_on": datetime.date(2026, 11, 9), "total_due_on": LATE, "papers_due_on": None}
    assert NextDays(VILLAGE).of(a_case_of(home, **days)) == LATE


def test_what_is_decided_waits_for_its_next_visit(home: Household, people: People) -> None:
    case = a_case_of(home, state="enrolled", level="high")
    keeping.owe([case])
    due = FollowUp.objects.get().due_on
    assert NextDays(VILLAGE).of(the_row(people["cun"])) == due
    badge = wording.due_badge(the_row(people["cun"]), NextDays(VILLAGE))
    assert badge is not None
    assert str(badge.label).startswith(due.isoformat())


def test_the_nearest_of_all_that_a_household_is_owed_is_its_next_day(home: Household, people: People) -> None:
    """Plan and first measure count from the decision; each nearer day that is added becomes the next one."""
    case = monitored(home)
    planned = NextDays(VILLAGE).of(the_row(people["cun"]))
    assert planned is not None
    assert planned > DAY_OF_TESTS
    (measure,) = ticked(case, people["cun"], ENOUGH[0])
    days = [planned - datetime.timedelta(each) for each in (1, 2, 3)]
    Measure.objects.filter(pk=measure.pk).update(state="asked", due_on=days[0])
    assert NextDays(VILLAGE).of(the_row(people["cun"])) == days[0]
    HelperClock.objects.create(case=case, began_on=LATE, due_on=days[1])
    assert NextDays(VILLAGE).of(the_row(people["cun"])) == days[1]
    removal = a_removal_of(case)
    Removal.objects.filter(pk=removal.pk).update(step_due_on=days[2])
    row = the_row(people["cun"])
    assert NextDays(VILLAGE).of(row) == days[2]
    assert NextDays(VILLAGE).late([row], days[2]) == set()
    assert NextDays(VILLAGE).late([row], days[2] + datetime.timedelta(1)) == {case.pk}


def test_a_removed_household_stays_on_the_board_with_its_next_visit(
    home: Household, people: People, signed_in: SignedIn
) -> None:
    case = a_case_of(home, state="removed", ended_on=LATE)
    removal = a_removal_of(case, "removed")
    assert NextDays(VILLAGE).of(the_row(people["cun"])) is None
    assert not selectors.on_board(board_rows(people["cun"], VILLAGE)).exists()
    Removal.objects.filter(pk=removal.pk).update(visit_due_on=LATE, decided_on=LATE)
    assert NextDays(VILLAGE).of(the_row(people["cun"])) == LATE
    assert list(selectors.on_board(board_rows(people["cun"], VILLAGE))) == [case]
    page = visible(signed_in("cun").get(f"/cases/board/{VILLAGE}/", {"late": "yes"}).content.decode())
    assert case.number in page
    assert "2026-11-01" in page
    assert case.number not in visible(
        signed_in("cun").get(f"/cases/board/{VILLAGE}/", {"late": "no"}).content.decode()
    )


def test_the_days_of_a_village_cost_the_same_for_many_households(people: People) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as done:
            found = NextDays(VILLAGE).late(board_rows(people["cun"], VILLAGE), datetime.date(2027, 11, 4))
        assert len(found) == Case.objects.count()
        return len(done)

    a_case_of(make_household("YB000100", "沈立夏", by=people["xian"]), state="enrolled", decided_on=LATE)
    one = asked()
    for number in range(101, 106):
        home = make_household(f"YB{number:06d}", "沈立夏", by=people["xian"])
        a_case_of(home, state="enrolled", decided_on=LATE)
    assert asked() <= one


def test_measures_promised_landed_and_late_stand_on_the_line_and_on_the_page(
    home: Household, people: People, signed_in: SignedIn
) -> None:
    case = monitored(home)
    assert wording.help_told(the_row(people["cun"])) == ""
    made = ticked(case, people["cun"], *ENOUGH)
    Measure.objects.filter(pk=made[0].pk).update(state="landed", landed_on=LATE)
    Measure.objects.filter(pk__in=[row.pk for row in made[1:]]).update(state="asked", due_on=LATE)
    measure = Measure.objects.select_related("case__household").get(pk=made[1].pk)
    record_aid(case, Aid(measure.code, LATE, resident=measure.resident_id, service="-", measure=measure),
               by=people["cun"])  # fmt: skip
    row = the_row(people["cun"])
    assert (row.promised, row.landed, row.late) == (3, 2, 1)  # type: ignore[attr-defined]
    assert wording.help_told(row) == "2 of 3 landed；1 late"
    page = signed_in("cun").get(f"/cases/board/{VILLAGE}/").content.decode()
    assert "2 of 3 landed；1 late" in page


def test_a_board_costs_the_same_for_many_cases(
    people: People, django_assert_max_num_queries: Callable
) -> None:  # type: ignore[type-arg]
    for number in range(6):
        opened(people, make_household(f"YB{number:06d}", "沈立夏", by=people["xian"]))
    words = BoardWords()
    with django_assert_max_num_queries(5):
        told = [
            (words.risk(row), words.waits_for(row), wording.head(row))
            for row in board_rows(people["cun"], VILLAGE)
        ]
    assert len(told) == 6


def test_villages_count_what_is_under_way_late_and_enrolled(home: Household, people: People) -> None:
    a_case_of(home, step_due_on=LATE)
    a_case_of(make_household("YS000002", "何冬至", by=people["xian"]), state="enrolled")
    a_case_of(make_household("YS000003", "杜谷雨", by=people["xian"]), state="declined")
    row = villages(people["zhen"]).get(pk=VILLAGE)
    assert (row.running, row.under_way, row.late, row.held) == (2, 1, 1, 1)  # type: ignore[attr-defined]
    assert not villages(people["lin_zhen"]).filter(pk=VILLAGE).exists()


def test_the_board_is_found_by_a_member_a_number_or_the_address(case: Case, signed_in: SignedIn) -> None:
    client = signed_in("cun")
    for text in ("沈秋分", "YS000001"):
        assert case.number in visible(client.get(f"/cases/board/{VILLAGE}/", {"text": text}).content.decode())
    assert case.number not in visible(
        client.get(f"/cases/board/{VILLAGE}/", {"text": "无此人"}).content.decode()
    )


def test_the_board_of_another_area_does_not_exist(case: Case, signed_in: SignedIn) -> None:
    assert signed_in("lin_zhen").get(f"/cases/board/{VILLAGE}/").status_code == 404
    assert signed_in("lin_zhen").post(f"/cases/files/{case.pk}/").status_code == 404
    assert signed_in("yibao").get(f"/cases/board/{VILLAGE}/").status_code == 403


def test_who_works_in_one_village_comes_to_its_board_at_once(case: Case, signed_in: SignedIn) -> None:
    assert signed_in("cun").get("/cases/board/")["Location"] == f"/cases/board/{VILLAGE}/"
    shown = visible(signed_in("zhen").get("/cases/board/").content.decode())
    assert "石桥村" in shown


def test_the_paper_has_every_running_case_and_who_printed_it(case: Case, people: People) -> None:
    made = printing.printed(Area.objects.get(pk=VILLAGE), by=people["cun"])
    document = pypdfium2.PdfDocument(b"".join(made.pieces))
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert "沈立夏" in text
    assert people["cun"].name in text
    assert Entry.objects.filter(verb=printing.PRINTED, area=VILLAGE).exists()
    Case.objects.filter(pk=case.pk).update(state="declined")
    with pytest.raises(Refused):
        printing.printed(Area.objects.get(pk=VILLAGE), by=people["cun"])


def test_the_zip_of_a_village_holds_one_file_for_each_case(case: Case, people: People) -> None:
    taken(case, "apply", people=people)
    village = Area.objects.get(pk=VILLAGE)
    job = village_job.ask(village, by=people["cun"])
    assert village_job.ask(village, by=people["cun"]) == job
    done = run_here(job)
    assert done.result == {"files": 1}
    with (
        spool.opened(Job.objects.get(pk=job.pk).rejects) as sealed,
        zipfile.ZipFile(io.BytesIO(sealed.read())) as whole,
    ):
        assert whole.testzip() is None
        (name,) = whole.namelist()
        assert case.number in name
        assert whole.read(name).startswith(b"%PDF-")
    assert Entry.objects.filter(verb=making.MADE, object_id=str(case.pk)).count() == 1
    assert Entry.objects.filter(verb=village_job.TAKEN).count() == 1


def test_a_zip_is_for_villages_with_cases_and_for_who_sees_them(people: People) -> None:
    with pytest.raises(Refused):
        village_job.ask(Area.objects.get(pk=VILLAGE), by=people["cun"])
    with pytest.raises(Refused):
        village_job.ask(Area.objects.get(pk=COUNTY), by=people["lin_zhen"])
