"""Forms of decisions: what a conclusion, a paper and an ending are given; the shape of it, never a rule."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.deciding.batches import Paper
from assistance.deciding.computing import Computed
from assistance.deciding.correcting import PostedCorrection
from assistance.deciding.correction_files import POSTED
from assistance.deciding.keeping import Chosen
from assistance.deciding.kinds import Kind
from assistance.evaluations.forms import heads_of
from assistance.models import Case, CaseLetter, Conclusion, Correction, Removal
from foundation.accounts import clock
from foundation.desk.fields import DayField, ManyField, ReasonField
from foundation.desk.photo_field import PaperPhotoField, upload_of
from foundation.regulations.lookup import book
from foundation.regulations.units import in_language
from households.models import Standing
from households.words import Words

_NONE = ("", "—")


class ConclusionForm(forms.Form):
    """Category, one to five risk types with what two of them demand, level and mark; what is proposed stands there."""

    def __init__(
        self, *args: Any, proposed: Computed | Conclusion, area: str, day: Any, **options: Any
    ) -> None:
        """Offer the lists of the area on the day of the check."""
        risks = list(proposed.risk_types)
        options.setdefault("initial", {
            "category": proposed.category, "level": proposed.level, "no_labour": proposed.no_labour,
            "risk_main": risks[0] if risks else "", "risks_more": risks[1:],
            "disaster_kind": getattr(proposed, "disaster_kind", ""),
            "other_risk": getattr(proposed, "other_risk", ""),
        })  # fmt: skip
        super().__init__(*args, **options)
        words = Words(day)
        names = [(kind.value, words.standing(kind.value, area)) for kind in Standing.MONITORED]
        kinds = words.choices("risk_types", area)
        disasters = book().resolve("disaster_kinds", area, day).items
        self.fields["category"] = forms.ChoiceField(
            label=pgettext_lazy("case", "Category"), choices=names, widget=forms.RadioSelect, required=False
        )
        self.fields["risk_main"] = forms.ChoiceField(
            label=pgettext_lazy("case", "Main risk"), choices=[_NONE, *kinds], required=False
        )
        self.fields["risks_more"] = forms.MultipleChoiceField(
            label=pgettext_lazy("case", "Further risks"),
            choices=kinds,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy("At most four beside the main one."),
        )
        self.fields["disaster_kind"] = forms.ChoiceField(
            label=pgettext_lazy("case", "Kind of natural disaster"),
            required=False,
            choices=[_NONE, *((item["code"], in_language(item["zh"], item["en"])) for item in disasters)],
            help_text=gettext_lazy("Only where a risk is a natural disaster."),
        )
        self.fields["other_risk"] = forms.CharField(
            label=pgettext_lazy("case", "Other risk, in words"),
            required=False,
            max_length=100,
            help_text=gettext_lazy("Only where a risk is another one than those of the list."),
        )
        self._add_judgement()

    def _add_judgement(self) -> None:
        """Ask for level and mark, and why they differ from what is proposed."""
        self.fields["level"] = forms.ChoiceField(
            label=pgettext_lazy("case", "Risk level"),
            choices=Case.RiskLevel.choices,
            widget=forms.RadioSelect,
        )
        self.fields["no_labour"] = forms.BooleanField(
            label=pgettext_lazy("case", "Household without labour"), required=False
        )
        self.fields["reason"] = ReasonField(
            required=False, help_text=gettext_lazy("Only where you change what is proposed.")
        )

    def chosen(self) -> Chosen:
        """Return what was confirmed, the main risk first."""
        given = self.cleaned_data
        main = [given["risk_main"]] if given["risk_main"] else []
        return Chosen(
            category=given["category"],
            risk_types=tuple(dict.fromkeys([*main, *given["risks_more"]])),
            level=given["level"],
            no_labour=given["no_labour"],
            disaster_kind=given["disaster_kind"],
            other_risk=given["other_risk"],
            reason=given["reason"],
        )

    def add_error(self, field: str | None, error: Any) -> None:
        """Let what a stage function says of the risks stand at the first field of them."""
        super().add_error("risk_main" if field == "risk_types" else field, error)


class ChoiceOfCases(forms.Form):
    """Which cases a paper is for: those that are ticked, or everything that a view shows."""

    address = forms.CharField(max_length=4_000, required=False)
    everything = forms.BooleanField(required=False)
    #: Keys and versions as the asker saw them, “7:2,9:1”; typed by nobody.
    seen = forms.RegexField(r"^[0-9]+:[0-9]+(,[0-9]+:[0-9]+)*$", required=False, max_length=40_000)

    def versions(self) -> dict[int, int] | None:
        """Return the versions by key, or None where the whole view is meant."""
        if self.cleaned_data["everything"]:
            return None
        pairs = (pair.split(":") for pair in self.cleaned_data["seen"].split(",") if pair)
        return {int(key): int(version) for key, version in pairs}


class PaperForm(forms.Form):
    """The paper of a batch; it carries along which cases it is for."""

    address = forms.CharField(widget=forms.HiddenInput, required=False)
    everything = forms.BooleanField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    confirmed = forms.BooleanField(widget=forms.HiddenInput, initial=True)

    def __init__(self, *args: Any, kind: str, removals: Sequence[Removal] = (), **options: Any) -> None:
        """Ask for what the paper of this kind has; `removals` that wait for the same decision may stand on it too."""
        super().__init__(*args, **options)
        labels = {
            Kind.REVIEW: gettext_lazy("Day of the meeting"),
            Kind.APPROVAL: gettext_lazy("Day of the approval"),
            Kind.ANNOUNCEMENT: gettext_lazy("Posted on"),
        }
        self.fields["on"] = DayField(label=labels[Kind(kind)], initial=clock.today)
        if kind == Kind.APPROVAL:
            self.fields["number"] = forms.CharField(
                label=gettext_lazy("Number of the approval"), max_length=60, required=False,
                help_text=gettext_lazy("As it stands on the paper; one number for all of these cases."),
            )  # fmt: skip
        if kind == Kind.ANNOUNCEMENT:
            self.fields["place"] = forms.CharField(
                label=gettext_lazy("Where it is posted"), max_length=100, required=False
            )
        if kind == Kind.REVIEW:
            self.fields["as_computed"] = forms.BooleanField(
                label=gettext_lazy("Confirm what was computed where nobody has confirmed a conclusion yet"),
                required=False,
            )
        self.fields["note"] = forms.CharField(
            label=gettext_lazy("Opinion"), max_length=200, required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip

        self._removals = {f"{row.pk}:{row.version}": row for row in removals}
        if removals:
            self.fields["removals"] = ManyField(
                label=gettext_lazy("Removals of risk on the same paper"),
                choices=[(key, heads_of(row)) for key, row in self._removals.items()],
                required=False,
            )

    def removals(self) -> list[Removal]:
        """Return the removals that were ticked."""
        return [self._removals[key] for key in self.cleaned_data.get("removals", ())]

    def paper(self) -> Paper:
        """Return what was given."""
        given = self.cleaned_data
        return Paper(
            on=given["on"],
            number=given.get("number", ""),
            place=given.get("place", ""),
            note=given.get("note", ""),
            as_computed=given.get("as_computed", False),
        )


class WhyForm(forms.Form):
    """Why a case ends, or a decision is taken back."""

    reason = ReasonField()


class HearingForm(forms.Form):
    """That a household was wrongly identified, and what it said to it."""

    reason = ReasonField(label=pgettext_lazy("case", "Why it was wrong"))
    heard_on = DayField(label=pgettext_lazy("case", "Household heard on"), initial=clock.today)
    heard_by = forms.ChoiceField(
        label=pgettext_lazy("case", "How it was heard"),
        choices=Correction.HeardBy.choices,
        widget=forms.RadioSelect,
    )
    heard = forms.CharField(
        label=pgettext_lazy("case", "What the household said"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NoticeOfCorrectionForm(forms.Form):
    """Where the notice of a confirmed correction hangs, and what was handed to departments."""

    on = DayField(label=gettext_lazy("Posted on"), initial=clock.today)
    place = forms.CharField(label=gettext_lazy("Where it is posted"), max_length=100)
    handed_over = forms.CharField(
        label=pgettext_lazy("case", "Handed to departments"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Which department was told of aid that was paid already, and when."),
    )
    photo = PaperPhotoField(
        label=pgettext_lazy("case", "Photo of the notice"),
        help_text=gettext_lazy("The notice as it hangs on the wall: the proof of the posting."),
    )

    def __init__(self, *args: Any, proved: bool, **options: Any) -> None:
        """Ask for the photo, unless it is among the files of the correction already."""
        super().__init__(*args, **options)
        self.fields["photo"].required = not proved

    def told(self) -> PostedCorrection:
        """Return what was written down; Refused where the photo is too large."""
        given = self.cleaned_data
        photo = upload_of(given["photo"], POSTED) if given["photo"] else None
        return PostedCorrection(given["on"], given["place"], given["handed_over"], photo)


class DeliveryForm(forms.Form):
    """How and when a household was told."""

    way = forms.ChoiceField(
        label=gettext_lazy("How the household was told"),
        choices=CaseLetter.Way.choices,
        widget=forms.RadioSelect,
        initial=CaseLetter.Way.HANDED,
    )
    on = DayField(label=gettext_lazy("Day"), initial=clock.today)
    taken_by = forms.CharField(
        label=gettext_lazy("Taken by"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Who it was, where it was not the head of the household."),
    )
