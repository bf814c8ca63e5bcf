"""The form of a hit: what verifying it came to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from assistance.checks.verifying import LONGEST
from assistance.models import AssetHit


class VerifyForm(forms.Form):
    """The verdict, and how it was verified."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("What it came to"), widget=forms.RadioSelect, choices=AssetHit.Verdict.choices
    )
    note = forms.CharField(
        label=gettext_lazy("How it was verified"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Who was asked, what was seen or shown. Name no plate, address or body: the village reads this too."
        ),
    )

    def __init__(self, *args: Any, hit: AssetHit, **options: Any) -> None:
        """Begin with what was written before."""
        options.setdefault("initial", {"verdict": hit.verdict, "note": hit.note})
        super().__init__(*args, **options)
