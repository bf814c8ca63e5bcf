"""What comparisons leave behind, for the scope walk: in every village somebody over a line, and an office reminded."""

from collections.abc import Iterator

from foundation.accounts.models import User
from households.models import Household
from monitoring.models import Delivery, Finding, Reminder, RowOutcome, Run, TuningRequest
from monitoring.outcomes.writing import Concluded, write_outcomes
from tests.house.planted_feeds import delivery_of
from tests.house.things import DAY, Thing
from tests.households.families import make_household
from tests.people import COUNTY, NEIGHBOUR_COUNTY

STANDARD = "cremated_in_benefit"


def a_run(county: str, by: User) -> Run:
    """Return a comparison of a county, made up."""
    made: Run = Run.objects.create(area_id=county, as_of=DAY, cause="hand", by=by)
    return made


def a_finding(home: Household, run: Run, delivery: Delivery) -> Finding:
    """Let the head of a household be over the line of a standard that reminds."""
    row = {
        "delivery": delivery.pk, "digest": "0" * 64, "line": 2, "sheet": "", "seq": 1, "day": "2026-10-09", "value": "",
    }  # fmt: skip
    made: Finding = Finding.objects.create(
        standard_id=STANDARD, household=home, resident=home.residents.filter(relation="01").first(), area=home.area,
        run=run, first_run=run, result="new", as_of=DAY, day="2026-10-09", window_last=DAY, population="other",
        measured=1, line=1, comparator=">=", rows=1, evidence=[row], digest="0" * 64,
    )  # fmt: skip
    return made


def findings(people: dict[str, User], homes: list[Household]) -> Iterator[Thing]:
    """Let the head of every household be found by a comparison of its county."""
    runs = {
        COUNTY: a_run(COUNTY, people["xian"]),
        NEIGHBOUR_COUNTY: a_run(NEIGHBOUR_COUNTY, people["lin_xian"]),
    }
    for home in homes:
        county = home.area_id[:6]
        delivery = Delivery.objects.filter(area=county).order_by("pk")[0]
        yield Thing(a_finding(home, runs[county], delivery).pk, home.area_id)


def outcomes(people: dict[str, User]) -> Iterator[Thing]:
    """Let every finding have come to an outcome, told to the department of its rows."""
    for finding in Finding.objects.filter(standard=STANDARD).order_by("pk"):
        said = Concluded(finding.pk, [finding.pk], "not_eligible", DAY, reason="收入稳定")
        write_outcomes([said], by=people["zhen"])
        told = RowOutcome.objects.select_related("delivery").get(outcome__finding=finding)
        yield Thing(told.pk, told.delivery.area_id, department="medical_insurance")


def reminders() -> Iterator[Thing]:
    """Let the department of the roll be reminded of every finding."""
    for finding in Finding.objects.filter(standard=STANDARD).order_by("pk"):
        made = Reminder.objects.create(
            finding=finding, department_id="civil_affairs", opened_on=DAY, state="open", version=1
        )
        yield Thing(made.pk, finding.area_id, department="civil_affairs")


def tunings(people: dict[str, User]) -> Iterator[Thing]:
    """Let it be said at every finding that its standard needs tuning."""
    for finding in Finding.objects.filter(standard=STANDARD).order_by("pk"):
        asker = "lin_xian" if finding.area_id.startswith(NEIGHBOUR_COUNTY) else "xian"
        yield Thing(_tuning(finding, people[asker], "open").pk, finding.area_id)


def a_tuning_request(state: str, people: dict[str, User]) -> TuningRequest:
    """Return a word about a standard in a state (for the walk of the lifecycles)."""
    reminder = a_reminder("open", people)
    return _tuning(reminder.finding, people["lin_xian"], state)


def _tuning(finding: Finding, by: User, state: str) -> TuningRequest:
    made: TuningRequest = TuningRequest.objects.create(
        standard_id=finding.standard_id, finding=finding, alert=finding.pk, area_id=finding.area_id, asked_by=by,
        asked_on=DAY, state=state, version=1,
    )  # fmt: skip
    return made


def a_reminder(state: str, people: dict[str, User]) -> Reminder:
    """Return a reminder in a state, about a household of its own (for the walk of the lifecycles)."""
    number = Reminder.objects.count()
    home = make_household(f"YS{number:06d}", by=people["xian"])
    delivery = Delivery.objects.first() or delivery_of(COUNTY, people["lin_xian"])
    run = Run.objects.first() or a_run(COUNTY, people["lin_xian"])
    settled = {"settled_on": DAY, "outcome": "aid_stopped"} if state == "settled" else {}
    made: Reminder = Reminder.objects.create(
        finding=a_finding(home, run, delivery), opened_on=DAY, state=state, version=1, **settled
    )
    return made
