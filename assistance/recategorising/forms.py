"""Forms of a change of category: the shape of what is asked, never a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.deciding.forms import ConclusionForm
from foundation.desk.fields import ReasonField


class CategoryForm(ConclusionForm):
    """What a conclusion is asked for, and why it changes: that is always said."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Ask for the reason last, whatever is chosen."""
        super().__init__(*args, **options)
        self.fields["reason"] = ReasonField(
            label=pgettext_lazy("case", "Why it changes"),
            help_text=gettext_lazy("The facts that moved it, and since when. It stays in the record."),
        )


class MoveForm(forms.Form):
    """Why, in words, and the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = ReasonField()
