"""What an answer is asked for: why, since when, and where the data is wrong, which row."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from foundation.desk.moves import MoveForm
from monitoring.comparison.evidence import ShownRow
from monitoring.models import Reminder
from monitoring.reminders.settling import WrongRow


class WrongDataForm(MoveForm):
    """Which row of the finding is wrong, and what is wrong with it."""

    row = forms.ChoiceField(label=gettext_lazy("Which row is wrong"), widget=forms.RadioSelect)
    field_order = ("row", "reason")

    def __init__(self, *args: Any, reminder: Reminder, rows: list[ShownRow], **options: Any) -> None:
        """Offer the rows that the finding stands on."""
        super().__init__(*args, row=reminder, needs_reason=True, **options)
        self.fields["row"].choices = [(row.key, _words(row)) for row in rows]  # type: ignore[attr-defined]
        self.fields["reason"].label = gettext_lazy("What is wrong")

    @property
    def wrong(self) -> WrongRow:
        """The row that was chosen."""
        delivery, line, sheet = self.cleaned_data["row"].split(":", 2)
        return WrongRow(int(delivery), sheet, int(line))


def _words(row: ShownRow) -> str:
    return " · ".join(filter(None, (row.department, f"{row.dataset} {row.period}", row.where, row.value)))
