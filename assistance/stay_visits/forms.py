"""Forms of visits where a household lives: the shape of what is asked, never a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.desk.fields import ReasonField


class AskForm(forms.Form):
    """What the other village should look at."""

    why = forms.CharField(
        label=pgettext_lazy("stay", "What to look at"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "They read the masked name of the head, the number of persons and this sentence, and nothing else. Who "
            "accepts sees the household until the day is over on which the visit is written down."
        ),
    )


class AnswerForm(forms.Form):
    """The version that the person saw, and why, where the act asks for it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = ReasonField()

    def __init__(self, *args: Any, needed: bool, **options: Any) -> None:
        """Ask for the reason only where it is needed."""
        super().__init__(*args, **options)
        if not needed:
            del self.fields["reason"]
