"""Forms of family events between households of the register: the shape of what is asked, never a rule."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.fields import DayField, ReasonField
from households.household_input import HouseholdInput
from households.lineage.fields import LookField, PaperField, let_stand
from households.lineage.planning import JOININGS, Splitting, Told, next_number
from households.models import Household, LineageAct, Resident
from households.models.households import HEAD
from households.words import Words


class HouseholdField(forms.CharField):
    """The number of a household that the person may see, with suggestions."""

    def __init__(self, *, user: User, **options: Any) -> None:
        """Look within the person's own areas."""
        super().__init__(widget=HouseholdInput(), max_length=60, **options)
        self._user = user

    def clean(self, value: Any) -> Household | None:
        """Return the household of the number that was typed."""
        code = super().clean(value)
        if not code:
            return None
        found = Household.objects.visible_to(self._user).filter(code=code).first()
        if found is None:
            raise ValidationError(
                pgettext("lineage", "There is no household with this number in your areas.")
            )
        return found


class EventForm(forms.Form):
    """What every event is entered with."""

    happened_on = DayField(label=gettext_lazy("Day it happened"))
    paper = PaperField()
    reason = ReasonField(
        label=gettext_lazy("Reason or who said so"),
        required=False,
        help_text=gettext_lazy("Stays in the record of acts: no names and no numbers."),
    )
    look = LookField()

    def __init__(
        self, *args: Any, home: Household, members: list[Resident], stands: str = "", **options: Any
    ) -> None:
        """Begin with today; `stands` is the line of a delivery that counts as the paper."""
        options["initial"] = {"happened_on": clock.today()} | options.get("initial", {})
        super().__init__(*args, **options)
        self.members = {str(each.pk): each for each in members}
        self.relations = Words().choices("relation", home.area_id)
        let_stand(self, stands)

    def told(self) -> Told:
        """Return the day, the reason and the paper."""
        given = self.cleaned_data
        return Told(given["happened_on"], given["reason"], given["paper"])

    def new_head(self) -> Resident | None:
        """Return who is head from now on, where somebody was chosen."""
        return self.members.get(self.cleaned_data.get("new_head", ""))

    def _ask_each(self, none: str, *, required: bool = False) -> None:
        """Ask of every member what they are in the other household; `none` is what an empty answer means."""
        for key, each in self.members.items():
            self.fields[f"member_{key}"] = forms.ChoiceField(
                label=each.shown_name, choices=[("", none), *self.relations], required=required
            )

    def _ask_head(self) -> None:
        """Ask who is head where the head may leave."""
        heads = [key for key, each in self.members.items() if each.relation == HEAD]
        if heads and len(self.members) > 1:
            others = [(key, each.shown_name) for key, each in self.members.items() if key not in heads]
            self.fields["new_head"] = forms.ChoiceField(
                label=pgettext_lazy("lineage", "Head of those who stay"),
                choices=[("", "---"), *others],
                required=False,
                help_text=pgettext_lazy("lineage", "Only where the head leaves."),
            )

    def answers(self) -> dict[int, str]:
        """Return the relation in the other household by member, of those for whom one was chosen."""
        chosen = {each.pk: self.cleaned_data.get(f"member_{key}", "") for key, each in self.members.items()}
        return {pk: relation for pk, relation in chosen.items() if relation}


class SplitForm(EventForm):
    """Who forms a household of their own, who keeps the number, and what the new household is called."""

    keeps = forms.ChoiceField(
        label=pgettext_lazy("lineage", "Who keeps the number, and with it case, warning and help"),
        choices=[
            (Splitting.STAYERS, pgettext_lazy("lineage", "those who stay")),
            (Splitting.LEAVERS, pgettext_lazy("lineage", "those who leave")),
        ],
        initial=Splitting.STAYERS,
        widget=forms.RadioSelect,
        help_text=pgettext_lazy(
            "lineage", "The monitored object is the household with the number: decide whose need it is."
        ),
    )
    code = forms.CharField(
        label=pgettext_lazy("lineage", "Number of the new household"),
        max_length=40,
        required=False,
    )
    address = forms.CharField(
        label=pgettext_lazy("lineage", "Address of the new household"), max_length=200, required=False
    )

    def __init__(self, *args: Any, home: Household, **options: Any) -> None:
        """Ask of every member whether they leave, and as what."""
        super().__init__(*args, home=home, **options)
        self._ask_each(pgettext("lineage", "stays"))
        self._ask_head()
        self.fields["code"].help_text = pgettext(
            "lineage", "As the national register gives it. Empty: %(code)s, until it is known."
        ) % {"code": next_number(home)}
        asked = [f"member_{key}" for key in self.members]
        self.order_fields([*asked, "new_head", "keeps", "code", "address", "happened_on", "paper", "reason"])

    def splitting(self) -> Splitting:
        """Return the split as it is asked for."""
        given = self.cleaned_data
        return Splitting(
            self.answers(), given["keeps"], self.new_head(), given["code"], address=given["address"]
        )


class JoinForm(EventForm):
    """Which member joins which household, and as what."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("lineage", "What happened"),
        choices=[(kind.value, LineageAct.Kind(kind).label) for kind in JOININGS],
    )
    member = forms.ChoiceField(label=pgettext_lazy("lineage", "Who goes"))
    relation = forms.ChoiceField(label=pgettext_lazy("lineage", "Relation to the head there"))

    def __init__(self, *args: Any, home: Household, user: User, **options: Any) -> None:
        """Offer the members and the relations."""
        super().__init__(*args, home=home, **options)
        names = [(key, each.shown_name) for key, each in self.members.items()]
        self.fields["member"].choices = [("", "---"), *names]  # type: ignore[attr-defined]
        self.fields["relation"].choices = [("", "---"), *self.relations]  # type: ignore[attr-defined]
        self.fields["other"] = _other(user)
        self._ask_head()
        self.order_fields(
            ["kind", "member", "other", "relation", "new_head", "happened_on", "paper", "reason"]
        )

    def goes(self) -> Resident:
        """Return who goes."""
        return self.members[self.cleaned_data["member"]]


class MergeForm(EventForm):
    """Which household everybody joins, and as what."""

    def __init__(self, *args: Any, home: Household, user: User, **options: Any) -> None:
        """Ask of every member as what they join."""
        super().__init__(*args, home=home, **options)
        self.fields["other"] = _other(user)
        self._ask_each("---", required=True)
        asked = [f"member_{key}" for key in self.members]
        self.order_fields(["other", *asked, "happened_on", "paper", "reason"])


class UndoForm(forms.Form):
    """Why an event was wrong."""

    reason = ReasonField()


def _other(user: User) -> HouseholdField:
    return HouseholdField(
        user=user,
        label=pgettext_lazy("lineage", "Household that is joined"),
        help_text=pgettext_lazy("lineage", "Its number, or the name of one of its people to choose from."),
    )
