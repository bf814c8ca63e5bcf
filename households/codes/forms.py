"""Forms of codes and leaflets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts import clock
from foundation.desk.fields import DayField, ReasonField


class CodeForm(forms.Form):
    """Why a code is replaced or revoked; a first code needs no reason."""

    reason = ReasonField()

    def __init__(self, *args: Any, needs_reason: bool = True, **options: Any) -> None:
        """Mark the reason as required where a code ends."""
        super().__init__(*args, **options)
        self.fields["reason"].required = needs_reason


class GivenForm(forms.Form):
    """On which day the leaflet was handed over."""

    happened_on = DayField(label=_("Handed over on"), initial=clock.today)
    reason = ReasonField(
        label=_("Reason"), required=False, help_text=_("Only where it is entered many days later.")
    )


class TakeBackForm(forms.Form):
    """Why a tick was wrong."""

    reason = ReasonField()
