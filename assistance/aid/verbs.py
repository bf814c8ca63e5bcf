"""What the acts on aid are called in the record; moves are named by their table."""

from django.utils.translation import pgettext_lazy

from assistance.aid.settling import EXPLAINED, UNEXPLAINED

VERBS = {
    "aid.record": pgettext_lazy("ledger", "aid recorded"),
    EXPLAINED: pgettext_lazy("ledger", "difference of promised and paid aid explained"),
    UNEXPLAINED: pgettext_lazy("ledger", "explanation of a difference withdrawn"),
}
