"""What the API tells of follow-ups and removals, to whom, and the moves of a removal that need a reason alone."""

from collections.abc import Callable
from typing import Any

import pytest

from assistance.models import FollowUp
from assistance.removal.api import MOVES
from assistance.removal.lifecycle import REMOVAL
from foundation.accounts.models import User
from tests.house.planted_cases import a_case
from tests.house.planted_removals import a_removal
from tests.house.things import DAY
from tests.programs import Program, costs_no_more, is_never_skipped, programs

Programs = Callable[[str], Program]


@pytest.fixture
def api(people: dict[str, User]) -> Programs:
    return programs(people)


def owed(people: dict[str, User]) -> FollowUp:
    made: FollowUp = FollowUp.objects.create(case=a_case("enrolled", people), counts_from=DAY, due_on=DAY)
    return made


def test_follow_ups_are_read_within_ones_areas(api: Programs, people: dict[str, User]) -> None:
    row = owed(people)
    (told,) = api("cun").rows("follow-ups-list", query={"owed": "yes", "due_by": "2026-11-04"})
    assert (told["id"], told["case"], told["visit"]) == (row.pk, row.case_id, None)
    assert api("cun").rows("follow-ups-list", query={"owed": "no"}) == []
    assert api("lin_cun").rows("follow-ups-list") == []
    api("lin_cun").get("follow-ups-detail", status=404, pk=row.pk)
    api("rexian").get("follow-ups-list", status=403)
    costs_no_more(api("cun"), "follow-ups-list", lambda: owed(people))


def test_a_removal_is_read_and_taken_back(api: Programs, people: dict[str, User]) -> None:
    row = a_removal("proposed", people)
    told = api("cun").get("removals-detail", pk=row.pk)
    assert (told["state"], told["case"], "contact_phone" in told) == ("proposed", row.case_id, False)
    assert "withdraw" in [each["move"] for each in told["may"]]
    api("lin_cun").get("removals-detail", status=404, pk=row.pk)
    sent = {"move": "withdraw", "version": row.version, "reason": "还有困难"}
    assert api("shi").post("removals-moves", sent, status=None, pk=row.pk)[0] == 403
    assert api("cun").post("removals-moves", sent, pk=row.pk)["state"] == "withdrawn"
    assert api("cun").post("removals-moves", sent, status=None, pk=row.pk)[0] == 409
    assert [each["move"] for each in api("cun").rows("removals-moves", pk=row.pk)][-1] == "withdraw"
    costs_no_more(api("cun"), "removals-list", lambda: a_removal("proposed", people))


def test_no_step_is_skipped(api: Programs, people: dict[str, User], settings: Any) -> None:
    """ASVS 2.3.1, 8.3.1: a move of a removal is refused in every state that it does not leave from."""
    settings.API_ACTS_A_MINUTE = settings.API_REQUESTS_A_MINUTE = 100_000
    who = {"prepare_cases": "cun", "review_cases": "zhen", "decide_cases": "shending"}
    asked = is_never_skipped(
        "removals-moves", REMOVAL, lambda state: a_removal(state, people), MOVES,
        lambda right: api(who[right]), {"reason": "因为"},
    )  # fmt: skip
    assert asked > 30
