"""S12: one woman in two households; what the county decided about her is taken back with the story."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from households.demo.storytelling import Line, PutBack, reason
from households.models import Duplicate, Household
from households.pairs import deciding
from households.pairs.lifecycle import PAIR
from households.pairs.telling import page_of

#: Who of the cast has both villages in scope.
_DECIDES = "xian"


class PairPart:
    """The pair's part in a story (households.demo.storytelling.StoryPart); before the register's own."""

    def lines(self, home: Household) -> Sequence[Line]:
        """Say of each pair whether it was decided, and what is done next."""
        found = []
        for pair in Duplicate.objects.filter(household=home).select_related("household").order_by("pk"):
            row = deciding.current(pair)
            state = row.state_label if row else str(PAIR.states[PAIR.initial])
            act = "" if row else str(PAIR.find("decide").label)
            said = _("one person in two households: %(state)s") % {"state": state}
            found.append(Line(said, act, page_of(pair), _DECIDES))
        return found

    def put_back(self, home: Household, found: PutBack) -> None:
        """Take back what was decided: nobody had, on the demonstration's day."""
        by = User.objects.get(username=_DECIDES)
        for pair in Duplicate.objects.filter(household=home).select_related("household").order_by("pk"):
            row = deciding.current(pair)
            if row is not None and row.state == "decided":
                deciding.undo(row, reason(), by=by)
                found.done.append(home.code + ": " + _("decision taken back"))


PAIRS = PairPart()
