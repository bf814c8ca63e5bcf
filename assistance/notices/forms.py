"""Forms of a notice."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.evaluations.forms import CasesField
from assistance.models import Notice, Objection
from assistance.notices.posting import Posted
from assistance.objections.entering import LONGEST, Said
from assistance.objections.settling import Settlement
from assistance.removal.mixed import Subject
from foundation.accounts import clock
from foundation.desk.fields import DayField, ReasonField


class DrawForm(forms.Form):
    """Which households, and where to object."""

    where = forms.CharField(
        label=gettext_lazy("Where to object"), max_length=200, required=False,
        help_text=gettext_lazy("Empty: the government of the township."),
    )  # fmt: skip

    def __init__(self, *args: Any, cases: Sequence[Subject], **options: Any) -> None:
        """Offer the cases that wait."""
        super().__init__(*args, **options)
        self.fields["cases"] = CasesField(cases)


class PostForm(forms.Form):
    """When and where it was hung up."""

    on = DayField(label=gettext_lazy("Posted on"), initial=clock.today)
    at = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    spot = forms.CharField(
        label=gettext_lazy("Where it hangs"), max_length=100,
        help_text=gettext_lazy("As “notice board of the village committee”."),
    )  # fmt: skip
    reason = ReasonField(
        label=gettext_lazy("Why only now"), required=False,
        help_text=gettext_lazy("Only where it is entered late."),
    )  # fmt: skip

    def told(self) -> Posted:
        """Return what was written down."""
        given = self.cleaned_data
        return Posted(given["on"], given["spot"], given["at"], given["reason"])


class DownForm(forms.Form):
    """When it was taken down."""

    on = DayField(label=gettext_lazy("Taken down on"), initial=clock.today)


class ObjectionForm(forms.Form):
    """An objection as staff take it down."""

    line = forms.ChoiceField(label=gettext_lazy("Against which household"))
    way = forms.ChoiceField(
        label=gettext_lazy("How it arrived"),
        choices=[choice for choice in Objection.Way.choices if choice[0] != Objection.Way.PAGE],
        widget=forms.RadioSelect,
        initial=Objection.Way.PHONE,
    )
    arrived_on = DayField(
        label=gettext_lazy("Arrived on"), initial=clock.today,
        help_text=gettext_lazy("A paper: the day of its stamp. This day decides, not the day of entering."),
    )  # fmt: skip
    text = forms.CharField(
        label=pgettext_lazy("objection", "What was said"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    by_whom = forms.CharField(
        label=gettext_lazy("By whom"), max_length=60, required=False,
        help_text=gettext_lazy("May stay empty: nobody must give a name."),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Sequence[tuple[str, str]], **options: Any) -> None:
        """Offer the lines of the notice."""
        super().__init__(*args, **options)
        self.fields["line"].choices = list(lines)  # type: ignore[attr-defined]

    def said(self) -> Said:
        """Return what was written down."""
        given = self.cleaned_data
        return Said(given["way"], given["arrived_on"], given["text"], given["by_whom"])


class SettleForm(forms.Form):
    """How an objection is settled."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Settled"), choices=Objection.Outcome.choices, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What was checked and what was found. Whoever objected reads it with the receipt."),
    )  # fmt: skip
    extend_until = DayField(
        label=gettext_lazy("This household hangs longer, until"), required=False,
        help_text=gettext_lazy("Only where its line must be read anew; the other households are not held up."),
    )  # fmt: skip

    def __init__(self, *args: Any, objection: Objection, **options: Any) -> None:
        """Offer the outcomes in the words that fit what the line is about."""
        super().__init__(*args, **options)
        if objection.item.assessed_id is not None:
            choices = [(code.value, label) for code, label in Objection.OF_ASSESSED.items()]
            self.fields["outcome"].choices = choices  # type: ignore[attr-defined]

    def how(self) -> Settlement:
        """Return how it is settled."""
        given = self.cleaned_data
        return Settlement(given["outcome"], given["answer"], given["extend_until"])


def notice_lines(notice: Notice) -> list[tuple[str, str]]:
    """Return the lines of a posted notice that can be objected to, as choices."""
    rows = notice.items.filter(until__isnull=False, left_on__isnull=True).order_by("pk")
    return [
        (str(item.pk), " · ".join(part for part in (item.village, item.group_name, item.name_wall) if part))
        for item in rows
    ]
