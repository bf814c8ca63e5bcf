"""The form by which the ID number of a member is corrected: the shape of what is asked, never a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.accounts import clock
from foundation.desk.fields import DayField, ReasonField
from households.models import Resident
from households.number_input import NumberInput


class NumberForm(forms.Form):
    """The number as it stands on the paper, when it was seen, and why it was wrong."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    id_number = forms.CharField(
        label=pgettext_lazy("pair", "Right ID number"), max_length=60, widget=NumberInput(beside="id_number"),
        help_text=pgettext_lazy("pair", "As it stands on the identity card or in the household booklet."),
    )  # fmt: skip
    happened_on = DayField(
        label=gettext_lazy("Seen on"),
        help_text=gettext_lazy("The day on which you saw, or were told, that it is so."),
    )
    reason = ReasonField()

    def __init__(self, *args: Any, row: Resident, **options: Any) -> None:
        """Begin with today."""
        options["initial"] = {"seen": row.revision_id, "happened_on": clock.today()}
        super().__init__(*args, **options)
