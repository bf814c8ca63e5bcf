"""Paths of areas: shipped as data, frozen for an alert at its opening; each lets pass what it names and no more."""

import datetime
from collections.abc import Sequence

import pytest
from django.db import transaction

from alerts.lifecycle import ALERT
from alerts.models import Alert
from alerts.verification import assigning, meeting
from alerts.verification.path import FOLDER, KIND, Way, path_of, way_of
from alerts.verification.reported import report_visit
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import RULES
from foundation.workflow import paths
from foundation.workflow.models import Course, CourseStep, Path
from foundation.workflow.move import Request, move_many
from foundation.workflow.paths import PathStep, steps_of
from tests.alerts.verification.made import DECLINED, PROPOSED, raised, visited
from tests.house.planted_alerts import an_alert
from tests.people import COUNTY, OUTSIDERS, POSTS

DAY = datetime.date(2026, 11, 4)
FILES = sorted(file.stem for file in FOLDER.glob("*.toml"))
AREAS = {"country": None, "leye": "451028", "meeting_first": "999902", "nanan": "350583"}


def shipped(name: str) -> Path:
    """Return a shipped path, as it was loaded with the database."""
    found: Path = Path.objects.get(kind=KIND, area_id=AREAS[name])
    return found


def here(name: str) -> None:
    """Let the county of the tests do as a shipped path says, from today on."""
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith(("area", "from"))]
    text = f'area = "{COUNTY}"\nfrom = {DAY}\n' + "\n".join(lines)
    paths.load(paths.read(text, file=name, lifecycle=ALERT))


def test_every_shipped_path_is_known_here() -> None:
    assert sorted(AREAS) == FILES


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("country", Way(batches=True)),
        ("leye", Way(straight=True, batches=True)),
        ("meeting_first", Way(meeting=True, batches=True, checkers=2)),
        ("nanan", Way(takes_up=True, archived=True)),
    ],
)
def test_what_a_shipped_path_asks_for(name: str, way: Way) -> None:
    path = shipped(name)
    assert way_of(steps_of(path)) == way
    assert path.source["title"]


@pytest.mark.parametrize("name", FILES)
def test_the_engine_permits_what_table_and_path_say(name: str, people: dict[str, User]) -> None:
    """Verb x state x person, on one path: right, area, state and path together say yes, or it is refused."""
    path = shipped(name)
    rows = [an_alert(state, people) for state in ALERT.states]
    courses = [
        Course.objects.create(model="alerts.alert", object_id=str(row.pk), path=path, began_on=DAY)
        for row in rows
    ]
    wrong = []
    for move in ALERT.moves:
        named = move.in_place_of or move.verb
        step = next((step for step in steps_of(path) if named in step.verbs), None)
        for username, (role, area, _department) in (POSTS | OUTSIDERS).items():
            for moved, row in zip(
                _tried(rows, courses, move.verb, step, people[username]), rows, strict=True
            ):
                permitted = (
                    row.state in move.sources
                    and move.right in RULES[role].rights
                    and row.area_code.startswith(area)
                    and (step is not None or not move.by_path)
                )
                if moved is not permitted:
                    wrong.append((row.state, move.verb, username, moved))
    assert wrong == []


def _tried(
    rows: Sequence[Alert], courses: Sequence[Course], verb: str, step: PathStep | None, by: User
) -> list[bool]:
    """Try a move on all rows, what its step waits for being done; nothing of it stays."""
    with transaction.atomic():
        CourseStep.objects.bulk_create(
            CourseStep(course=course, step=before, ending="done", by=by, on=DAY)
            for course in courses
            for before in (step.waits_for if step else ())
        )
        given = dict.fromkeys(ALERT.find(verb).needs, "given")
        results = move_many(rows, Request(verb, reason="x", given=given), by=by)
        transaction.set_rollback(True)
    return [result.moved for result in results]


def test_an_alert_keeps_the_path_it_was_opened_with(people: dict[str, User]) -> None:
    alert = raised(people)
    here("nanan")
    assert path_of(alert) == Way(batches=True)
    assert path_of(raised(people)).archived


def test_thousands_begin_their_path_in_a_few_statements(
    people: dict[str, User], django_assert_max_num_queries: object
) -> None:
    from alerts.verification.path import begin  # the function under count

    rows = [an_alert("raised", people) for _each in range(30)]
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(begin(rows)) == 30


def test_where_a_meeting_comes_first_nobody_is_sent_before_it(people: dict[str, User]) -> None:
    here("meeting_first")
    alert = raised(people)
    assigning.dispatch_many([alert], by=people["xian"])
    alert.refresh_from_db()
    with pytest.raises(Refused, match="综合研判"):
        assigning.assign(alert, people["cun"], by=people["zhen"])
    meeting.assess(alert, "研判后入户", by=people["zhen"])
    assigning.assign(alert, people["cun"], by=people["zhen"])
    with pytest.raises(Refused) as refusal:
        report_visit(alert, visited(alert, people["cun"]), PROPOSED, by=people["cun"])
    assert refusal.value.field == "visitors"
    two = visited(alert, people["cun"], visitors=[people["cun"], people["shuji"]])
    report_visit(alert, two, PROPOSED, by=people["cun"])
    assert alert.state == "reported"


def test_a_meeting_that_finds_nothing_ends_the_alert(people: dict[str, User]) -> None:
    here("meeting_first")
    alert = raised(people)
    assigning.dispatch_many([alert], by=people["xian"])
    alert.refresh_from_db()
    meeting.dismiss(alert, "solved_by_policy", "已有政策", by=people["zhen"])
    assert (alert.state, alert.outcome) == ("closed", "solved_by_policy")


def test_the_county_sends_straight_to_the_village(people: dict[str, User]) -> None:
    here("leye")
    alert = assigning.assign(raised(people), people["cun"], by=people["xian"])
    assert (alert.state, alert.visitor) == ("assigned", people["cun"])


def test_elsewhere_the_county_does_not(people: dict[str, User]) -> None:
    with pytest.raises(Refused):
        assigning.assign(raised(people), people["cun"], by=people["xian"])


def test_who_visits_archives_where_nobody_reviews_negatives(people: dict[str, User]) -> None:
    here("nanan")
    alert = assigning.take_up(raised(people), Request("take_up"), by=people["zhen"])
    assigning.assign(alert, people["cun"], by=people["zhen"])
    report_visit(alert, visited(alert, people["cun"]), DECLINED, by=people["cun"])
    assert (alert.state, alert.outcome) == ("closed", "not_eligible")
    other = assigning.take_up(raised(people), Request("take_up"), by=people["zhen"])
    assigning.assign(other, people["cun"], by=people["zhen"])
    report_visit(other, visited(other, people["cun"]), PROPOSED, by=people["cun"])
    assert other.state == "reported", "what should be enrolled is reviewed everywhere"
