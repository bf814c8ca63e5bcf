"""What the acts of moves are called in the record; moves of the lifecycle are named by their table."""

from django.utils.translation import pgettext_lazy

VERBS = {
    "household_move.propose_move": pgettext_lazy("ledger", "move proposed"),
    "household_move.reminded": pgettext_lazy("ledger", "receiving area reminded of a move"),
    "household.moved_out": pgettext_lazy("ledger", "household moved away"),
    "household.moved_in": pgettext_lazy("ledger", "household moved in"),
    "household_move.printed": pgettext_lazy("ledger", "letter about a move printed"),
}
