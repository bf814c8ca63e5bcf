"""Forms of a meeting: calling it, who came, the votes on one household, its conclusion."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from assistance.evaluations.calling import Call
from assistance.evaluations.voting import Attendance, Votes
from assistance.models import AssessedHousehold, Evaluation, Removal
from assistance.removal.mixed import Subject
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.fields import DayField, ManyField, ReasonField


def heads_of(case: Subject) -> str:
    """Name what waits in one line of a choice: head of the household, group, number, and what else it is about."""
    heads = getattr(case.household, "heads", None)
    name = heads[0].shown_name if heads else ""
    leaves = str(case.lifecycle.label) if isinstance(case, Removal) else ""
    if isinstance(case, AssessedHousehold):
        leaves = f"{pgettext('assessment', 'Batch assessment')}：{case.get_result_display()}"
    return " · ".join(part for part in (name, case.household.group_name, case.household.code, leaves) if part)


def key_of(case: Subject) -> str:
    """Return the word for a case, removal or assessed household in a form."""
    letter = {Removal: "r", AssessedHousehold: "a"}.get(type(case), "")
    return f"{letter}{case.pk}"


class CasesField(ManyField):
    """Cases, removals and assessed households to tick, all ticked at first; cleaned into the rows themselves."""

    def __init__(self, cases: Sequence[Subject], **options: Any) -> None:
        """Offer these cases."""
        self.cases = {key_of(case): case for case in cases}
        options.setdefault("label", gettext_lazy("Households"))
        options.setdefault("initial", list(self.cases))
        super().__init__(choices=[(key, heads_of(case)) for key, case in self.cases.items()], **options)

    def clean(self, value: Any) -> list[Subject]:
        """Return the cases that were ticked."""
        return [self.cases[key] for key in super().clean(value)]


class CallForm(forms.Form):
    """Which meeting, when and where, how many must come, and on whom."""

    meeting = forms.ChoiceField(
        label=gettext_lazy("Which meeting"),
        choices=Evaluation.Meeting.choices,
        widget=forms.RadioSelect,
        initial=Evaluation.Meeting.REPRESENTATIVES,
    )
    reason = ReasonField(
        label=gettext_lazy("Why the committees meet"),
        required=False,
        help_text=gettext_lazy("Only for the enlarged committees: why the representatives cannot meet."),
    )
    on = DayField(label=gettext_lazy("Day of the meeting"), initial=clock.today)
    at = forms.TimeField(
        label=gettext_lazy("Time"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=100)
    must_come = forms.IntegerField(
        label=gettext_lazy("How many must come"), min_value=1, max_value=2000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args: Any, cases: Sequence[Subject], **options: Any) -> None:
        """Offer the cases that wait."""
        super().__init__(*args, **options)
        self.fields["cases"] = CasesField(cases)

    def wanted(self) -> Call:
        """Return what was asked for."""
        given = self.cleaned_data
        return Call(
            given["meeting"], given["on"], given["place"], given["must_come"], given["at"], given["reason"]
        )


class MoreForm(forms.Form):
    """More households for the list of a meeting."""

    def __init__(self, *args: Any, cases: Sequence[Subject], **options: Any) -> None:
        """Offer the cases that wait."""
        super().__init__(*args, **options)
        self.fields["cases"] = CasesField(cases)


class AttendanceForm(forms.Form):
    """Who came."""

    must_come = forms.IntegerField(label=gettext_lazy("How many must come"), min_value=1, max_value=2000)
    came = forms.IntegerField(label=gettext_lazy("How many came"), min_value=1, max_value=2000)
    chair = forms.CharField(label=gettext_lazy("Who led the meeting"), max_length=60)
    recorder = forms.CharField(label=gettext_lazy("Who kept the record"), max_length=60)

    def __init__(self, *args: Any, evaluation: Evaluation, people: Sequence[User], **options: Any) -> None:
        """Begin with what is known; offer the staff who may have been in the room."""
        options.setdefault(
            "initial",
            {
                "must_come": evaluation.must_come,
                "came": evaluation.came,
                "chair": evaluation.chair,
                "recorder": evaluation.recorder,
                "staff": [str(key) for key in evaluation.staff],
            },
        )
        super().__init__(*args, **options)
        self.fields["staff"] = forms.MultipleChoiceField(
            label=gettext_lazy("Staff who were in the room"),
            choices=[(str(person.pk), person.name) for person in people],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=gettext_lazy(
                "Whoever was there settles no objection against what the meeting decided."
            ),
        )

    def told(self) -> Attendance:
        """Return what was written down."""
        given = self.cleaned_data
        staff = tuple(int(key) for key in given["staff"])
        return Attendance(given["came"], given["chair"], given["recorder"], given["must_come"], staff)


def _count(label: Any, **options: Any) -> forms.IntegerField:
    box = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=2000, widget=box, **options)


class VoteForm(forms.Form):
    """The votes on one household, as they are counted in the hall."""

    withdrew = _count(gettext_lazy("Near relatives who withdrew"), initial=0)
    withdrew_who = forms.CharField(label=gettext_lazy("Who withdrew"), max_length=200, required=False)
    agree = _count(pgettext_lazy("evaluation", "Agree"))
    against = _count(pgettext_lazy("evaluation", "Against"))
    abstain = _count(pgettext_lazy("evaluation", "Abstain"), initial=0)
    questions = forms.CharField(
        label=gettext_lazy("Questions and answers"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def votes(self) -> Votes:
        """Return the votes."""
        given = self.cleaned_data
        return Votes(
            given["agree"], given["against"], given["abstain"], given["withdrew"], given["withdrew_who"],
            given["questions"],
        )  # fmt: skip


class ConcludeForm(forms.Form):
    """What was said, in a few sentences; the votes stand already."""

    minutes = forms.CharField(
        label=gettext_lazy("Minutes"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Facts presented, what was asked, what was decided."),
    )  # fmt: skip


class WhyForm(forms.Form):
    """Only the reason."""

    reason = ReasonField()


def not_yet(evaluation: Evaluation) -> str:
    """Say why nothing can be counted yet, or ""."""
    if evaluation.meets_on > clock.today():
        return _("The meeting has not taken place yet.")
    return ""
