"""Forms of the list of monitored objects: hand a list in, take it out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.desk.fields import ReasonField
from foundation.desk.views.imports import FileForm


class ListForm(FileForm):
    """A list to be taken in, and whether it may make what the register does not have."""

    strict = forms.BooleanField(
        label=_("Only households and people that the register has"),
        required=False,
        help_text=_("Otherwise the register gets what it does not have from the list."),
    )


class TakeOutForm(forms.Form):
    """How the list is taken out; numbers in full are offered to who may reveal them."""

    form = forms.ChoiceField(
        label=_("Form of the file"),
        choices=[("xlsx", _("Workbook (XLSX), marked with who took it")), ("csv", _("CSV, for programs"))],
        initial="xlsx",
        widget=forms.RadioSelect,
    )

    in_full = forms.BooleanField(
        label=_("With ID numbers in full"),
        required=False,
        help_text=_("Otherwise they are masked. Your own and your kin's households stay masked."),
    )
    reason = ReasonField(required=False, help_text=_("Needed for numbers in full; it stays in the record."))

    def __init__(self, *args: Any, may_reveal: bool, **options: Any) -> None:
        """Leave out what this person may not have."""
        super().__init__(*args, **options)
        if not may_reveal:
            del self.fields["in_full"], self.fields["reason"]
