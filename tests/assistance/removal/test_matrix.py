"""Every move of a removal, at every place of its chain, by everybody: exactly what chain, right and area permit."""

import pytest

from assistance.models import Removal
from assistance.removal import chain
from assistance.removal.lifecycle import REMOVAL
from assistance.removal.moved import follow
from foundation.accounts.models import User
from foundation.workflow.move import Request, move
from tests.assistance.removal.made import TODAY, enrolled, now
from tests.assistance.tried import Wrong, tried
from tests.house.planted_removals import a_removal_of

pytestmark = pytest.mark.usefixtures("english", "line")
#: What a removal waits for → the move that is made there, by whom; then the way back from the mark.
PLACES = (
    ("evaluate", "evaluate", "cun"),
    ("post", "post", "cun"),
    ("notice", "end_notice", "cun"),
    ("review", "review", "zhen"),
    ("decide", "approve", "shending"),
    ("announce", "announce", "zhenling"),
    ("", "propose_rollback", "zhen"),
    ("", "confirm_rollback", "shending"),
)
#: What the mark is written with, on the day of the tests.
WRITES = {"approve": {"decided_on": TODAY}, "announce": {"removed_on": TODAY}}


@pytest.mark.timeout(600)
@pytest.mark.slow
def test_exactly_what_chain_right_and_area_permit(people: dict[str, User]) -> None:
    removal = begun(people)
    wrong: list[Wrong] = []
    for waits_for, verb, who in PLACES:
        assert "+".join(removal.waits_for) == waits_for
        wrong.extend(tried(removal, REMOVAL.moves, people, waits_for or removal.state))
        removal = made(removal, verb, people[who])
    assert wrong == []
    assert list(tried(removal, REMOVAL.moves, people, removal.state)) == []
    assert removal.state == "rolled_back"


def test_a_new_check_opens_the_review_again_and_nothing_before_it(people: dict[str, User]) -> None:
    removal = begun(people)
    for _waits_for, step, by in PLACES[:4]:
        removal = made(removal, step, people[by])
    removal = made(removal, "return_from_county", people["shending"])
    assert removal.waits_for == ["review"]
    assert list(tried(removal, REMOVAL.moves, people, "returned")) == []


def begun(people: dict[str, User]) -> Removal:
    """Return a removal that has just been proposed by the village, as a row on the chain of the country."""
    removal = a_removal_of(enrolled(people))
    chain.begin(removal)
    follow([removal], by=people["cun"])
    return now(removal)


def made(removal: Removal, verb: str, by: User) -> Removal:
    """Make one move and let the removal follow its chain."""
    given = dict.fromkeys(REMOVAL.find(verb).needs, "given")
    back_to = "review" if REMOVAL.find(verb).returns else ""
    asked = Request(verb, reason="x", given=given, writes=WRITES.get(verb, {}), back_to=back_to)
    move(removal, asked, by=by)
    follow([now(removal)], by=by)
    return now(removal)
