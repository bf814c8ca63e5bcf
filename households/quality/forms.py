"""Forms of data quality."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Area


class CheckForm(forms.Form):
    """Which of one's areas is checked."""

    area = forms.ChoiceField(label=_("Area"))

    def __init__(self, *args: Any, areas: Iterable[Area], **options: Any) -> None:
        """Offer `areas`."""
        super().__init__(*args, **options)
        self.fields["area"].choices = [(each.code, each.name) for each in areas]  # type: ignore[attr-defined]
