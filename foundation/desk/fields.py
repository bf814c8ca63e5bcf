"""Form fields that many forms share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayInput(forms.DateInput):
    """The browser's own day picker, which wants and gives YYYY-MM-DD."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Fix the format to the one that browsers accept."""
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day."""

    widget = DayInput


class ReasonField(forms.CharField):
    """Why an act is done; stands in the record of acts."""

    def __init__(self, **options: Any) -> None:
        """Ask for up to 200 characters, on two lines."""
        options.setdefault("label", _("Reason"))
        options.setdefault("max_length", 200)
        options.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(**options)


class ManyField(forms.MultipleChoiceField):
    """Things to tick, perhaps very many: from `long_from` on, the form can be searched.

    What is hidden meanwhile keeps its tick (templates/components/field.html).
    """

    widget = forms.CheckboxSelectMultiple
    long_from = 20

    @property
    def narrows(self) -> bool:
        """Whether there are so many that one looks for some of them."""
        return len(list(self.choices)) >= self.long_from  # type: ignore[arg-type]
