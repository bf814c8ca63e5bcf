"""Visits are written down, corrected on the same day, annulled; what cannot be is refused with a sentence."""

import datetime
from typing import Any
from uuid import uuid4

import pytest

from foundation.accounts import clock, kin
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from foundation.workflow.models import Passage
from households.models import Household, Visit
from households.visits.told import Place, digest_of
from households.visits.writing import amend_visit, annul_visit, record_visit
from tests.households.families import make_household
from tests.households.visits.made import ANSWERS, CHECKED, head_of, told

TODAY = datetime.date(2026, 11, 4)


def refused(field: str | None, call: Any) -> str:
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.field == field, caught.value.sentence
    return caught.value.sentence


def test_a_visit_says_who_how_where_and_when(home: Household, people: dict[str, User]) -> None:
    cun, shuji = people["cun"], people["shuji"]
    visit = record_visit(
        home,
        told(
            home, at=datetime.time(9, 30), visitors=[cun, shuji], others="邻居吴某", note="电话 13812345678"
        ),
        by=cun,
    )
    visit.refresh_from_db()
    assert (visit.happened_on, visit.entered_on, visit.at) == (TODAY, TODAY, datetime.time(9, 30))
    assert {each.username for each in visit.visitors.all()} == {"cun", "shuji"}
    assert list(visit.met.all()) == [head_of(home)]
    assert (visit.latitude, visit.accuracy, visit.no_place) == (34.123456, 12, "")
    assert visit.note == "电话 1381*****78"
    assert (visit.area_id, visit.state, str(visit.questionnaire)) == (home.area_id, "recorded", "call.1")
    assert visit.digest == digest_of(visit)


def test_the_ledger_keeps_counts_and_a_digest_and_no_words(home: Household, people: dict[str, User]) -> None:
    visit = record_visit(home, told(home), by=people["cun"])
    entry = Entry.objects.get(verb="visit.record", object_id=str(visit.pk))
    details = read_body(entry)["details"]
    assert (details["digest"], details["met"], details["visitors"]) == (visit.digest, 1, 1)
    assert ANSWERS["found"] not in bytes(entry.body).decode()
    assert str(34.123456) not in bytes(entry.body).decode()


def test_an_attempt_that_met_nobody_is_a_visit_without_answers(
    home: Household, people: dict[str, User]
) -> None:
    visit = record_visit(home, told(home, outcome="nobody", met=[], answers={}), by=people["cun"])
    assert (visit.answers, list(visit.met.all())) == ({}, [])
    year = TODAY.year
    assert Visit.objects.asked_in(year).count() == 0
    record_visit(home, told(home), by=people["cun"])
    assert Visit.objects.asked_in(year).count() == 1


def test_who_telephones_says_why_and_has_no_place(home: Household, people: dict[str, User]) -> None:
    refused("way_reason", lambda: record_visit(home, told(home, way="phone"), by=people["cun"]))
    visit = record_visit(home, told(home, way="phone", way_reason="在广东务工"), by=people["cun"])
    assert (visit.latitude, visit.no_place) == (None, "not_there")


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("way", {"way": "drone"}),
        ("outcome", {"outcome": "perhaps"}),
        ("met", {"met": []}),
        ("no_place", {"place": None}),
        ("no_place", {"place": None, "no_place": "not_there"}),
        ("no_place", {"place": Place(91.0, 0.0)}),
        ("questionnaire", {"questionnaire": "nothing"}),
        ("q_found", {"answers": {"risk_seen": "none"}}),
        ("q_risk_seen", {"answers": ANSWERS | {"risk_seen": "dragon"}}),
        (
            "q_living_together",
            {"questionnaire": "house_check", "answers": CHECKED | {"living_together": "2.5"}},
        ),
        ("q_living_together", {"questionnaire": "house_check", "answers": CHECKED | {"living_together": 51}}),
        ("q_wages", {"questionnaire": "house_check", "answers": CHECKED | {"wages": "-1"}}),
        ("q_wages", {"questionnaire": "house_check", "answers": CHECKED | {"wages": "NaN"}}),
        ("happened_on", {"happened_on": datetime.date(2026, 11, 5)}),
        ("reason", {"happened_on": datetime.date(2026, 9, 1)}),
        ("note", {"note": "长" * 1001}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    home: Household, people: dict[str, User], field: str, changes: dict[str, Any]
) -> None:
    refused(field, lambda: record_visit(home, told(home, **changes), by=people["cun"]))
    assert not Visit.objects.exists()


def test_a_late_visit_says_why(home: Household, people: dict[str, User]) -> None:
    day = datetime.date(2026, 9, 1)
    visit = record_visit(home, told(home, happened_on=day, reason="手机丢失"), by=people["cun"])
    assert (visit.happened_on, visit.entered_on) == (day, TODAY)
    assert Passage.objects.get(object_id=str(visit.pk), verb="record").reason == "手机丢失"


def test_people_of_another_household_were_not_met(home: Household, people: dict[str, User]) -> None:
    other = make_household("YS000002", "外人", by=people["xian"])
    refused("met", lambda: record_visit(home, told(home, met=[head_of(other)]), by=people["cun"]))


def test_nobody_visits_their_own_or_kins_household_nor_takes_kin_along(
    home: Household, people: dict[str, User]
) -> None:
    kin.declare(home.code, Kin.Relation.KIN, by=people["shuji"])
    refused(None, lambda: record_visit(home, told(home), by=people["shuji"]))
    both = [people["cun"], people["shuji"]]
    assert "shuji" in refused(
        "visitors", lambda: record_visit(home, told(home, visitors=both), by=people["cun"])
    )


def test_strangers_and_people_without_the_right_write_nothing(
    home: Household, people: dict[str, User]
) -> None:
    for name in ("lin_cun", "xian", "wangge", "lingdao"):
        refused(None, lambda name=name: record_visit(home, told(home), by=people[name]))
    along = [people["cun"], people["lin_cun"]]
    refused("visitors", lambda: record_visit(home, told(home, visitors=along), by=people["cun"]))


def test_the_same_form_twice_is_one_visit_and_other_words_are_not_lost(
    home: Household, people: dict[str, User]
) -> None:
    key = uuid4()
    first = record_visit(home, told(home), by=people["cun"], key=key)
    assert record_visit(home, told(home), by=people["cun"], key=key) == first
    refused(None, lambda: record_visit(home, told(home, note="再补一句"), by=people["cun"], key=key))
    assert Visit.objects.count() == 1


def test_what_the_register_knew_is_marked_as_repeated(home: Household, people: dict[str, User]) -> None:
    answers = CHECKED | {"wages": "52000", "aid": ["dibao"]}
    visit = record_visit(home, told(home, questionnaire="house_check", answers=answers), by=people["cun"])
    assert set(visit.known) == {"house_safe", "water_safe", "all_insured", "aid"}
    assert visit.known["house_safe"] == {"source": home.source, "day": home.source_day.isoformat()}
    assert visit.answers["wages"] == "52000.00"


def test_a_visit_is_corrected_on_its_day_by_who_wrote_it_and_keeps_what_it_said(
    home: Household, people: dict[str, User]
) -> None:
    visit = record_visit(home, told(home), by=people["cun"])
    before = visit.digest
    amended = amend_visit(visit, told(home, answers=ANSWERS | {"found": "屋顶漏雨"}), by=people["cun"])
    assert (amended.answers["found"], amended.version) == ("屋顶漏雨", 2)
    assert amended.digest == digest_of(amended) != before
    kept = amended.versions.get()
    assert (kept.body["answers"], kept.digest, kept.changed) == (ANSWERS, before, ["answers"])
    refused(None, lambda: amend_visit(amended, told(home), by=people["shuji"]))
    refused(None, lambda: amend_visit(amended, told(home, answers=amended.answers), by=people["cun"]))
    with clock.at(TODAY + datetime.timedelta(1)):
        refused(None, lambda: amend_visit(amended, told(home), by=people["cun"]))


def test_two_corrections_of_the_same_version_do_not_overwrite_each_other(
    home: Household, people: dict[str, User]
) -> None:
    visit = record_visit(home, told(home), by=people["cun"])
    stale = Visit.objects.get(pk=visit.pk)
    amend_visit(visit, told(home, note="先改"), by=people["cun"])
    refused(None, lambda: amend_visit(stale, told(home, note="后改"), by=people["cun"]))
    assert Visit.objects.get().note == "先改"


def test_a_visit_is_annulled_by_who_wrote_it_or_struck_out_by_who_reviews(
    home: Household, people: dict[str, User]
) -> None:
    mine, other = (record_visit(home, told(home), by=people["cun"]) for _ in range(2))
    refused("reason", lambda: annul_visit(mine, reason=" ", by=people["cun"]))
    refused(None, lambda: annul_visit(mine, reason="写错了户", by=people["shuji"]))
    assert annul_visit(mine, reason="写错了户", by=people["cun"]).state == "annulled"
    assert annul_visit(other, reason="查无此事", by=people["zhen"]).state == "annulled"
    assert [entry.verb for entry in Entry.objects.filter(verb__startswith="visit.").order_by("pk")][2:] == [
        "visit.annul",
        "visit.strike",
    ]
    refused(None, lambda: amend_visit(mine, told(home, note="x"), by=people["cun"]))
    assert not Visit.objects.counting().exists()
