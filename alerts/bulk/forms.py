"""What an act on many alerts is given: the shape of it, never a rule."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from alerts import selectors
from alerts.bulk.acts import Kind, Wanted
from alerts.deciding import LONGEST_QUIET
from alerts.sending import people_to_send
from alerts.verification.proving import PROVABLE
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.fields import DayField, ReasonField

#: The reasons that an act asks for in words.
_WITH_REASON = (Kind.CLOSE, Kind.SNOOZE, Kind.QUIET)
_USUAL_PAUSE = datetime.timedelta(days=7)


class ChoiceForm(forms.Form):
    """Which alerts an act is for: those that are ticked, or everything that a view shows."""

    act = forms.ChoiceField(choices=Kind.choices)
    address = forms.CharField(max_length=4_000)
    everything = forms.BooleanField(required=False)
    #: Keys and versions as the asker saw them, “7:2,9:1”; typed by nobody.
    seen = forms.RegexField(r"^[0-9]+:[0-9]+(,[0-9]+:[0-9]+)*$", required=False, max_length=40_000)

    def versions(self) -> dict[int, int] | None:
        """Return the versions by key, or None where the whole view is meant."""
        if self.cleaned_data["everything"]:
            return None
        pairs = (pair.split(":") for pair in self.cleaned_data["seen"].split(",") if pair)
        return {int(key): int(version) for key, version in pairs}


class BulkForm(forms.Form):
    """What one kind of act is given; it carries along which alerts it is for."""

    act = forms.CharField(widget=forms.HiddenInput)
    address = forms.CharField(widget=forms.HiddenInput)
    everything = forms.BooleanField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    confirmed = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def __init__(self, *args: Any, kind: str, user: User, **options: Any) -> None:
        """Ask for what the act needs."""
        super().__init__(*args, **options)
        area = selectors.first_area(user)
        if kind == Kind.ASSIGN:
            people = [(str(person.pk), person.name) for person in people_to_send(user)]
            self.fields["visitor"] = forms.ChoiceField(
                label=gettext_lazy("Who visits"),
                required=False,
                choices=[("", gettext_lazy("who works in each village and has least open")), *people],
            )
        if kind == Kind.CLOSE:
            self.fields["outcome"] = forms.ChoiceField(
                label=gettext_lazy("Outcome"), choices=[("", "---"), *_unproven(area)]
            )
            self.fields["quiet_days"] = forms.IntegerField(
                label=gettext_lazy("Cool-down (days)"),
                min_value=0,
                max_value=LONGEST_QUIET,
                required=False,
                help_text=gettext_lazy("Empty: the usual days of the standards of each warning."),
            )
        if kind == Kind.SNOOZE:
            self.fields["until"] = DayField(
                label=gettext_lazy("Put off until and including"), initial=clock.today() + _USUAL_PAUSE
            )
        if kind == Kind.QUIET:
            self.fields["until"] = DayField(
                label=gettext_lazy("Cool-down until and including"),
                required=False,
                help_text=gettext_lazy("Empty: it ends now."),
            )
        if kind in _WITH_REASON:
            self.fields["reason"] = ReasonField()

    def wanted(self) -> Wanted:
        """Return what was given."""
        given = self.cleaned_data
        return Wanted(
            visitor=int(given["visitor"]) if given.get("visitor") else None,
            outcome=given.get("outcome", ""),
            quiet_days=given.get("quiet_days"),
            until=given.get("until"),
        )


def _unproven(area: str) -> list[tuple[str, str]]:
    """Return the outcomes that many can have at once: a proof is shown for one warning, on its page."""
    return [(code, name) for code, name in selectors.outcomes(area) if code not in PROVABLE]
