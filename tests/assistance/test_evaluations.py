"""A meeting judges many households, each by its own vote; relatives withdraw; quorum only where the area asks."""

import time
from collections.abc import Callable
from unittest.mock import patch
from urllib.parse import parse_qsl

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from assistance.evaluations import calling, concluding, hall, listing, selectors, voting
from assistance.evaluations.calling import Call
from assistance.evaluations.forms import CasesField
from assistance.evaluations.rules import rules_of
from assistance.evaluations.voting import Votes
from assistance.models import Evaluation, EvaluationItem
from foundation.accounts import clock, kin
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.regulations import revision
from foundation.regulations.models import Value
from tests.assistance.noticed import attended, called, met, now, voted, waiting
from tests.people import VILLAGE

pytestmark = pytest.mark.usefixtures("english")


def results(meeting: Evaluation) -> list[str]:
    return list(meeting.items.order_by("pk").values_list("result", flat=True))


def test_each_household_goes_its_own_way(people: dict[str, User]) -> None:
    passes, fails, unvoted = waiting(people, 3)
    meeting = attended(people, called(people, [passes, fails, unvoted]))
    voted(people, meeting, Votes(6, 3, 0, 1, "柳大寒（舅舅）"), Votes(5, 5, 0))
    done = concluding.conclude(meeting, "逐户评议", by=people["cun"])
    assert (done.passed, done.failed, done.refused) == ((passes.pk,), (fails.pk,), ())
    assert results(meeting) == ["passed", "failed", "left"]
    assert now(passes).waits_for == ["post"]
    assert (now(fails).state, now(unvoted).state) == ("declined", "open")
    assert now(unvoted).waits_for == ["evaluate"]
    called(people, [now(unvoted)])


def test_votes_add_up_to_those_who_came_without_relatives(people: dict[str, User]) -> None:
    meeting = attended(people, called(people, waiting(people, 1)))
    item = meeting.items.get()
    for wrong in (Votes(9, 0, 0), Votes(10, 0, 0, 1, "柳大寒"), Votes(11, 0, 0), Votes(12, -2, 0)):
        with pytest.raises(Refused):
            voting.vote(item, wrong, by=people["cun"])
    with pytest.raises(Refused, match="Name the relatives"):
        voting.vote(item, Votes(9, 0, 0, 1), by=people["cun"])
    voting.vote(item, Votes(8, 0, 1, 1, "柳大寒"), by=people["cun"])


def test_attendance_that_changes_after_the_votes_is_found_out(people: dict[str, User]) -> None:
    meeting = attended(people, called(people, waiting(people, 1)))
    voted(people, meeting, Votes(10, 0, 0))
    attended(people, meeting, came=9)
    with pytest.raises(Refused, match="do not add up"):
        concluding.conclude(meeting, "", by=people["cun"])


@pytest.mark.parametrize(("came", "enough"), [(9, False), (10, True)])
def test_two_thirds_present_only_where_the_area_asks(
    people: dict[str, User], came: int, enough: bool
) -> None:
    meeting = called(people, waiting(people, 1), must_come=15)
    silent = attended(people, meeting, came=1, must=15)
    assert list(rules_of(silent).lacks(silent)) == []
    two_thirds_in(VILLAGE)
    asked = attended(people, meeting, came=came, must=15)
    assert (list(rules_of(asked).lacks(asked)) == []) is enough


@pytest.mark.parametrize(("agree", "passes"), [(7, True), (6, False)])
def test_two_thirds_of_ten_are_seven(people: dict[str, User], agree: int, passes: bool) -> None:
    two_thirds_in(VILLAGE)
    meeting = attended(people, called(people, waiting(people, 1), must_come=15), came=10, must=15)
    voted(people, meeting, Votes(agree, 10 - agree, 0))
    done = concluding.conclude(meeting, "", by=people["cun"])
    assert bool(done.passed) is passes


def two_thirds_in(area: str) -> None:
    """Let the shipped rule of one area hold in another."""
    keys = ["evaluation_group_min", "evaluation_present_share", "evaluation_pass_share"]
    Value.objects.filter(subject_id__in=keys).update(area=area)
    revision.renew(revision.VALUES)


def test_a_group_that_is_too_small_is_not_called(people: dict[str, User]) -> None:
    two_thirds_in(VILLAGE)
    with pytest.raises(Refused, match="At least 15"):
        called(people, waiting(people, 1), must_come=14)


def test_the_committees_meet_for_a_reason_only(people: dict[str, User]) -> None:
    cases = waiting(people, 1)
    with pytest.raises(Refused, match="Say why"):
        calling.call(cases[0].area, cases, Call("committees", clock.today(), "村部", 9), by=people["cun"])
    calling.call(
        cases[0].area, cases, Call("committees", clock.today(), "村部", 9, reason="秋收"), by=people["cun"]
    )


def test_a_case_is_before_one_meeting_at_a_time(people: dict[str, User]) -> None:
    cases = waiting(people, 1)
    first = called(people, cases)
    with pytest.raises(Refused, match="already"):
        called(people, cases)
    calling.call_off(first, "停电", by=people["cun"])
    called(people, cases)
    assert calling.waiting_in(VILLAGE, people["cun"]).count() == 0


def test_a_case_that_does_not_wait_is_not_called(people: dict[str, User]) -> None:
    with pytest.raises(Refused, match="does not wait"):
        called(people, waiting(people, 1, "post"))


def test_a_meeting_is_concluded_once(people: dict[str, User]) -> None:
    meeting = met(people, waiting(people, 1))
    with pytest.raises(Refused, match="over"):
        concluding.conclude(meeting, "", by=people["cun"])


def test_kin_of_the_concluder_wait_for_somebody_else(people: dict[str, User]) -> None:
    own, other = waiting(people, 2)
    meeting = attended(people, called(people, [own, other]))
    voted(people, meeting, Votes(10, 0, 0), Votes(10, 0, 0))
    kin.declare(own.household.code, Kin.Relation.values[0], by=people["cun"])  # type: ignore[arg-type]
    done = concluding.conclude(meeting, "", by=people["cun"])
    assert (done.passed, len(done.refused)) == ((other.pk,), 1)
    with pytest.raises(Refused):
        voting.vote(EvaluationItem.objects.get(case=own), Votes(10, 0, 0), by=people["cun"])
    assert concluding.finish(meeting, by=people["shuji"]).passed == (own.pk,)
    assert results(meeting) == ["passed", "passed"]


@pytest.mark.parametrize("who", ["lin_cun", "shending", "xian", "zhenling"])
def test_only_who_prepares_cases_there_calls_a_meeting(people: dict[str, User], who: str) -> None:
    cases = waiting(people, 1)
    with pytest.raises(Refused, match="right"):
        calling.call(cases[0].area, cases, Call("representatives", clock.today(), "村部", 9), by=people[who])


def test_the_code_of_the_hall_dies(people: dict[str, User]) -> None:
    meeting = called(people, waiting(people, 1))
    word = hall.word_of(meeting)
    assert hall.read(word) == meeting.pk
    with pytest.raises(Refused, match="cannot be read"):
        hall.read(signing.TimestampSigner(salt="other").sign(str(meeting.pk)).replace(":", "~"))
    later = time.time() + hall.HOURS * 3600 + 1
    with patch("django.core.signing.time.time", return_value=later), pytest.raises(Refused, match="too old"):
        hall.read(word)


def test_a_village_names_its_meeting_only_to_itself(people: dict[str, User], areas: dict[str, Area]) -> None:
    meeting = called(people, waiting(people, 1))
    seen = {name for name in people if Evaluation.objects.visible_to(people[name]).filter(pk=meeting.pk)}
    assert {"cun", "shuji", "zhen", "zhenling", "shending"} <= seen
    assert not {"lin_cun", "lin_zhen", "lin_xian", "wangge", "bangfu", "yibao", "xitong"} & seen


def test_a_long_list_is_shown_in_parts_narrowed_and_printed_whole(
    people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    meeting = called(people, waiting(people, 3))
    first, second, third = meeting.items.order_by("pk")
    voted(people, attended(people, meeting), Votes(10, 0, 0))
    items = list(selectors.items_of(meeting, people["cun"]))
    with patch.object(listing, "PAGE", 2):
        part = listing.listed(items, set(), {})
        assert ([each.pk for each in part.items], part.earlier) == ([first.pk, second.pk], "")
        rest = listing.listed(items, set(), dict(parse_qsl(part.later[1:].partition("#")[0])))
        assert ([each.pk for each in rest.items], rest.first, rest.last, rest.later) == ([third.pk], 3, 3, "")
        back = listing.listed(items, set(), dict(parse_qsl(rest.earlier[1:].partition("#")[0])))
        assert [each.pk for each in back.items] == [first.pk, second.pk]
        page = reverse("cases:evaluation", args=[meeting.pk])
        told = signed_in("cun").get(page).content.decode()
        assert (first.household.code in told, third.household.code in told) == (True, False)
        found = signed_in("cun").get(page, {"q": third.household.code.lower()}).content.decode()
        assert (first.household.code in found, third.household.code in found) == (False, True)
        assert len(selectors.items_of(meeting, people["cun"])) == 3, "sheet and minutes print all"
    asked = {
        code: [each.pk for each in listing.listed(items, {second.pk}, {"only": code}).items]
        for code in listing.ONLY
    }
    assert asked == {"open": [second.pk, third.pk], "voted": [first.pk], "staff": [second.pk]}
    assert listing.listed(items, set(), {"after": "x", "only": "?"}).count == 3


def test_a_long_choice_can_be_searched_and_keeps_every_tick(
    people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    waiting(people, 2)
    page = reverse("cases:call", args=[VILLAGE])
    assert "data-narrow" not in signed_in("cun").get(page).content.decode()
    with patch.object(CasesField, "long_from", 2):
        told = signed_in("cun").get(page).content.decode()
    assert 'data-narrow="cases"' in told
    assert told.count('name="cases"') == told.count(" checked") - 1 == 2
