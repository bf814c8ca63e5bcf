"""What the acts on measures and plans are called in the record; moves are named by their tables."""

from django.utils.translation import pgettext_lazy

VERBS = {
    "measure.tick": pgettext_lazy("ledger", "measure ticked for a household"),
    "measure.taken_over": pgettext_lazy("ledger", "measure taken over from the county before"),
    "plan.submit": pgettext_lazy("ledger", "plan of a household submitted"),
    "plan.printed": pgettext_lazy("ledger", "plan of a household printed"),
}
