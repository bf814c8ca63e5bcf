"""Forms of proposed changes: the shape of what is asked, never a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.desk.fields import ReasonField


class DecideForm(forms.Form):
    """Several proposals at once: which act, and the reason where they are refused."""

    TAKE, REFUSE = "take", "refuse"

    act = forms.ChoiceField(choices=[(TAKE, TAKE), (REFUSE, REFUSE)])
    reason = ReasonField(required=False, label=_("Why the register is right"))


class RefuseForm(forms.Form):
    """Why the register is right (or a decision is opened again), and whether the department is told."""

    reason = ReasonField()
    tell = forms.BooleanField(
        required=False,
        label=_("Return the row to its department to be corrected"),
        help_text=_("The department sees its own line and your reason: no names and no numbers."),
    )

    def __init__(self, *args: Any, tell: bool, **options: Any) -> None:
        """Offer to tell the department only where a row of its file is wrong."""
        super().__init__(*args, **options)
        if not tell:
            del self.fields["tell"]


class TakeForm(forms.Form):
    """Taking one proposal asks for nothing but the press."""
