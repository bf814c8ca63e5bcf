"""Forms of removals: the shape of what is asked, never a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.models import Case, Removal
from assistance.removal.proposing import Proposal, reasons_of
from foundation.accounts import clock
from foundation.desk.fields import DayField, ReasonField
from foundation.regulations.units import in_language

_NONE = ("", "—")


class ProposalForm(forms.Form):
    """How the risk went, why, and who stays in touch afterwards."""

    way = forms.ChoiceField(
        label=pgettext_lazy("case", "Way of removal"), choices=Removal.Way.choices, widget=forms.RadioSelect
    )
    natural_reason = forms.ChoiceField(
        label=pgettext_lazy("case", "Reason of the natural removal"),
        required=False,
        help_text=gettext_lazy("Only where the risk went naturally."),
    )
    why = forms.CharField(
        label=pgettext_lazy("case", "Why the risk is gone"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The household reads it in its letter: no sums, no illness."),
    )
    contact_name = forms.CharField(label=pgettext_lazy("case", "Contact afterwards"), max_length=60)
    contact_phone = forms.CharField(
        label=pgettext_lazy("case", "Telephone of the contact"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        """Offer the reasons of the area."""
        super().__init__(*args, **options)
        reasons = reasons_of(case.area_id).items()
        self.fields["natural_reason"].choices = [  # type: ignore[attr-defined]
            _NONE,
            *((code, in_language(item["zh"], item["en"])) for code, item in reasons),
        ]

    def asked(self) -> Proposal:
        """Return what was asked for."""
        given = self.cleaned_data
        return Proposal(
            given["way"], given["why"], given["contact_name"], given["contact_phone"], given["natural_reason"]
        )


class MeasureForm(forms.Form):
    """A measure that was delivered, and why it is stated here."""

    measure = forms.CharField(label=pgettext_lazy("case", "Measure"), max_length=100)
    on = DayField(label=pgettext_lazy("case", "Delivered on"), initial=clock.today)
    why = forms.CharField(
        label=pgettext_lazy("case", "Why it is stated"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Where the proof lies, and why no record of it is here."),
    )


class StrikeForm(forms.Form):
    """Why a statement is struck."""

    why = forms.CharField(
        label=pgettext_lazy("case", "Why it is struck"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ContactForm(forms.Form):
    """Who stays in touch from now on, and why it is somebody else."""

    contact_name = forms.CharField(label=pgettext_lazy("case", "Contact afterwards"), max_length=60)
    contact_phone = forms.CharField(
        label=pgettext_lazy("case", "Telephone of the contact"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    why = forms.CharField(
        label=pgettext_lazy("case", "Why the contact changes"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MoveForm(forms.Form):
    """Why, in words, and the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = ReasonField()
