"""What the acts on disasters, and on what came first or from before, are called in the record."""

from django.utils.translation import pgettext_lazy

VERBS = {
    "case.helped_first": pgettext_lazy("ledger", "help that came first written down"),
    "case.imported_answered": pgettext_lazy("ledger", "double of the old register answered"),
    "disaster.opened": pgettext_lazy("ledger", "disaster entered"),
    "disaster.listed": pgettext_lazy("ledger", "households listed for a disaster"),
    "disaster.cases_opened": pgettext_lazy("ledger", "cases of a disaster opened"),
    "disaster.helped": pgettext_lazy("ledger", "help for households of a disaster written down"),
    "disaster.safe": pgettext_lazy("ledger", "households of a disaster called safe"),
    "disaster.not_safe": pgettext_lazy("ledger", "households of a disaster no longer called safe"),
    "disaster.harm_set": pgettext_lazy("ledger", "harm of households of a disaster set"),
    "disaster.left_unharmed": pgettext_lazy("ledger", "unharmed households taken off a disaster"),
    "disaster.put_back": pgettext_lazy("ledger", "households put back onto a disaster"),
}
