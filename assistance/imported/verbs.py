"""What the acts on cases from before this platform are called in the record."""

from typing import Any

from django.utils.translation import pgettext_lazy

from assistance.imported.dating import PUT_IN, TAKEN_BACK

VERBS: dict[str, Any] = {
    PUT_IN: pgettext_lazy("ledger", "exact day of an imported identification put in"),
    TAKEN_BACK: pgettext_lazy("ledger", "exact day of an imported identification taken back"),
}
