"""Forms of the register: the shape of what is asked, never a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.fields import DayField, ReasonField
from households.lineage.fields import LookField, PaperField, let_stand
from households.lineage.planning import COMINGS
from households.lineage.plans import Newcomer
from households.models import Household, LineageAct, Resident
from households.number_input import NumberInput
from households.sources import Row
from households.stay_field import StayField
from households.words import Words

#: How a yes/no field that may be empty is asked.
_YES_NO = (("", gettext_lazy("not stated")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")))
_YES_NO_VALUES = {"": None, "yes": True, "no": False}


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not stated."""

    def __init__(self, **options: Any) -> None:
        """Offer the three."""
        super().__init__(
            choices=_YES_NO,
            coerce=lambda key: _YES_NO_VALUES[key],
            empty_value=None,
            required=False,
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a kept value by its key."""
        return {True: "yes", False: "no", None: ""}.get(value, value)


class SeenForm(forms.Form):
    """What every correction carries: the version the person had before their eyes."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = ReasonField(
        label=gettext_lazy("Reason or who said so"),
        required=False,
        help_text=gettext_lazy("Stays in the record of acts: no names and no numbers."),
    )


class HandForm(SeenForm):
    """What a correction by hand asks beside the fields themselves."""

    happened_on = DayField(
        label=gettext_lazy("Seen on"),
        help_text=gettext_lazy("The day on which you saw, or were told, that it is so."),
    )

    def __init__(self, *args: Any, row: Row, **options: Any) -> None:
        """Begin with what the register says, and with today."""
        self.row, self.words = row, Words()
        begun = {"seen": row.revision_id, "happened_on": clock.today()}
        begun |= {name: getattr(row, name) for name in self.base_fields if hasattr(row, name)}
        options["initial"] = begun | options.get("initial", {})
        super().__init__(*args, **options)

    def wanted(self) -> dict[str, Any]:
        """Return the fields of the row as they should be."""
        common = {"seen", "reason", "happened_on"}
        return {name: value for name, value in self.cleaned_data.items() if name not in common}

    def _offer(self, name: str, *, empty: bool = True) -> None:
        """Let a field choose from its code list; a value that no list knows stays choosable."""
        choices = self.words.choices(name, self.row.area_id)
        kept = getattr(self.row, name)
        known = {code for code, _word in choices}
        unknown = [
            (each, each)
            for each in (kept if isinstance(kept, list) else [kept])
            if each and each not in known
        ]
        blank = [("", _("not stated"))] if empty else []
        self.fields[name].choices = [*blank, *choices, *unknown]  # type: ignore[attr-defined]


class HouseholdForm(HandForm):
    """Where a household lives, how, and how it is reached."""

    field_order = (
        "house_grade", "water_safe", "net_income_per_head", "group_name", "address", "stay_area", "phone", "no_phone",
        "happened_on", "reason",
    )  # fmt: skip
    house_grade = forms.ChoiceField(
        label=gettext_lazy("Grade of the dwelling"),
        required=False,
        choices=[("", gettext_lazy("not stated")), *Household.Grade.choices],
        help_text=gettext_lazy("C and D are unsafe."),
    )
    water_safe = YesNoField(label=gettext_lazy("Safe drinking water"))
    net_income_per_head = forms.DecimalField(
        label=gettext_lazy("Net income per head as stated (yuan a year)"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
        help_text=gettext_lazy(
            "As the household states it; an income worked out item by item has its own form."
        ),
    )
    group_name = forms.CharField(label=gettext_lazy("Villager group"), max_length=60, required=False)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)
    phone = forms.CharField(
        label=gettext_lazy("New telephone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    no_phone = forms.BooleanField(
        label=gettext_lazy("The household has no telephone any more"), required=False
    )

    def __init__(self, *args: Any, user: User, phone: str, **options: Any) -> None:
        """Show the present telephone masked, and suggest areas for the place of stay."""
        super().__init__(*args, **options)
        self.initial["phone"] = ""
        self.fields["phone"].help_text = (
            _("Now %(number)s. Empty: it stays.") % {"number": phone} if phone else _("None is known.")
        )
        if not phone:
            del self.fields["no_phone"]
        self.fields["stay_area"] = StayField(
            user=user,
            right=Right.VIEW_AREAS,
            required=False,
            label=gettext_lazy("Place of stay"),
            help_text=_(
                "Only where the household lives elsewhere: the name of one of your areas, or any area code."
            ),
            initial=self.row.stay_area if isinstance(self.row, Household) else None,
        )
        self.order_fields(self.field_order)

    def wanted(self) -> dict[str, Any]:
        """Return the fields as they should be; a telephone only where another one, or none, is meant."""
        given = super().wanted()
        typed, none = given.pop("phone"), given.pop("no_phone", False)
        return given | ({"phone": typed} if typed else {"phone": None} if none else {})


class MemberForm(HandForm):
    """Who a member is in the household, how healthy, able, taught, at work and insured."""

    field_order = (
        "name", "relation", "ethnicity", "education", "school_stage", "health", "labour",
        "work_place", "work_months", "insured", "happened_on", "reason",
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    relation = forms.ChoiceField(label=gettext_lazy("Relation to the head"))
    ethnicity = forms.CharField(label=gettext_lazy("Ethnicity"), max_length=20, required=False)
    education = forms.ChoiceField(label=gettext_lazy("Education"), required=False)
    school_stage = forms.ChoiceField(label=gettext_lazy("School stage"), required=False)
    health = forms.MultipleChoiceField(
        label=gettext_lazy("Health"), required=False, widget=forms.CheckboxSelectMultiple
    )
    labour = forms.ChoiceField(label=gettext_lazy("Ability to work"), required=False)
    work_place = forms.CharField(label=gettext_lazy("Place of work"), max_length=100, required=False)
    work_months = forms.IntegerField(
        label=gettext_lazy("Months worked"), required=False, min_value=0, max_value=12
    )
    insured = YesNoField(label=gettext_lazy("Medical insurance"))

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the code lists of the member's area."""
        super().__init__(*args, **options)
        self._offer("relation", empty=False)
        for name in ("education", "school_stage", "labour"):
            self._offer(name)
        self._offer("health", empty=False)


class ArrivalForm(forms.Form):
    """Who comes to a household, and when; the number first, for it may fill in the name."""

    field_order = ("kind", "id_number", "name", "relation", "happened_on", "paper", "reason")
    kind = forms.ChoiceField(
        label=pgettext_lazy("lineage", "What happened"),
        required=False,
        choices=[(kind.value, kind.label) for kind in COMINGS],
    )
    paper = PaperField()
    look = LookField()
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    id_number = forms.CharField(
        label=gettext_lazy("ID number"),
        max_length=30,
        widget=NumberInput(),
        help_text=gettext_lazy("18 characters. Age and sex follow from it; it is kept sealed."),
    )
    relation = forms.ChoiceField(label=gettext_lazy("Relation to the head"))
    happened_on = DayField(label=gettext_lazy("Day it happened"))
    reason = ReasonField(
        label=gettext_lazy("Reason or who said so"),
        required=False,
        help_text=gettext_lazy("Stays in the record of acts: no names and no numbers."),
    )

    def __init__(self, *args: Any, household: Household, **options: Any) -> None:
        """Offer the relations that the household's area knows."""
        options["initial"] = {"happened_on": clock.today()} | options.get("initial", {})
        super().__init__(*args, **options)
        choices = [("", "---"), *Words().choices("relation", household.area_id)]
        self.fields["relation"].choices = choices  # type: ignore[attr-defined]

    def newcomer(self) -> Newcomer:
        """Return who comes."""
        given = self.cleaned_data
        return Newcomer(given["name"], given["id_number"], given["relation"])

    def kind_of(self) -> str:
        """Return what happened; where nothing was chosen, somebody came for another reason."""
        return self.cleaned_data["kind"] or LineageAct.Kind.CAME.value


class DepartureForm(SeenForm):
    """Who died or left, when, and who is head then."""

    field_order = ("departure", "happened_on", "new_head", "paper", "reason")
    paper = PaperField()
    look = LookField()
    departure = forms.ChoiceField(label=gettext_lazy("What happened"), choices=Resident.Departure.choices)
    happened_on = DayField(
        label=gettext_lazy("Day it happened"), help_text=gettext_lazy("From this day on no longer a member.")
    )

    def __init__(
        self, *args: Any, resident: Resident, successors: list[Resident], stands: str = "", **options: Any
    ) -> None:
        """Ask for a new head only where the head goes and others stay; `stands` counts as the paper (a delivery)."""
        begun = {"seen": resident.revision_id, "happened_on": clock.today()}
        options["initial"] = begun | options.get("initial", {})
        super().__init__(*args, **options)
        let_stand(self, stands)
        self._successors = {str(each.pk): each for each in successors}
        if successors:
            self.fields["new_head"] = forms.ChoiceField(
                label=gettext_lazy("Head from now on"),
                choices=[("", "---"), *((key, each.shown_name) for key, each in self._successors.items())],
                required=False,
                help_text=gettext_lazy("Correct the others' relations to the new head afterwards."),
            )
        self.order_fields(self.field_order)

    def new_head(self) -> Resident | None:
        """Return who is head from now on, where somebody was chosen."""
        return self._successors.get(self.cleaned_data.get("new_head", ""))


class TakeBackForm(SeenForm):
    """Why a departure was wrong."""

    reason = ReasonField()

    def __init__(self, *args: Any, resident: Resident, **options: Any) -> None:
        """Carry the version the person sees."""
        options["initial"] = {"seen": resident.revision_id}
        super().__init__(*args, **options)
