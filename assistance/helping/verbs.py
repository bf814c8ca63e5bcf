"""What the acts on helpers are called in the record; moves of places are named by their table."""

from typing import Any

from django.utils.translation import pgettext_lazy

VERBS: dict[str, Any] = {
    "case.helpers_complete": pgettext_lazy("ledger", "all helpers of a household are there"),
    "case.helpers_not_needed": pgettext_lazy("ledger", "case ended: no helpers to be named"),
    "case.helpers_overdue": pgettext_lazy("ledger", "township told that a household lacks a helper"),
    "helper.household_told": pgettext_lazy("ledger", "household told of its new helper"),
    "helper.leaving_sheet_printed": pgettext_lazy("ledger", "sheet of what is open printed before help ends"),
    "helper.told_taken_back": pgettext_lazy("ledger", "that a household was told of its helper taken back"),
    "helper.called": pgettext_lazy("ledger", "household called by its helper"),
    "helper.letter_printed": pgettext_lazy("ledger", "sheet with the helper printed for a household"),
    "hand_over.begun": pgettext_lazy("ledger", "hand-over of households begun"),
    "hand_over.accepted": pgettext_lazy("ledger", "hand-over of households accepted"),
    "hand_over.refused": pgettext_lazy("ledger", "hand-over of households refused"),
    "hand_over.taken_back": pgettext_lazy("ledger", "hand-over of households called off"),
    "hand_over.printed": pgettext_lazy("ledger", "sheet of a hand-over printed"),
}
