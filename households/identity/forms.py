"""Forms about numbers and people themselves: seeing a number in full, erasing a person."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.desk.fields import ReasonField
from households.identity.erasure import Ground
from households.models import Resident


class ErasureForm(forms.Form):
    """On which ground a person is erased, and the sentence that says it is meant."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Ground"),
        choices=Ground.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Stays in the record of acts for ever: a choice, because words might name somebody."
        ),
    )
    phone = forms.BooleanField(
        label=gettext_lazy("Take the telephone of the household away too"), required=False
    )
    sentence = forms.CharField(
        max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )

    def __init__(self, *args: Any, resident: Resident, **options: Any) -> None:
        """Ask for a sentence that names the person, and for the telephone only where there is one."""
        super().__init__(*args, **options)
        self._wanted = _("I erase %(name)s for good") % {"name": resident.name}
        self.fields["sentence"].label = _("Type: %(sentence)s") % {"sentence": self._wanted}
        if resident.household.phone_id is None:
            del self.fields["phone"]

    def clean_sentence(self) -> str:
        """Refuse any other sentence; blanks and case do not matter."""
        typed: str = self.cleaned_data["sentence"]
        if "".join(typed.split()).casefold() != "".join(self._wanted.split()).casefold():
            raise forms.ValidationError(
                _("This is not the sentence: type “%(sentence)s”."), params={"sentence": self._wanted}
            )
        return typed


class RevealForm(forms.Form):
    """Why somebody must see a number in full."""

    reason = ReasonField(
        help_text=gettext_lazy("Stays in the record of acts, with your name, day and this household.")
    )
