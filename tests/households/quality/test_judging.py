"""Right as it is: the register is believed as long as the facts stay the same, and why stands in the record."""

import pytest

from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry, Opening
from foundation.ledger.record import read_body
from households.models import QualityCount, QualityFinding
from households.quality.judging import doubt_again, judge_right
from tests.households.quality.made import DAY, checked, family, person

WHY = "孩子休学两年后复学"


@pytest.fixture
def finding(people: dict[str, User]) -> QualityFinding:
    """A pupil of grade 7 who is 18."""
    family("A", person(), person("03", age=18, school_stage="04"))
    checked()
    return QualityFinding.objects.get()


def test_what_is_judged_right_waits_for_nobody(finding: QualityFinding, people: dict[str, User]) -> None:
    judge_right(finding, by=people["cun"], reason=WHY)
    checked()
    row = QualityFinding.objects.open().get()
    assert (row.judged_by, row.judged_on, row.judged_reason) == (people["cun"], DAY, WHY)
    assert not QualityFinding.objects.waiting().exists()
    assert QualityCount.objects.get(until__isnull=True).waiting == 0


def test_it_comes_back_when_the_facts_change(finding: QualityFinding, people: dict[str, User]) -> None:
    judge_right(finding, by=people["cun"], reason=WHY)
    finding.household.residents.filter(relation="03").update(school_stage="05")
    assert checked().came_back == 1
    row = QualityFinding.objects.waiting().get()
    assert (row.judged_by, row.judged_reason) == (None, "")


def test_it_does_not_come_back_with_the_same_facts(finding: QualityFinding, people: dict[str, User]) -> None:
    judge_right(finding, by=people["cun"], reason=WHY)
    pupil = finding.household.residents.filter(relation="03")
    pupil.update(school_stage="07")
    checked()
    assert not QualityFinding.objects.open().exists()
    pupil.update(school_stage="04")
    checked()
    row = QualityFinding.objects.open().get()
    assert row.pk != finding.pk
    assert row.judged_reason == WHY


def test_an_age_that_grows_brings_nothing_back(people: dict[str, User]) -> None:
    made = family("A", person(age=30, labour="5"))
    checked()
    judge_right(QualityFinding.objects.get(), by=people["cun"], reason="照料老人")
    made.residents.update(born_on="1990-01-01")
    assert checked().came_back == 0
    assert QualityFinding.objects.open().get().facts["age"] == 36


def test_a_judgement_is_taken_back_with_a_reason(finding: QualityFinding, people: dict[str, User]) -> None:
    judge_right(finding, by=people["cun"], reason=WHY)
    doubt_again(finding, by=people["zhen"], reason="看错了人")
    assert QualityFinding.objects.waiting().get() == finding
    assert QualityCount.objects.get(until__isnull=True).waiting == 1
    with pytest.raises(Refused):
        doubt_again(finding, by=people["zhen"], reason="again")


def test_both_acts_stand_in_the_record_and_their_reasons_only_sealed(
    finding: QualityFinding, people: dict[str, User]
) -> None:
    judge_right(finding, by=people["cun"], reason=WHY)
    doubt_again(finding, by=people["cun"], reason=WHY)
    verbs = ["finding.judged_right", "finding.doubted_again"]
    entries = list(Entry.objects.filter(verb__in=verbs).order_by("recorded_at"))
    assert [entry.verb for entry in entries] == verbs
    assert WHY not in str([read_body(entry) for entry in entries])
    assert Opening.objects.filter(entry__in=entries).count() == 2


@pytest.mark.parametrize("who", ["lin_cun", "shuji", "lingdao", "xitong"])
def test_only_who_answers_for_the_register_there_judges(
    finding: QualityFinding, people: dict[str, User], who: str
) -> None:
    with pytest.raises(Refused):
        judge_right(finding, by=people[who], reason=WHY)


def test_nobody_judges_without_a_reason_twice_or_what_has_gone(
    finding: QualityFinding, people: dict[str, User]
) -> None:
    with pytest.raises(Refused) as refused:
        judge_right(finding, by=people["cun"], reason="  ")
    assert refused.value.field == "reason"
    judge_right(finding, by=people["cun"], reason=WHY)
    with pytest.raises(Refused):
        judge_right(finding, by=people["cun"], reason=WHY)
    finding.household.residents.filter(relation="03").update(school_stage="07")
    checked()
    with pytest.raises(Refused):
        doubt_again(finding, by=people["cun"], reason=WHY)


def test_nobody_judges_their_own_or_their_kins_household(
    finding: QualityFinding, people: dict[str, User]
) -> None:
    Kin.objects.create(user=people["cun"], household="A", relation=Kin.Relation.OWN, declared_on=DAY)
    with pytest.raises(Refused):
        judge_right(finding, by=people["cun"], reason=WHY)
