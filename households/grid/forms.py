"""Forms of the grid: the shape of what is asked, never a rule."""

import re
from typing import Any

from django import forms
from django.utils.translation import pgettext, pgettext_lazy

from foundation.accounts import clock
from foundation.accounts.labels import role_label
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Level, Role
from foundation.desk.fields import DayField, ReasonField
from households.grid import drawing
from households.grid.drawing import Drawing, Shape
from households.grid.membership import Person
from households.grid.selectors import candidates
from households.models import GridCell

_BETWEEN = re.compile(r"[\s,，、;；]+")


class DrawForm(forms.Form):
    """How cells are drawn; of a township there is one way, and only the name is asked."""

    how = forms.ChoiceField(
        label=pgettext_lazy("grid", "How"),
        choices=(
            (drawing.GROUPS, pgettext_lazy("grid", "a cell for each villager group that is in none")),
            (
                drawing.WHOLE,
                pgettext_lazy("grid", "one cell for the whole village, or for whoever is left over"),
            ),
            (drawing.HAND, pgettext_lazy("grid", "one cell of the groups chosen below")),
        ),
        widget=forms.RadioSelect,
        initial=drawing.GROUPS,
    )
    name = forms.CharField(label=pgettext_lazy("grid", "Name of the cell"), max_length=60, required=False)
    groups = forms.MultipleChoiceField(
        label=pgettext_lazy("grid", "Villager groups"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=pgettext_lazy("grid", "Choose none to put single households into the cell afterwards."),
    )  # fmt: skip

    def __init__(self, *args: Any, area: Area, **options: Any) -> None:
        """Offer the groups that no cell takes."""
        super().__init__(*args, **options)
        self._township = area.level == Level.TOWNSHIP
        free = [] if self._township else drawing.free_groups(area.code)
        self.fields["groups"].choices = [(name, name) for name in free]  # type: ignore[attr-defined]
        if self._township:
            del self.fields["how"], self.fields["groups"]
            self.fields["name"].initial = area.name
            return
        self.fields["name"].help_text = pgettext(
            "grid", "Empty where each group gets a cell of its own name."
        )
        if not free:
            del self.fields["groups"]
            self.fields["how"].initial = drawing.WHOLE

    def drawing(self) -> Drawing:
        """Return what was asked for."""
        given = self.cleaned_data
        return Drawing(given.get("how", drawing.WHOLE), given["name"], tuple(given.get("groups", ())))


class ShapeForm(forms.Form):
    """What a cell is called and takes, and why it changes."""

    name = forms.CharField(label=pgettext_lazy("grid", "Name of the cell"), max_length=60)
    groups = forms.MultipleChoiceField(
        label=pgettext_lazy("grid", "Villager groups"), required=False, widget=forms.CheckboxSelectMultiple
    )
    takes_rest = forms.BooleanField(
        label=pgettext_lazy("grid", "Takes every household of the village that is in no other cell"),
        required=False,
    )
    reason = ReasonField()

    def __init__(self, *args: Any, cell: GridCell, **options: Any) -> None:
        """Begin with what stands; offer its own groups and those that no cell takes."""
        own = list(cell.groups.filter(until_day__isnull=True).values_list("name", flat=True))
        options.setdefault("initial", {"name": cell.name, "groups": own, "takes_rest": cell.takes_rest})
        super().__init__(*args, **options)
        names = (
            [] if cell.level == GridCell.Level.TOWNSHIP else drawing.free_groups(cell.area_id, besides=cell)
        )
        offered = sorted({*names, *own})
        self.fields["groups"].choices = [(name, name) for name in offered]  # type: ignore[attr-defined]
        if not offered:
            del self.fields["groups"]
        if cell.level != GridCell.Level.VILLAGE:
            del self.fields["takes_rest"]

    def shape(self) -> Shape:
        """Return what was asked for."""
        given = self.cleaned_data
        return Shape(given["name"], tuple(given.get("groups", ())), given.get("takes_rest", False))


class PutForm(forms.Form):
    """Which households, by their numbers, and why."""

    numbers = forms.CharField(
        label=pgettext_lazy("grid", "Household numbers"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=pgettext_lazy("grid", "One a line, or with commas between them; of this village."),
    )  # fmt: skip
    reason = ReasonField()

    def codes(self) -> list[str]:
        """Return the numbers that were typed."""
        return [each for each in _BETWEEN.split(self.cleaned_data["numbers"]) if each]


class JoinForm(forms.Form):
    """Who looks after a cell: a member of staff, or a name with a telephone; since when; whether they lead it."""

    user = forms.ChoiceField(label=pgettext_lazy("grid", "Member of staff"), required=False)
    name = forms.CharField(
        label=pgettext_lazy("grid", "Name"), max_length=60, required=False,
        help_text=pgettext_lazy("grid", "Of who has no account here."),
    )  # fmt: skip
    phone = forms.CharField(
        label=pgettext_lazy("grid", "Telephone"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    leads = forms.BooleanField(label=pgettext_lazy("grid", "Leads the cell"), required=False)
    from_day = DayField(label=pgettext_lazy("grid", "From"))

    def __init__(self, *args: Any, cell: GridCell, reader: User, **options: Any) -> None:
        """Offer who has a post in the township or above."""
        options.setdefault("initial", {"from_day": clock.today()})
        super().__init__(*args, **options)
        posts = candidates(cell, reader)
        self._people = {str(each.user_id): each.user for each in posts}
        named: dict[str, str] = {}
        for each in posts:
            words = f"{each.user.name} · {role_label(Role(each.role), each.area_id)} · {each.area.name}"
            named.setdefault(str(each.user_id), words)
        self.fields["user"].choices = [("", "—"), *named.items()]  # type: ignore[attr-defined]

    def person(self) -> Person:
        """Return who was named."""
        given = self.cleaned_data
        return Person(
            given["from_day"], self._people.get(given["user"]), given["name"], given["phone"], given["leads"]
        )


class LeaveForm(forms.Form):
    """The last day, and why."""

    last_day = DayField(label=pgettext_lazy("grid", "Last day"))
    reason = ReasonField()

    def __init__(self, *args: Any, **options: Any) -> None:
        """Begin with today."""
        options.setdefault("initial", {"last_day": clock.today()})
        super().__init__(*args, **options)


class WhyForm(forms.Form):
    """Why."""

    reason = ReasonField()
