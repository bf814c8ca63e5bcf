"""Forms of moves: the shape of what is asked, never a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.fields import DayField, ReasonField
from households.lineage.fields import LookField
from households.lineage.forms import HouseholdField
from households.lineage.planning import JOININGS
from households.models import Household, HouseholdMove, LineageAct, Resident
from households.models.households import HEAD
from households.moving.persons import Asked, Place
from households.moving.proposing import Wanted
from households.stay_field import StayField
from households.words import Words


class ProposeForm(forms.Form):
    """Where the household goes, since when the family lives there, why, and what is known of the new place."""

    moved_on = DayField(
        label=pgettext_lazy("move", "Day of moving"),
        help_text=gettext_lazy("The day on which the family moved, or its registration did."),
    )
    why = forms.CharField(label=pgettext_lazy("move", "Why it moves"), max_length=200)
    document = forms.CharField(
        label=pgettext_lazy("move", "Document"), max_length=100,
        help_text=gettext_lazy("Such as the migration certificate and its day; no ID number."),
    )  # fmt: skip
    look = LookField()
    group = forms.CharField(label=pgettext_lazy("move", "New villager group"), max_length=60, required=False)
    address = forms.CharField(label=pgettext_lazy("move", "New address"), max_length=200, required=False)
    field_order = ("to_area", "moved_on", "why", "document", "group", "address")

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        """Begin with today, or what `initial` says; the village may be any of the country, named by its code."""
        options["initial"] = {"moved_on": clock.today()} | options.get("initial", {})
        super().__init__(*args, **options)
        self.fields["to_area"] = StayField(
            user=user, right=Right.VIEW_AREAS, label=pgettext_lazy("move", "Village where it will belong"),
            help_text=gettext_lazy("Code or name; of a village in another county, its code."),
        )  # fmt: skip
        self.order_fields(self.field_order)

    def wanted(self) -> Wanted:
        """Return what was typed."""
        said = self.cleaned_data
        return Wanted(
            said["to_area"], said["moved_on"], said["why"], said["document"], said["group"], said["address"]
        )


class AnswerForm(forms.Form):
    """A word to the answer, and the version that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = ReasonField()

    def __init__(self, *args: Any, needed: bool, **options: Any) -> None:
        """Ask for the reason, or offer it."""
        super().__init__(*args, **options)
        self.fields["reason"].required = needed


class PersonForm(forms.Form):
    """Who goes to a household of another area, what happened and when, why, by which document, and where to."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("lineage", "What happened"),
        choices=[(kind.value, LineageAct.Kind(kind).label) for kind in JOININGS],
    )
    member = forms.ChoiceField(label=pgettext_lazy("lineage", "Who goes"))
    happened_on = DayField(label=gettext_lazy("Day it happened"))
    why = forms.CharField(
        label=pgettext_lazy("move", "Why, or who said so"), max_length=200,
        help_text=gettext_lazy("Stays in the record of acts: no names and no numbers."),
    )  # fmt: skip
    document = forms.CharField(
        label=pgettext_lazy("move", "Document"), max_length=100,
        help_text=gettext_lazy(
            "Such as the marriage certificate and its day; no ID number. A picture of it can be attached afterwards."
        ),
    )  # fmt: skip
    whither = forms.CharField(
        label=pgettext_lazy("move", "Which household there, as far as you know"), max_length=200, required=False,
        help_text=gettext_lazy("The receiving area reads this: a household number or an address helps it most."),
    )  # fmt: skip
    look = LookField()

    def __init__(self, *args: Any, user: User, members: list[Resident], **options: Any) -> None:
        """Begin with today; the village may be any of the country, named by its code."""
        options["initial"] = {"happened_on": clock.today()} | options.get("initial", {})
        super().__init__(*args, **options)
        self.members = {str(each.pk): each for each in members}
        names = [(key, each.shown_name) for key, each in self.members.items()]
        self.fields["member"].choices = [("", "---"), *names]  # type: ignore[attr-defined]
        self.fields["to_area"] = StayField(
            user=user, right=Right.VIEW_AREAS, label=pgettext_lazy("move", "Village of that household"),
            help_text=gettext_lazy("Code or name; of a village in another county, its code."),
        )  # fmt: skip
        heads = {key for key, each in self.members.items() if each.relation == HEAD}
        if heads and len(self.members) > 1:
            self.fields["new_head"] = forms.ChoiceField(
                label=pgettext_lazy("lineage", "Head of those who stay"), required=False,
                choices=[("", "---"), *((key, name) for key, name in names if key not in heads)],
                help_text=pgettext_lazy("lineage", "Only where the head leaves."),
            )  # fmt: skip
        self.order_fields(
            ["kind", "member", "new_head", "to_area", "whither", "happened_on", "document", "why"]
        )

    def asked(self) -> Asked:
        """Return what was typed."""
        said = self.cleaned_data
        return Asked(
            self.members[said["member"]], said["kind"], said["to_area"], said["happened_on"], said["why"],
            said["document"], said["whither"], self.members.get(said.get("new_head", "")),
        )  # fmt: skip


class TakeForm(AnswerForm):
    """Into which household of the area a person is accepted, and as what."""

    relation = forms.ChoiceField(label=pgettext_lazy("move", "Relation to the head of that household"))
    look = LookField()

    def __init__(self, *args: Any, user: User, row: HouseholdMove, **options: Any) -> None:
        """Look for households in the person's own areas, and offer the relations of the village."""
        super().__init__(*args, **options)
        self.fields["into"] = HouseholdField(
            user=user, label=pgettext_lazy("move", "Household that takes the person in"),
            help_text=pgettext_lazy("lineage", "Its number, or the name of one of its people to choose from."),
        )  # fmt: skip
        words = Words().choices("relation", row.to_area_id)
        self.fields["relation"].choices = [("", "---"), *words]  # type: ignore[attr-defined]
        self.order_fields(["into", "relation", "reason"])

    def place(self) -> Place:
        """Return where the person is taken in."""
        into: Household = self.cleaned_data["into"]
        return Place(into, self.cleaned_data["relation"])
