"""Forms of register files: handing one in, and taking one back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts import clock
from foundation.desk.fields import DayField, ReasonField
from foundation.desk.views.imports import FileForm


class RegisterFileForm(FileForm):
    """A register file, and the day of what it states."""

    as_of = DayField(
        label=_("As of"),
        help_text=_("The day of what the file states. Values that are newer, or were checked by hand, stay."),
    )

    def __init__(self, *args: object, **options: object) -> None:
        """Offer what the reader can read, and today."""
        super().__init__(*args, accept=".csv,.tsv,.txt,.xlsx,.xls,.zip", **options)
        self.fields["as_of"].initial = clock.today
        self.fields["as_of"].widget.attrs["max"] = clock.today().isoformat()


class TakeBackForm(forms.Form):
    """Why a file is taken back."""

    reason = ReasonField()
