"""Declarations of questionnaires: read strictly, kept for ever, answered from the register where it knows."""

import datetime
from collections.abc import Callable

import pytest

from foundation.accounts.models import User
from foundation.ledger.models import Entry
from foundation.regulations.contents import FileError
from households.models import Household, Questionnaire, Resident
from households.visits import book
from households.visits.known import facts_of
from households.visits.questionnaires import Kind
from households.visits.reading import FOLDER, read_folder, read_text

DAY = datetime.date(2026, 11, 4)
CALL = (FOLDER / "call.1.toml").read_text(encoding="utf-8")


def test_the_shipped_questionnaires_have_the_five_sights_and_both_languages() -> None:
    shipped = {each.code: each for each in read_folder()}
    assert [section.zh for section in shipped["house_check"].sections] == [
        "基本情况",
        "总体收入",
        "刚性支出",
        "四项保障",
        "政策享受",
    ]
    assert all(question.en and question.zh for each in shipped.values() for question in each.questions())
    guarantees = [each for each in shipped["house_check"].questions() if each.kind is Kind.YESNO]
    assert len(guarantees) == 4
    assert all(each.required for each in guarantees)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (lambda text: text.replace('kind = "text"', 'kind = "poem"', 1), "kind"),
        (lambda text: text.replace("required = true", 'known = "star_sign"', 1), "known"),
        (lambda text: text.replace("required = true", "most = 3", 1), "most"),
        (lambda text: text.replace("required = true", 'list = "risk_types"', 1), "choices/list"),
        (lambda text: text.replace('code = "done"', 'code = "found"'), "section"),
        (lambda text: text.replace('name_en = "The visit"\n', ""), "name_en"),
        (lambda text: text.replace("required = true", 'counts = "A"', 1), "counts"),
        (lambda text: text.replace("required = true", 'only_if = "risk_seen=perhaps"', 1), "section"),
        (lambda text: text.replace("required = true", 'only_if = "risk_seen=yes|perhaps"', 1), "section"),
        (lambda text: text.replace("from = 2026-01-01", 'from = "2026-01-01"'), "from"),
        (lambda text: text.replace("from = 2026-01-01", "from = 2026-01-01\nauthor = 1"), "author"),
    ],
)
def test_what_does_not_obey_stops_the_load(change: Callable[[str], str], key: str) -> None:
    text = change(CALL)
    assert text != CALL
    with pytest.raises(FileError) as caught:
        read_text("call.1", text)
    assert key in caught.value.key


def test_a_file_is_called_by_code_and_version() -> None:
    with pytest.raises(FileError):
        read_text("call", CALL)


def test_versions_are_added_once_and_never_change(db: None) -> None:
    system = User.objects.built_in("system")
    assert book.declare(read_folder(), by=system) == []
    newer = read_text("call.3", CALL.replace("2026-01-01", "2026-12-01"))
    assert book.declare([newer], by=system) == ["call.3"]
    assert Entry.objects.filter(verb="questionnaires.declared").count() == 2
    with pytest.raises(FileError):
        book.declare([read_text("call.3", CALL.replace("2026-01-01", "2026-12-02"))], by=system)
    assert [each.version for each in book.in_force(DAY).values() if each.code == "call"] == [1]
    assert book.in_force(datetime.date(2026, 12, 1))["call"].version == 3


def test_the_usual_questionnaire_stands_first(db: None) -> None:
    found = book.in_force(DAY)
    assert list(found) == ["call", "doorstep", "house_check", "removal_check"]
    assert list(book.offered(DAY, set())) == ["call", "house_check", "removal_check"]
    assert list(book.offered(DAY, {"alerts.alert"})) == ["doorstep", "call", "house_check", "removal_check"]
    assert Questionnaire.objects.get(pk=found["call"].key).code == "call"


def test_the_register_answers_what_it_knows_with_source_and_day(home: Household) -> None:
    facts = facts_of(home, DAY)
    assert {name: fact.value for name, fact in facts.items()} == {
        "members": 4,
        "able_to_work": 2,
        "house_safe": "no",
        "water_safe": "yes",
        "all_insured": "no",
        "aid": ["dibao"],
    }
    assert {fact.source.day for fact in facts.values()} == {home.source_day}


def test_what_is_not_stated_of_everybody_is_asked(home: Household) -> None:
    Resident.objects.filter(household=home).update(insured=True, labour="")
    Resident.objects.filter(household=home, relation="12").update(insured=None, dibao="")
    Household.objects.filter(pk=home.pk).update(house_grade="", water_safe=None)
    home.refresh_from_db()
    assert set(facts_of(home, DAY)) == {"members"}
