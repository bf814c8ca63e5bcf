"""A return names what is missing, lands with the step that mends it, and is told to the leader the third time."""

import pytest

from assistance.enrolment import pieces
from assistance.enrolment.returning import ReturnItem, give_back
from assistance.models import Case
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.inbox.models import Notice
from tests.assistance.made import opened, taken, walked_to

HITS = ReturnItem("compare", "hit_notes", "车辆未说明")


def test_the_county_returns_to_the_step_that_mends_it(people: dict[str, User]) -> None:
    case = walked_to(opened(people), "approve", people)
    assert case.waits_for == ["decide"]
    give_back(case, [HITS], "疑点未核实", by=people["shending"])
    assert (case.state, case.waits_for, case.returned) == ("open", ["compare"], 1)
    taken(case, "compare", people=people)
    assert case.waits_for == ["review"]  # evaluation and notice were held and are not repeated
    assert not case.pieces.missing().exists()
    taken(case, "review", "approve", people=people)
    assert case.state == "approved"


def test_several_pieces_go_back_to_the_earliest_of_their_steps(people: dict[str, User]) -> None:
    case = walked_to(opened(people), "review", people)
    give_back(case, [HITS, ReturnItem("apply", "signature")], "缺签字", by=people["zhen"])
    assert case.waits_for == ["apply"]
    assert case.step_due_on == case.pieces.missing()[0].due_on


def test_what_no_step_takes_again_is_ticked_off_by_hand_before_the_review(people: dict[str, User]) -> None:
    case = walked_to(opened(people), "review", people)
    give_back(case, [ReturnItem("evaluate", "minutes")], "缺会议记录签字页", by=people["zhen"])
    assert case.waits_for == ["review"]
    with pytest.raises(Refused):
        taken(case, "review", people=people)
    pieces.tick(case.pieces.get(), by=people["cun"])
    taken(case, "review", people=people)
    assert case.waits_for == ["decide"]


def test_the_third_return_goes_to_the_leader_of_the_township(people: dict[str, User]) -> None:
    case = walked_to(opened(people), "review", people)
    for _time in range(3):
        assert not Notice.objects.filter(kind="cases_returned_often").exists()
        give_back(case, [HITS], "疑点未核实", by=people["zhen"])
        taken(case, "compare", people=people)
    told = Notice.objects.filter(kind="cases_returned_often")
    assert [notice.recipient for notice in told] == [people["zhenling"]]


@pytest.mark.parametrize(
    ("items", "field"),
    [
        ([], "items"),
        ([ReturnItem("compare", "no_such")], "items"),
        ([ReturnItem("no_such", "hit_notes")], "items"),
        ([ReturnItem("apply", "other")], "note"),
    ],
)
def test_a_return_says_exactly_what_is_missing(
    people: dict[str, User], items: list[ReturnItem], field: str
) -> None:
    case = walked_to(opened(people), "review", people)
    with pytest.raises(Refused) as refusal:
        give_back(case, items, "缺", by=people["zhen"])
    assert refusal.value.field == field


def test_only_who_reviews_or_decides_there_returns(people: dict[str, User]) -> None:
    case = walked_to(opened(people), "approve", people)
    for username in ("cun", "lin_zhen", "lingdao"):
        with pytest.raises(Refused):
            give_back(Case.objects.get(pk=case.pk), [HITS], "缺", by=people[username])


def test_a_case_with_nothing_handed_in_is_not_returned(people: dict[str, User]) -> None:
    with pytest.raises(Refused):
        give_back(opened(people), [HITS], "缺", by=people["zhen"])
