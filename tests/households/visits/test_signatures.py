"""Who signs a visit, and what happens to signatures when it is corrected or annulled."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.models import Household, Signature, Visit
from households.signing.selectors import progress
from households.signing.taking import sign
from households.visits.writing import amend_visit, annul_visit, record_visit
from tests.households.signing.made import drawn
from tests.households.visits.made import CHECKED, head_of, told


@pytest.fixture
def checked(home: Household, people: dict[str, User]) -> Visit:
    """A house check by two checkers who met the head."""
    two = [people["cun"], people["shuji"]]
    return record_visit(
        home, told(home, questionnaire="house_check", answers=CHECKED, visitors=two), by=people["cun"]
    )


def owed(visit: Visit) -> list[tuple[str, str]]:
    rows = Signature.objects.of(visit).filter(state="owed").order_by("pk")
    return [(row.party, row.who) for row in rows]


def test_two_checkers_and_the_householder_sign_a_house_check(checked: Visit) -> None:
    assert owed(checked) == [("checker", "cun"), ("checker", "shuji"), ("member", "沈立夏")]
    assert {row.document for row in Signature.objects.of(checked)} == {checked.digest}


def test_whoever_grown_was_met_signs_and_never_a_child(home: Household, people: dict[str, User]) -> None:
    son, mother = home.residents.get(relation="03"), home.residents.get(relation="12")
    son.born_on = son.born_on.replace(year=2016)
    son.save()
    with_mother = told(home, questionnaire="house_check", answers=CHECKED, met=[son, mother])
    assert owed(record_visit(home, with_mother, by=people["cun"]))[-1] == ("member", "何冬至")
    alone = told(home, questionnaire="house_check", answers=CHECKED, met=[son])
    assert owed(record_visit(home, alone, by=people["cun"]))[-1] == ("member", "沈立夏")


def test_an_ordinary_visit_and_an_attempt_owe_no_signature(home: Household, people: dict[str, User]) -> None:
    ordinary = record_visit(home, told(home), by=people["cun"])
    nobody = told(home, questionnaire="house_check", outcome="nobody", met=[], answers={})
    assert owed(ordinary) == owed(record_visit(home, nobody, by=people["cun"])) == []


def test_a_corrected_visit_is_signed_anew(checked: Visit, home: Household, people: dict[str, User]) -> None:
    other = told(home, questionnaire="house_check", answers=CHECKED | {"water_safe": "no"})
    amended = amend_visit(checked, other, by=people["cun"])
    assert owed(amended) == [("checker", "cun"), ("member", "沈立夏")]
    assert {row.document for row in Signature.objects.of(amended).needed()} == {amended.digest}


def test_what_somebody_signed_is_corrected_no_more(
    checked: Visit, home: Household, people: dict[str, User]
) -> None:
    mine = Signature.objects.of(checked).get(resident=head_of(home))
    sign(mine, drawn(), by=people["cun"])
    assert (progress(checked).signed, progress(checked).of) == (1, 3)
    with pytest.raises(Refused):
        amend_visit(checked, told(home, note="改"), by=people["cun"])
    annul_visit(checked, reason="写错了户", by=people["cun"])
    assert owed(checked) == []
    assert (progress(checked).signed, progress(checked).of) == (1, 1)


def test_the_list_says_which_visits_owe_signatures(
    checked: Visit, home: Household, people: dict[str, User], signed_in: Callable[..., Client]
) -> None:
    record_visit(home, told(home), by=people["cun"])
    address = reverse("households:visits")
    for wanted, expected in (("yes", [checked]), ("no", [Visit.objects.exclude(pk=checked.pk).get()])):
        rows = signed_in("cun").get(address, {"owed": wanted}).context["table"].rows
        assert [row.record for row in rows] == expected


def test_everything_that_is_signed_stands_above_the_pad(
    checked: Visit, home: Household, signed_in: Callable[..., Client]
) -> None:
    mine = Signature.objects.of(checked).get(resident=head_of(home))
    shown = signed_in("cun").get(reverse("signatures:signature", args=[mine.pk])).content.decode()
    assert all(word in shown for word in (home.code, "cun、shuji", "沈立夏", CHECKED["found"], "34.123456"))


def test_a_changed_byte_is_seen_on_the_page(
    checked: Visit, home: Household, people: dict[str, User], signed_in: Callable[..., Client]
) -> None:
    sign(Signature.objects.of(checked).get(resident=head_of(home)), drawn(), by=people["cun"])
    address = reverse("households:visit", args=[checked.pk])
    assert signed_in("cun").get(address).context["page"].as_written
    Visit.objects.filter(pk=checked.pk).update(answers=CHECKED | {"house_safe": "yes"})
    seen = signed_in("cun").get(address).context
    assert (seen["page"].as_written, seen["signatures"].in_doubt) == (False, True)
