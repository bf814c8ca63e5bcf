"""The brake holds what is suddenly many, or by another line, until a person has looked."""

from collections.abc import Callable

import pytest

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.regulations.book import Book
from foundation.regulations.lookup import book
from monitoring.comparison import brake
from monitoring.comparison.asking import refuse_held, release_held
from monitoring.comparison.brake import Found, held_because
from monitoring.models import DeclaredStandard, Finding, Run, RunStandard
from monitoring.screening.book import standard
from tests.monitoring.comparison.stories import ON, compared, county, paid, result
from tests.people import COUNTY, make_areas, make_people

YEAR = "medical_self_paid_year"
BASIS = {"line": "a", "contract": "b"}
Ran = Callable[..., Run]


@pytest.fixture
def ran(people: dict[str, User]) -> Ran:
    """Write down what runs of the county came to, one after the other; returns the run that comes next."""

    def write(*found: int, code: str = YEAR, basis: dict[str, str] = BASIS) -> Run:
        for count in found:
            run = Run.objects.create(
                area_id=COUNTY, as_of=ON, cause="night", by=people["xian"], ended_at="2026-10-31T20:00Z"
            )
            RunStandard.objects.create(
                run=run, standard=DeclaredStandard.objects.get(pk=code), digest="", findings=count, new=count,
                found={COUNTY: count}, basis={COUNTY: basis},
            )  # fmt: skip
        return Run.objects.create(area_id=COUNTY, as_of=ON, cause="night", by=people["xian"])

    return write


def asked(
    run: Run, findings: int, households: int, *, code: str = YEAR, basis: dict[str, str] = BASIS
) -> str:
    law: Book = book()
    return held_because(standard(code), COUNTY, Found(findings, households, basis), run, law)


def test_more_than_five_times_the_usual_number_is_held(ran: Ran) -> None:
    run = ran(20, 20, 20)
    assert asked(run, 101, 101) == brake.MORE_THAN_USUAL
    assert asked(run, 100, 100) == ""


def test_what_is_usual_is_the_middle_of_the_last_six_that_found_anything(ran: Ran) -> None:
    run = ran(1000, 10, 10, 20, 0, 30, 30, 30)
    assert asked(run, 125, 125) == ""
    assert asked(run, 126, 126) == brake.MORE_THAN_USUAL


def test_fewer_than_three_runs_or_at_most_fifty_households_hold_nothing(ran: Ran) -> None:
    assert asked(ran(1, 1), 1000, 1000) == ""
    run = ran(1)
    assert asked(run, 1000, 50) == ""
    assert asked(run, 1000, 51) == brake.MORE_THAN_USUAL


def test_a_disaster_is_never_held(ran: Ran) -> None:
    run = ran(1, 1, 1, code="disaster_loss")
    assert asked(run, 1000, 1000, code="disaster_loss") == ""


def test_another_line_or_contract_is_held_however_few(ran: Ran) -> None:
    run = ran(3)
    assert asked(run, 1, 1, basis=BASIS | {"line": "c"}) == brake.LINE_CHANGED
    assert asked(run, 1, 1, basis=BASIS | {"contract": "c"}) == brake.CONTRACT_CHANGED
    assert asked(run, 1, 1) == ""


def test_a_standard_that_speaks_for_the_first_time_is_not_held(ran: Ran) -> None:
    assert asked(ran(0, basis={"line": "", "contract": ""}), 1, 1) == ""


# held in a run


@pytest.fixture
def held(own_database: str) -> tuple[User, Finding]:
    """A finding that the brake holds, because the line was another one in the run before."""
    xian = make_people(make_areas())["xian"]
    made = county(2, by=xian)
    paid(made, ("甲0", "1", "26000"), by=xian)
    first = compared(xian, standards=[YEAR])
    RunStandard.objects.filter(run=first).update(basis={COUNTY: BASIS})
    paid(made, ("甲1", "2", "27000"), by=xian)
    run = compared(xian, standards=[YEAR])
    told = result(run, YEAR)
    assert (told.findings, told.repeated, told.held, told.new) == (2, 1, 1, 0)
    return xian, Finding.objects.get(result="held")


def test_what_is_held_waits_for_nobody_and_stays_held_in_the_next_run(held: tuple[User, Finding]) -> None:
    xian, finding = held
    assert finding.held_because == brake.LINE_CHANGED
    assert finding not in Finding.objects.waiting()
    told = result(compared(xian, standards=[YEAR]), YEAR)
    assert (told.repeated, told.held) == (1, 1)


def test_who_releases_says_why_and_lets_them_go_on(held: tuple[User, Finding]) -> None:
    xian, finding = held
    with pytest.raises(Refused):
        release_held([finding.pk], reason=" ", by=xian)
    assert release_held([finding.pk], reason="看过十户，属实", by=xian) == 1
    finding.refresh_from_db()
    assert (finding.result, finding.held_because) == ("new", "")
    assert Entry.objects.filter(verb="findings.released").count() == 1
    told = result(finding.run, YEAR)
    assert (told.new, told.held, told.findings) == (1, 0, 2)
    with pytest.raises(Refused):
        release_held([finding.pk], reason="again", by=xian)
    assert result(compared(xian, standards=[YEAR]), YEAR).repeated == 2


def test_what_was_refused_is_asked_about_no_more_unless_its_rows_change(held: tuple[User, Finding]) -> None:
    xian, finding = held
    assert refuse_held([finding.pk], reason="单位写错", by=xian) == 1
    again = result(compared(xian, standards=[YEAR]), YEAR)
    assert (again.held, again.new, again.repeated) == (1, 0, 1)
    finding.refresh_from_db()
    assert (finding.held_because, finding.retracted_at is not None) == (brake.REFUSED, True)
    assert Finding.objects.living().count() == 1


def test_only_who_may_run_comparisons_there_decides(held: tuple[User, Finding]) -> None:
    _xian, finding = held
    for name in ("lin_xian", "yibao"):
        with pytest.raises(Refused):
            release_held([finding.pk], reason="x", by=User.objects.get(username=name))
