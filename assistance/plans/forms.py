"""What the page of a plan asks beside the measures that are ticked."""

from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from assistance.plans.checking import Gaps, NoDevelopment
from assistance.plans.making import Wanted
from foundation.desk.fields import DayField


class PlanForm(forms.Form):
    """What shall be reached; and where somebody can work and nothing develops the household, why and until when."""

    aim = forms.CharField(
        label=pgettext_lazy("plan", "What shall be reached"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=pgettext_lazy("plan", "In a sentence, by when: “treatment paid, the son at work by May”."),
    )
    no_development = forms.CharField(
        label=pgettext_lazy("plan", "Why no development measure"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    revisit_on = DayField(label=pgettext_lazy("plan", "Looked at again on"), required=False)

    def __init__(self, *args: Any, gaps: Gaps, **options: Any) -> None:
        """Ask about development only where it is owed and missing."""
        super().__init__(*args, **options)
        if not gaps.development:
            del self.fields["no_development"], self.fields["revisit_on"]

    def wanted(self) -> Wanted:
        """Return what was said."""
        given = self.cleaned_data
        without = NoDevelopment(given.get("no_development", ""), given.get("revisit_on"))
        return Wanted(given["aim"], without)
