"""Which moves of a measure are a reader's to make now: the office answers, who helps the household asks."""

from assistance.measures import answering
from assistance.measures.ending import may_end
from assistance.measures.rules import may_plan
from assistance.models import Measure
from foundation.accounts.models import User

#: Moves that people make; asking is the platform's own.
VERBS = ("land", "refuse", "take_back", "stop", "go_on", "ask_again", "withdraw")
_OFFICE = frozenset({"land", "refuse", "take_back"})
_ENDS = frozenset({"stop", "go_on"})


def offered(row: Measure, user: User) -> list[str]:
    """Return the moves that are the reader's to make now."""
    opened = {move.verb for move in row.lifecycle.open_from(row.state)}
    # What is stopped goes on; what is not is stopped.
    opened.discard("go_on" if row.stopped_on is None else "stop")
    return [verb for verb in VERBS if verb in opened and is_theirs(row, user, verb)]


def is_theirs(row: Measure, user: User, verb: str) -> bool:
    """Say whether a move is the reader's, wherever the measure stands."""
    if verb in _ENDS:
        return may_end(row, user)
    return answering.answers(user, row) if verb in _OFFICE else may_plan(row.case, user)
