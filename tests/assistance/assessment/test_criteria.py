"""Each criterion at its boundary: what holds, what does not, and what nobody knows, each with its day."""

import datetime

import pytest

from alerts.models import Alert
from assistance.assessment import criteria
from foundation.accounts.models import User
from households.models import Household, Income, Resident
from tests.alerts.verification.made import reported
from tests.assistance.assessment.made import TODAY, able, asked, earned
from tests.assistance.removal.made import enrolled, stated
from tests.households.families import stand

pytestmark = pytest.mark.usefixtures("english", "line")
DAY = datetime.timedelta(days=1)


def only(home: Household, until: datetime.date, net: str, **fields: object) -> Household:
    """Let one income be the only one."""
    Income.objects.filter(household=home).delete()
    earned(home, until, net, **fields)
    return home


@pytest.mark.parametrize(
    ("net", "answer", "why"),
    [
        ("8800.01", "yes", "income_above"),
        ("8800.00", "no", "income_below"),
        ("8799.99", "no", "income_below"),
    ],
)
def test_income_lies_above_the_line_and_not_on_it(
    people: dict[str, User], net: str, answer: str, why: str
) -> None:
    found = asked(only(able(people), datetime.date(2026, 9, 30), net), "income")
    assert (found.answer, found.why, found.day) == (answer, why, datetime.date(2026, 9, 30))
    assert "8,800" in found.said


@pytest.mark.parametrize(
    ("until", "answer"), [(datetime.date(2025, 11, 4), "yes"), (datetime.date(2025, 11, 3), "unknown")]
)
def test_an_income_counts_for_twelve_months(
    people: dict[str, User], until: datetime.date, answer: str
) -> None:
    home = only(able(people), until, "12000")
    assert asked(home, "income").answer == answer
    assert asked(home, "expense").answer == answer
    assert asked(home, "own_income").answer == answer


def test_an_income_of_later_than_the_day_says_nothing(people: dict[str, User]) -> None:
    home = only(able(people), TODAY + DAY, "12000")
    assert asked(home, "income").answer == "unknown"
    assert asked(home, "stable").answer == "unknown"


def test_without_a_line_nothing_is_said(people: dict[str, User]) -> None:
    home = able(people)
    earned(home, datetime.date(2019, 12, 31), "12000")
    found = asked(home, "income", datetime.date(2019, 12, 31))
    assert (found.answer, found.why, found.evidence) == ("unknown", "no_line", "values")


@pytest.mark.parametrize(
    ("since", "answer"), [(datetime.date(2026, 5, 4), "yes"), (datetime.date(2026, 5, 5), "no")]
)
def test_income_is_stable_after_six_months(
    people: dict[str, User], since: datetime.date, answer: str
) -> None:
    home = only(able(people), since, "12000")
    earned(home, datetime.date(2026, 10, 31), "13000")
    assert asked(home, "stable").answer == answer


def test_an_income_below_the_line_between_breaks_it(people: dict[str, User]) -> None:
    home = able(people)
    earned(home, datetime.date(2026, 6, 30), "8000")
    found = asked(home, "stable")
    assert (found.answer, found.why, found.facts["since"]) == ("no", "stable_short", "2026-09-30")
    earned(home, datetime.date(2026, 10, 31), "8000")
    assert asked(home, "stable").why == "stable_below"


@pytest.mark.parametrize(("left", "answer"), [("8800.01", "yes"), ("8800.00", "no")])
def test_large_expenses_are_taken_off(people: dict[str, User], left: str, answer: str) -> None:
    home = only(able(people), datetime.date(2026, 9, 30), "60000", reference_per_head=left)
    assert asked(home, "expense").answer == answer
    assert asked(home, "income").answer == "yes"


@pytest.mark.parametrize(("wages", "answer"), [("8800.01", "yes"), ("8800.00", "no")])
def test_own_income_is_what_is_left_without_transfers(
    people: dict[str, User], wages: str, answer: str
) -> None:
    home = only(
        able(people),
        datetime.date(2026, 9, 30),
        "20000",
        parts={"A1": wages, "D2": "6000.00", "D4": "5199.99"},
    )
    assert asked(home, "own_income").answer == answer


def test_income_that_was_not_stated_by_items_does_not_say_whether_it_is_earned(
    people: dict[str, User],
) -> None:
    home = only(able(people), datetime.date(2026, 9, 30), "20000", parts={})
    assert asked(home, "own_income").answer == "unknown"


@pytest.mark.parametrize(
    ("codes", "answer"),
    [(("3", "5", "5"), "yes"), (("4", "5", "5"), "no"), (("", "5", "5"), "unknown"), (("", "1", "5"), "yes")],
)
def test_somebody_can_work(people: dict[str, User], codes: tuple[str, ...], answer: str) -> None:
    home = able(people)
    for each, code in zip(Resident.objects.filter(household=home), codes, strict=True):
        Resident.objects.filter(pk=each.pk).update(labour=code)
    assert asked(home, "labour").answer == answer


@pytest.mark.parametrize(("months", "answer"), [(6, "yes"), (5, "no"), (0, "no"), (None, "unknown")])
def test_six_months_of_work(people: dict[str, User], months: int | None, answer: str) -> None:
    home = able(people)
    Resident.objects.filter(household=home).update(work_months=months)
    assert asked(home, "work").answer == answer


@pytest.mark.parametrize(
    ("born", "stage", "answer"),
    [
        (datetime.date(2019, 11, 4), "", "unknown"),  # seven today
        (datetime.date(2019, 11, 5), "", "yes"),  # seven tomorrow: nobody asks yet
        (datetime.date(2010, 11, 5), "", "unknown"),  # fifteen until tomorrow
        (datetime.date(2010, 11, 4), "", "yes"),  # sixteen today
        (datetime.date(2012, 9, 1), "06", "yes"),
        (datetime.date(2012, 9, 1), "02", "no"),
        (None, "06", "unknown"),
    ],
)
def test_children_of_school_age_are_at_school(
    people: dict[str, User], born: datetime.date | None, stage: str, answer: str
) -> None:
    home = able(people)
    Resident.objects.filter(household=home, relation="03").update(born_on=born, school_stage=stage)
    assert asked(home, "schooling").answer == answer


@pytest.mark.parametrize(("insured", "answer"), [(True, "yes"), (False, "no"), (None, "unknown")])
def test_everybody_is_insured(people: dict[str, User], insured: bool | None, answer: str) -> None:
    home = able(people)
    Resident.objects.filter(household=home, relation="03").update(insured=insured)
    assert asked(home, "insurance").answer == answer


@pytest.mark.parametrize(
    ("grade", "answer"),
    [("A", "yes"), ("B", "yes"), ("C", "no"), ("D", "no"), ("", "unknown"), ("危", "unknown")],
)
def test_the_dwelling_is_safe(people: dict[str, User], grade: str, answer: str) -> None:
    home = able(people)
    Household.objects.filter(pk=home.pk).update(house_grade=grade)
    assert asked(home, "dwelling").answer == answer


@pytest.mark.parametrize(("safe", "answer"), [(True, "yes"), (False, "no"), (None, "unknown")])
def test_the_water_is_safe_with_the_day_of_its_own_source(
    people: dict[str, User], safe: bool | None, answer: str
) -> None:
    home = able(people)
    sources = {"water_safe": ["hand", "2026-08-01"]}
    Household.objects.filter(pk=home.pk).update(water_safe=safe, field_sources=sources)
    found = asked(home, "water")
    assert found.answer == answer
    assert found.day == (None if safe is None else datetime.date(2026, 8, 1))


def test_an_open_warning_is_a_risk(people: dict[str, User]) -> None:
    home = able(people)
    assert asked(home, "risks").answer == "yes"
    alert = reported(people, home=home)
    assert asked(home, "risks").answer == "no"
    Alert.objects.filter(pk=alert.pk).update(state="closed")
    assert asked(home, "risks").answer == "yes"


def test_social_assistance_holds_on_its_days_alone(people: dict[str, User]) -> None:
    home = able(people)
    member = home.residents.get(relation="02")
    stand(home, "dibao", resident=member, from_day=datetime.date(2026, 1, 1), until_day=TODAY)
    assert asked(home, "safety_net").facts["kinds"] == ["dibao"]
    assert asked(home, "safety_net", TODAY + DAY).answer == "yes"
    assert asked(home, "safety_net", datetime.date(2025, 12, 31)).answer == "yes"


def test_a_whole_household_on_a_list_counts_too(people: dict[str, User]) -> None:
    home = able(people)
    stand(home, "dibao_margin")
    assert asked(home, "safety_net").answer == "no"


def test_assistance_that_was_never_stated_is_unknown(people: dict[str, User]) -> None:
    home = able(people)
    Resident.objects.filter(household=home, relation="03").update(tekun="")
    assert asked(home, "safety_net").answer == "unknown"
    Resident.objects.filter(household=home, relation="03").update(tekun="rural")
    assert asked(home, "safety_net").answer == "no"


def test_help_that_landed_counts_for_twelve_months(people: dict[str, User]) -> None:
    home = able(people)
    assert asked(home, "measures").answer == "unknown"
    case = enrolled(people, home=home)
    assert asked(home, "measures").answer == "no"
    stated(case, people, datetime.date(2026, 10, 1))
    assert asked(home, "measures").answer == "no"  # what a township states for a removal is no record of help


def test_nobody_is_left(people: dict[str, User]) -> None:
    home = able(people)
    Resident.objects.filter(household=home).update(left_on=TODAY, departure="died")
    for code in ("labour", "schooling", "insurance", "safety_net"):
        assert asked(home, code).answer == "unknown", code
    # On the day before they were all there.
    assert asked(home, "insurance", TODAY - DAY).answer == "yes"


def test_answers_are_told_again_as_they_were_kept(people: dict[str, User]) -> None:
    home = able(people)
    stand(home, "tekun", resident=home.residents.get(relation="02"))
    for code in ("income", "safety_net", "labour"):
        found = asked(home, code)
        (again,) = criteria.of_kept([found.kept()])
        assert (again.said, again.word, again.day) == (found.said, found.word, found.day)
