"""What the acts on cases are called in the record; moves are named by their table."""

from typing import Any

from django.utils.translation import pgettext_lazy

VERBS: dict[str, Any] = {
    "case.piece_mended": pgettext_lazy("ledger", "missing piece of a case ticked off"),
    "case.escalated": pgettext_lazy("ledger", "superior told of an overdue case"),
    "case.basis_changed": pgettext_lazy("ledger", "facts under a case changed"),
    "case.basis_answered": pgettext_lazy("ledger", "changed facts under a case answered"),
    "case.risk_told": pgettext_lazy("ledger", "new signal came to a running case"),
    "case.risk_answered": pgettext_lazy("ledger", "new signal on a running case judged"),
    "case.overview_taken": pgettext_lazy("ledger", "overview of help taken out"),
    "case.step_skipped": pgettext_lazy("ledger", "step of a case skipped"),
}
