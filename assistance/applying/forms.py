"""Forms of applications: what is asked beside what is known."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.applying import carried
from assistance.applying.attaching import WRITTEN
from assistance.applying.papers import papers
from assistance.applying.writing import LONGEST, Paper, Wanted
from foundation.accounts import clock
from foundation.desk.fields import DayField
from foundation.desk.photo_field import PaperPhotoField, upload_of
from foundation.regulations.units import in_language
from households.models import Household, Resident, Visit
from households.signing.asking import needs_guardian
from monitoring.screening.terms import EventKind


class _Applying(forms.Form):
    """Who applies, and the problem that the household cannot solve."""

    applicant = forms.ChoiceField(
        label=gettext_lazy("Who applies"),
        help_text=gettext_lazy("The head, or a grown member in the head's place."),
    )
    problems = forms.MultipleChoiceField(
        label=gettext_lazy("What the household cannot solve by itself"), widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(
        label=gettext_lazy("In words"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("As the household says it. No ID numbers: they are masked."),
    )

    def __init__(self, *args: Any, household: Household, visit: Visit | None = None, **options: Any) -> None:
        """Offer the grown members; begin with what the doorstep check says."""
        self.household = household
        self._grown = {
            str(each.pk): each
            for each in household.residents.present().order_by("relation", "pk")
            if not needs_guardian(each)
        }
        begin = {"problems": carried.problems_of(visit), "text": carried.words_of(visit)[:LONGEST]}
        options["initial"] = begin | options.get("initial", {})
        super().__init__(*args, **options)
        self.fields["applicant"].choices = [  # type: ignore[attr-defined]
            (key, each.shown_name) for key, each in self._grown.items()
        ]
        self.fields["problems"].choices = [  # type: ignore[attr-defined]
            (each["code"], in_language(each["zh"], each["en"]))
            for each in carried.risk_items(household.area_id)
        ]

    @property
    def applicant_chosen(self) -> Resident:
        """The member who applies."""
        return self._grown[self.cleaned_data["applicant"]]


class ApplicationForm(_Applying):
    """The application that is signed at the table."""

    witness = forms.CharField(
        label=gettext_lazy("Witness"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Where the applicant cannot write: who is there when it is read aloud."),
    )

    def wanted(self) -> Wanted:
        """Return what was typed, as the stage takes it."""
        given = self.cleaned_data
        return Wanted(self.applicant_chosen, given["problems"], given["text"], given["witness"])


class PaperForm(_Applying):
    """A written application that was handed in."""

    photo = PaperPhotoField(label=gettext_lazy("Photo of the written application"))
    on = DayField(label=gettext_lazy("Handed in on"), initial=clock.today)
    event_kind = forms.ChoiceField(
        label=gettext_lazy("What happened"), choices=[("", "---"), *EventKind.choices]
    )
    field_order = ("photo", "on", "applicant", "event_kind", "problems", "text")

    def paper(self) -> Paper:
        """Return what was handed in; Refused where the photo is too large."""
        given = self.cleaned_data
        return Paper(
            upload_of(given["photo"], WRITTEN), given["on"], self.applicant_chosen, given["event_kind"], given["text"],
            given["problems"],
        )  # fmt: skip


class DemandForm(forms.Form):
    """Which paper is needed, and what for."""

    paper = forms.ChoiceField(label=gettext_lazy("Paper"))
    why = forms.CharField(
        label=pgettext_lazy("paper", "What it is needed for"),
        max_length=200,
        help_text=gettext_lazy("The household is told so."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the whole list: what is answered by data is refused with its name."""
        super().__init__(*args, **options)
        self.fields["paper"].choices = [  # type: ignore[attr-defined]
            ("", "---"), *((each.code, each.name) for each in papers().values()),
        ]  # fmt: skip


class SettleForm(forms.Form):
    """Whether a paper came."""

    brought = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("It was brought")), ("no", gettext_lazy("It is not needed after all"))],
    )
