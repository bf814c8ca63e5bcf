"""What the acts on income sheets are called in the record; moves are named by their table."""

from django.utils.translation import pgettext_lazy

VERBS = {
    "income_sheet.begin": pgettext_lazy("ledger", "income sheet of a household begun"),
    "income_sheet.kept": pgettext_lazy("ledger", "amount of an income sheet kept although a list changed"),
}
