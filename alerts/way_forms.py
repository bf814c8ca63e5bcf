"""Forms of the way of an alert: the shape of what is asked, never a rule."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alerts import selectors
from alerts.models import Alert
from alerts.verification import pieces, proving
from alerts.verification.pieces import ReturnItem
from alerts.verification.visitors import assignable, nobody_at_home
from foundation.accounts.models import User
from foundation.desk.fields import DayField, ReasonField


class WayForm(forms.Form):
    """What every form of an alert carries: the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, alert: Alert, **options: Any) -> None:
        """Begin with the version of the row."""
        options["initial"] = {"version": alert.version} | options.get("initial", {})
        super().__init__(*args, **options)
        self.alert = alert


class WhyForm(WayForm):
    """Why, in words."""

    reason = ReasonField()


class RemarkForm(WayForm):
    """A remark, if there is one to make."""

    reason = ReasonField(label=_("Remark"), required=False)


class VisitorForm(WayForm):
    """Who is sent to the household."""

    visitor = forms.ChoiceField(
        label=_("Who visits"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who visits the household now.")},
    )

    def __init__(self, *args: Any, alert: Alert, **options: Any) -> None:
        """Offer who visits in the village and is not of the household's kin; nobody there: the neighbours too."""
        super().__init__(*args, alert=alert, **options)
        self._people = {str(each.pk): each for each in assignable(alert)}
        self.fields["visitor"].choices = [(key, _named(each)) for key, each in self._people.items()]  # type: ignore[attr-defined]
        if nobody_at_home(alert):
            self.fields["visitor"].help_text = _(
                "Everybody who visits in this village is kin of the household, or nobody does: who visits in a "
                "neighbouring village may go. They see this one household, until the work is done."
            )

    def chosen(self) -> User:
        """Return who is sent."""
        return self._people[self.cleaned_data["visitor"]]


class OutcomeForm(WayForm):
    """With which outcome the alert ends, and why."""

    outcome = forms.ChoiceField(label=_("Outcome"))
    reason = ReasonField(help_text=_("What was found; stays in the record of acts."))

    def __init__(self, *args: Any, alert: Alert, **options: Any) -> None:
        """Offer the outcomes of a visit, beginning with the one that was reported."""
        options.setdefault("initial", {"outcome": alert.reported_outcome})
        super().__init__(*args, alert=alert, **options)
        self.fields["outcome"].choices = [("", "---"), *self.offered(alert)]  # type: ignore[attr-defined]

    @staticmethod
    def offered(alert: Alert) -> Sequence[tuple[str, str]]:
        """Return the outcomes to choose from."""
        return selectors.outcomes_of_visit(alert.area_id)


class DismissForm(OutcomeForm):
    """With which outcome an assessment meeting ends an alert, and why."""

    @staticmethod
    def offered(alert: Alert) -> Sequence[tuple[str, str]]:
        """Return the outcomes that need no visit."""
        return selectors.outcomes(alert.area_id)


class ProofForm(OutcomeForm):
    """What the desk can prove, and what proves it."""

    proof = forms.CharField(
        label=_("What proves it"),
        max_length=proving.LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Which paper or register, of which day; it is shown on the page of the warning."),
    )
    field_order = ("outcome", "proof", "reason", "version")

    def __init__(self, *args: Any, alert: Alert, **options: Any) -> None:
        """Begin with what the platform itself knows."""
        known = proving.proofs_of(alert)
        if known:
            options.setdefault("initial", {"outcome": known[0].outcome, "proof": known[0].words})
        super().__init__(*args, alert=alert, **options)

    @staticmethod
    def offered(alert: Alert) -> Sequence[tuple[str, str]]:
        """Return the outcomes that the desk can prove."""
        return proving.provable_outcomes(alert.area_id)


class WatchForm(WayForm):
    """Until when the household is watched, and why."""

    relook_on = DayField(
        label=_("Look again on"), help_text=_("The night before, the warning comes back to be assigned.")
    )
    reason = ReasonField()


class ReturnForm(WayForm):
    """What is missing, as a check list, and why the report goes back."""

    items = forms.MultipleChoiceField(label=_("What is missing"), widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(
        label=_("What exactly"),
        max_length=pieces.LONGEST_NOTE,
        required=False,
        help_text=_("Needed where you tick “something else”."),
    )
    reason = ReasonField()

    def __init__(self, *args: Any, alert: Alert, **options: Any) -> None:
        """Offer the check list of the area."""
        super().__init__(*args, alert=alert, **options)
        self.fields["items"].choices = pieces.choices(alert.area_id)  # type: ignore[attr-defined]

    def wanted(self) -> list[ReturnItem]:
        """Return what was ticked; the note belongs to the last line."""
        ticked = self.cleaned_data["items"]
        return [
            ReturnItem(piece, self.cleaned_data["note"] if piece == ticked[-1] else "") for piece in ticked
        ]


class SettleForm(WayForm):
    """What the leader of the township decides on a report that came back again and again."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            ("stands", _("The report stands: the township decides on what it says")),
            ("another", _("Somebody else visits the household")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Decide one or the other.")},
    )
    visitor = forms.ChoiceField(
        label=_("Who visits"), required=False, help_text=_("Needed where somebody else visits.")
    )
    reason = ReasonField(
        label=_("Your word on it"),
        help_text=_("Both sides read it; it stays in the record of acts."),
        error_messages={"required": _("Say why you decide so: both sides read it.")},
    )

    def __init__(self, *args: Any, alert: Alert, **options: Any) -> None:
        """Offer everybody who may go, but for who was sent until now."""
        super().__init__(*args, alert=alert, **options)
        self._people = {str(each.pk): each for each in assignable(alert) if each.pk != alert.visitor_id}
        self.fields["visitor"].choices = [  # type: ignore[attr-defined]
            ("", "---"), *((key, _named(each)) for key, each in self._people.items()),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask who goes where somebody else is to go."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("decision") == "another" and not given.get("visitor"):
            self.add_error("visitor", _("Choose who visits the household now."))
        return given

    def chosen(self) -> User | None:
        """Return who goes now; None where the report stands."""
        return (
            self._people[self.cleaned_data["visitor"]] if self.cleaned_data["decision"] == "another" else None
        )


class RecheckForm(WayForm):
    """What the second check found."""

    way = forms.ChoiceField(
        label=_("How the household was spoken with"),
        choices=[
            ("phone", pgettext_lazy("visit", "by telephone")),
            ("visit", pgettext_lazy("visit", "at home")),
        ],
        widget=forms.RadioSelect,
    )
    holds = forms.ChoiceField(
        label=_("What the second check found"),
        choices=[("yes", _("The report holds")), ("no", _("It is otherwise"))],
        widget=forms.RadioSelect,
    )
    reason = ReasonField(label=_("What was said"))


class AnswerForm(forms.Form):
    """What a signal that came after the visit means."""

    answer = forms.CharField(
        label=_("What it means"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Known at the door, nothing new, or looked into since: in a sentence."),
    )


def _named(person: User) -> str:
    posts = "、".join(str(post) for post in person.postings.in_force().select_related("area"))
    return f"{person.name}（{posts}）" if posts else person.name
