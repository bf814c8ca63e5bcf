"""Forms of returns and side doors of a case: the shape of what is asked, never a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assistance.enrolment import chain, pieces
from assistance.enrolment.leaving import Stated
from assistance.enrolment.papers import PAPER, STATEMENT
from assistance.enrolment.pieces import ReturnItem
from assistance.enrolment.skipping import REASONS, skippable
from assistance.models import BasisChange, Case, CaseRisk, CaseStatement
from foundation.accounts import clock
from foundation.desk.fields import DayField, ReasonField
from foundation.desk.photo_field import PaperPhotoField, upload_of


class CaseForm(forms.Form):
    """What every form of a case carries: the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        """Begin with the version of the row."""
        options["initial"] = {"version": case.version} | options.get("initial", {})
        super().__init__(*args, **options)
        self.case = case

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Let a field choose from `choices`."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class WhyForm(CaseForm):
    """Why, in words."""

    reason = ReasonField()


class ReturnForm(CaseForm):
    """What is missing, as a check list, and why the case goes back."""

    items = forms.MultipleChoiceField(
        label=pgettext_lazy("case", "What is missing"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The case goes back to the first step that mends something of it."),
    )
    note = forms.CharField(
        label=_("What exactly"),
        max_length=pieces.LONGEST_NOTE,
        required=False,
        help_text=_("Needed where you tick “something else”."),
    )
    step = forms.ChoiceField(
        label=pgettext_lazy("case", "Who mends “something else”"),
        required=False,
        help_text=pgettext_lazy("case", "The step that the case goes back to for it."),
    )
    reason = ReasonField()

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        """Offer the check list of the area, each line with the step of this chain that mends it."""
        super().__init__(*args, case=case, **options)
        standing = chain.standing_of(case)
        steps = {step.code: step.label for step in standing.steps} if standing else {}
        self._choices = {each.piece: each for each in pieces.choices(case.area_id) if each.step in steps}
        self.offer(
            "items",
            [
                (each.piece, each.name if each.piece == "other" else f"{each.name}（{steps[each.step]}）")
                for each in self._choices.values()
            ],
        )
        self.offer("step", list(steps.items()))

    def wanted(self) -> list[ReturnItem]:
        """Return what was ticked; the note belongs to “something else”, or to the last line."""
        ticked, note = self.cleaned_data["items"], self.cleaned_data["note"]
        noted = "other" if "other" in ticked else ticked[-1]
        return [ReturnItem(self._step(each), each, note if each == noted else "") for each in ticked]

    def _step(self, piece: str) -> str:
        chosen = str(self.cleaned_data["step"])
        return chosen if piece == "other" and chosen else self._choices[piece].step


class WithdrawForm(CaseForm):
    """How the household said that it withdraws."""

    way = forms.ChoiceField(
        label=_("How the household said it"), choices=CaseStatement.Way.choices, widget=forms.RadioSelect
    )
    said_on = DayField(label=pgettext_lazy("case", "Said on"), initial=clock.today)
    said_by = forms.CharField(label=pgettext_lazy("case", "Who of the household said it"), max_length=60)
    words = forms.CharField(
        label=pgettext_lazy("case", "What was said"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("As it was said; of a call also when it was and who called."),
    )
    photo = PaperPhotoField(
        label=pgettext_lazy("case", "Signed statement"),
        required=False,
        help_text=_("Needed where it was signed: a photo or a scan. Of a call its note, where there is one."),
    )

    def stated(self) -> Stated:
        """Return what was written down; Refused where the photo is too large."""
        given = self.cleaned_data
        kind = STATEMENT if given["way"] == CaseStatement.Way.PAPER else PAPER
        paper = upload_of(given["photo"], kind) if given["photo"] else None
        return Stated(given["way"], given["said_on"], given["said_by"], given["words"], paper)


class DuplicateForm(CaseForm):
    """Which other case goes on, and why."""

    other = forms.CharField(
        label=pgettext_lazy("case", "The case that goes on"),
        max_length=30,
        help_text=_("Its case number, or the number of its household."),
    )
    reason = ReasonField()


class SkipForm(CaseForm):
    """For which of the reasons of the chain a step is skipped."""

    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, case: Case, step: str, **options: Any) -> None:
        """Offer the reasons that the chain of this case names for the step."""
        super().__init__(*args, case=case, **options)
        found = [each for each in skippable(chain.standing_of(case)) if each.code == step]
        self.offer("reason", [(why, REASONS.get(why, why)) for each in found for why in each.skip_reasons])


class BasisForm(CaseForm):
    """What township or county say to changed facts."""

    answer = forms.ChoiceField(label=pgettext_lazy("case", "What follows"), widget=forms.RadioSelect)
    note = ReasonField(label=_("Reason"))

    def __init__(
        self, *args: Any, case: Case, change: BasisChange, offered: list[str], **options: Any
    ) -> None:
        """Offer the answers that this change can have."""
        super().__init__(*args, case=case, **options)
        self.offer(
            "answer", [(value, label) for value, label in BasisChange.Answer.choices if value in offered]
        )


class RiskForm(CaseForm):
    """What a new signal means for a running case."""

    answer = forms.ChoiceField(
        label=pgettext_lazy("case", "What it means"),
        choices=CaseRisk.Answer.choices,
        widget=forms.RadioSelect,
    )
    note = ReasonField(label=_("What was found"))
