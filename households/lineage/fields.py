"""Fields that every form of a family event has."""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import pgettext, pgettext_lazy

#: So many characters of a reason fit behind the line of a delivery.
MOST_BESIDE = 100


class _Always(forms.HiddenInput):
    """A hidden input that says yes however the form came back."""

    def format_value(self, value: Any) -> str:
        """Return the same, whatever was sent."""
        return "1"


class LookField(forms.CharField):
    """Asks for the preview first: the page that confirms sends everything but this."""

    def __init__(self) -> None:
        """Hide it."""
        super().__init__(required=False, widget=_Always)


def sent_before(posted: QueryDict) -> list[tuple[str, str]]:
    """Return what a form sent (name, value), for the page between it and the writing: without what asked to look."""
    return [
        (name, value)
        for name, values in posted.lists()
        if name not in ("csrfmiddlewaretoken", "once", "look", "back")
        for value in values
    ]


class PaperField(forms.CharField):
    """Which paper was seen, or who said so; a picture of it is attached afterwards. Each event by hand names one."""

    def __init__(self) -> None:
        """Ask for up to 200 characters."""
        super().__init__(
            label=pgettext_lazy("lineage", "Paper seen"),
            max_length=200,
            help_text=pgettext_lazy(
                "lineage",
                "Such as birth or death certificate, marriage certificate, household booklet. A picture of it can be "
                "attached afterwards.",
            ),
        )


def let_stand(form: forms.Form, paper: str) -> None:
    """Let `paper`, the line of a delivery, stand as the paper of an event where no other is named; empty: nothing does.

    The reason that is asked for beside it is kept behind that line, in the same words of the record.
    """
    if not paper:
        return
    form.fields["paper"].required = False
    form.fields["paper"].help_text = pgettext(
        "lineage", "Empty: “%(paper)s” stands as the paper. Name another one where you saw it."
    ) % {"paper": paper}
    if (reason := form.fields.get("reason")) is not None:
        reason.validators.append(MaxLengthValidator(MOST_BESIDE))
        reason.widget.attrs["maxlength"] = MOST_BESIDE
