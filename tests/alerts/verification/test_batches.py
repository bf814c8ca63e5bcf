"""Like negatives as a batch: a drawn share is checked once more, and only the rest closes."""

import datetime
import json

import pytest

from alerts.models import Alert
from alerts.verification import reviewing
from alerts.verification.batches import confirm_batch, draw, draw_one, recheck
from alerts.verification.like_negatives import batches_of, confirmable, negatives
from alerts.verification.reported import Reported
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from tests.alerts.verification.made import another_signal, reported

DAY = datetime.date(2026, 11, 4)
SEED = "0f" * 16


@pytest.fixture
def three(people: dict[str, User]) -> list[Alert]:
    """Return three reports that nobody should be enrolled."""
    return [reported(people) for _each in range(3)]


def test_of_three_one_is_drawn_and_two_close(three: list[Alert], people: dict[str, User]) -> None:
    done = confirm_batch(three, by=people["zhen"])
    assert (len(done.closed), len(done.drawn), done.refused) == (2, 1, ())
    drawn = Alert.objects.get(pk__in=done.drawn)
    assert (drawn.state, drawn.recheck) == ("reported", "drawn")
    closed = Alert.objects.filter(pk__in=done.closed)
    assert set(closed.values_list("state", "outcome")) == {("closed", "not_eligible")}


def test_anybody_can_draw_again_from_what_the_record_keeps(
    three: list[Alert], people: dict[str, User]
) -> None:
    done = confirm_batch(three, by=people["zhen"])
    entry = json.loads(bytes(Entry.objects.get(verb="alert.batch_drawn").body))
    kept = entry["details"]
    assert kept["drawn"] == list(done.drawn)
    assert draw(three, float(kept["share"]), kept["seed"]) == kept["drawn"]


def test_another_seed_draws_others(three: list[Alert]) -> None:
    drawn = {tuple(draw(three, 0.1, str(number))) for number in range(20)}
    assert len(drawn) > 1


def test_households_of_cadres_and_their_kin_are_always_drawn(
    three: list[Alert], people: dict[str, User]
) -> None:
    Kin.objects.create(
        user=people["shuji"], household=three[0].household.code, relation="kin", declared_on=DAY
    )
    done = confirm_batch(three, by=people["zhen"])
    assert three[0].pk in done.drawn
    assert len(done.drawn) == 2, "and one of the others"


def test_what_is_not_like_the_others_is_refused(three: list[Alert], people: dict[str, User]) -> None:
    other = reported(people, Reported("decline", "solved_by_policy"))
    with pytest.raises(Refused):
        confirm_batch([three[0], other], by=people["zhen"])
    with pytest.raises(Refused):
        confirm_batch(three[:1], by=people["zhen"])
    late = another_signal(people, three[0])
    done = confirm_batch([late, *three[1:]], by=people["zhen"])
    assert [result.key for result in done.refused] == [late.pk]


def test_a_drawn_one_is_confirmed_only_after_its_second_check(
    three: list[Alert], people: dict[str, User]
) -> None:
    alert = draw_one(three[0], by=people["zhen"])
    with pytest.raises(Refused):
        reviewing.confirm_end(alert, "not_eligible", "同意", by=people["zhen"])
    recheck(alert, holds=True, note="电话核实，属实", way="phone", by=people["zhen"])
    reviewing.confirm_end(alert, "not_eligible", "同意", by=people["zhen"])
    assert alert.state == "closed"


def test_what_turns_out_otherwise_is_not_confirmed(three: list[Alert], people: dict[str, User]) -> None:
    alert = draw_one(three[0], by=people["zhen"])
    recheck(alert, holds=False, note="实际没有收入", way="visit", by=people["zhen"])
    with pytest.raises(Refused):
        reviewing.confirm_end(alert, "not_eligible", "同意", by=people["zhen"])
    reviewing.propose(alert, "复核后拟纳入", by=people["zhen"])


def test_the_page_counts_the_batches_and_says_why_not(three: list[Alert], people: dict[str, User]) -> None:
    (batch,) = batches_of(people["zhen"])
    assert (batch.count, batch.outcome, batch.drawn) == (3, "not_eligible", 0)
    assert batches_of(people["lin_zhen"]) == []
    late = another_signal(people, three[0])
    why = confirmable(list(negatives(people["zhen"]).select_related("household")), people["zhen"])
    assert [key for key, sentence in why.items() if sentence] == [late.pk]
