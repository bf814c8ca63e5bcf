"""Forms of alerts: the shape of what is asked, never a rule."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

from alerts import selectors
from alerts.deciding import LONGEST_QUIET, Closing
from alerts.models import Alert, Channel
from alerts.relocating import Relocating
from alerts.reporting import Told
from alerts.verification.proving import LONGEST
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.fields import DayField, ReasonField
from households.household_input import HouseholdInput
from households.models import Household, Resident
from monitoring.screening.terms import EventKind


class CloseForm(forms.Form):
    """With which outcome an alert ends, why, and how long it is quiet then."""

    outcome = forms.ChoiceField(label=gettext_lazy("Outcome"))
    reason = ReasonField(help_text=gettext_lazy("What was found; stays in the record of acts."))
    quiet_days = forms.IntegerField(
        label=gettext_lazy("Cool-down (days)"),
        min_value=0,
        max_value=LONGEST_QUIET,
        help_text=gettext_lazy(
            "For so long the same standards warn of this household only when the measured value rises by their step."
        ),
    )
    proof = forms.CharField(
        label=gettext_lazy("What proves it"),
        max_length=LONGEST,
        required=False,
        help_text=gettext_lazy(
            "Needed where no visit shows it: already monitored, duplicate, not this household, deceased, moved away."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("outcome", "proof", "reason", "quiet_days", "version")

    def __init__(self, *args: Any, alert: Alert, **options: Any) -> None:
        """Offer the outcomes of the area, and the cool-down of the alert's standards."""
        options.setdefault("initial", {"quiet_days": selectors.quiet_days(alert), "version": alert.version})
        super().__init__(*args, **options)
        self.fields["outcome"].choices = [("", "---"), *selectors.outcomes(alert.area_id)]  # type: ignore[attr-defined]

    def closing(self) -> Closing:
        """Return what was chosen."""
        given = self.cleaned_data
        return Closing(given["outcome"], given["reason"], given["quiet_days"], given["proof"])


class JoinForm(forms.Form):
    """Into which open alert of the village another is joined."""

    into = forms.ChoiceField(label=gettext_lazy("Warning that stays"))
    reason = ReasonField(label=gettext_lazy("Why both are one"))

    def __init__(self, *args: Any, others: Sequence[Alert], **options: Any) -> None:
        """Offer the open alerts of the same village."""
        super().__init__(*args, **options)
        self._others = {str(each.pk): each for each in others}
        named = [(key, f"{each.household.code} · {each.state_label}") for key, each in self._others.items()]
        self.fields["into"].choices = [("", "---"), *named]  # type: ignore[attr-defined]

    def chosen(self) -> Alert:
        """Return the one that stays."""
        return self._others[self.cleaned_data["into"]]


class RelocateForm(forms.Form):
    """Which signals belong to which other household, and whether the data named the wrong one."""

    signals = forms.MultipleChoiceField(
        label=gettext_lazy("Signals that do not belong to this household"),
        widget=forms.CheckboxSelectMultiple,
    )
    household = forms.CharField(
        label=gettext_lazy("Household that they belong to"),
        max_length=40,
        widget=HouseholdInput,
        help_text=gettext_lazy("Its number; a name or its initials bring suggestions."),
    )
    data_wrong = forms.BooleanField(
        label=gettext_lazy(
            "The data named the wrong household: remember it, and give the rows back to the department"
        ),
        required=False,
        initial=True,
    )
    reason = ReasonField(label=gettext_lazy("How you know"))

    def __init__(self, *args: Any, alert: Alert, user: User, **options: Any) -> None:
        """Offer the living signals, all of them ticked; look for the household in the areas of `user`."""
        self._user = user
        living = [each for each in selectors.signals_of(alert) if each.is_living]
        options.setdefault("initial", {"signals": [each.pk for each in living], "data_wrong": True})
        super().__init__(*args, **options)
        named = [
            (each.pk, f"{each.standard or each.get_channel_display()} · {each.day:%Y-%m}") for each in living
        ]
        self.fields["signals"].choices = named  # type: ignore[attr-defined]

    def clean_household(self) -> Household:
        """Return the household of the number, within the areas in which one dispatches."""
        rows = Household.objects.visible_to(self._user, Right.DISPATCH_ALERTS)
        found = rows.filter(code=self.cleaned_data["household"].strip().upper()).first()
        if found is None:
            raise forms.ValidationError(gettext("No household of your areas has this number."))
        return found

    def relocating(self) -> Relocating:
        """Return what was chosen."""
        given = self.cleaned_data
        keys = [int(key) for key in given["signals"]]
        return Relocating(keys, given["household"], given["reason"], given["data_wrong"])


class DetachForm(forms.Form):
    """Why a signal does not belong to its alert."""

    reason = ReasonField(label=gettext_lazy("Why it does not belong here"))


class AttachForm(forms.Form):
    """Why a detached signal belongs to its alert after all."""

    reason = ReasonField(label=gettext_lazy("Why it belongs here after all"))


class WhichForm(forms.Form):
    """Of which household a report is."""

    household = forms.CharField(
        label=gettext_lazy("Household number"),
        max_length=40,
        help_text=gettext_lazy("As it stands on the household's page; the search above finds it by name."),
    )


class ReportForm(forms.Form):
    """What was heard or seen of a household."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How you came to know"),
        choices=[(each.value, each.label) for each in (Channel.VISIT, Channel.SELF_REPORT)],
        widget=forms.RadioSelect,
    )
    day = DayField(
        label=gettext_lazy("Day it happened"),
        help_text=gettext_lazy("The day of the event; if nobody knows it, the day you heard of it."),
    )
    event_kind = forms.ChoiceField(
        label=pgettext_lazy("report", "Kind of event"), choices=[("", "---"), *EventKind.choices]
    )
    resident = forms.ChoiceField(label=gettext_lazy("Whom it struck"), required=False)
    text = forms.CharField(
        label=gettext_lazy("What happened"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )
    reporter = forms.CharField(
        label=gettext_lazy("Who told it"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("A name, if it was not you who saw it."),
    )

    def __init__(self, *args: Any, household: Household, **options: Any) -> None:
        """Offer the present members; begin with today."""
        options.setdefault("initial", {"day": clock.today(), "channel": Channel.VISIT})
        super().__init__(*args, **options)
        self._members = {
            str(each.pk): each for each in household.residents.present().order_by("relation", "pk")
        }
        named = [(key, each.shown_name) for key, each in self._members.items()]
        self.fields["resident"].choices = [("", gettext_lazy("the whole household")), *named]  # type: ignore[attr-defined]

    def told(self) -> Told:
        """Return what was typed."""
        given = self.cleaned_data
        return Told(
            given["channel"],
            given["day"],
            given["event_kind"],
            given["text"],
            given["reporter"],
            self._resident(),
        )

    def _resident(self) -> Resident | None:
        return self._members.get(self.cleaned_data["resident"])
