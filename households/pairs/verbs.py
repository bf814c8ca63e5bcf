"""What the acts on pairs are called in the record; moves of the lifecycle are named by their table."""

from django.utils.translation import pgettext_lazy

VERBS = {
    "pair.note": pgettext_lazy("ledger", "person noted as standing in two households"),
    "pair.take_up": pgettext_lazy("ledger", "person in two households taken up"),
    "pair.reminded": pgettext_lazy("ledger", "area above both reminded of a person in two households"),
    "pair.overdue": pgettext_lazy("ledger", "person in two households not decided in time"),
    "pair.reminded_untaken": pgettext_lazy(
        "ledger", "reminded of a person in two households whom nobody took up"
    ),
    "pair.overdue_untaken": pgettext_lazy(
        "ledger", "person in two households neither decided nor passed up in time"
    ),
}
