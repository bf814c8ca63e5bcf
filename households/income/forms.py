"""The form in which a household's income is stated: item by item or letter by letter, and how many members count."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts import clock
from foundation.desk.fields import DayField, ReasonField
from households.income.items import GROUPS, known_items
from households.income.members import counted
from households.income.rules import Rule
from households.income.stating import LARGEST, Stated
from households.models import Household, Income

_ITEM = "item_"


@dataclass(frozen=True, slots=True)
class FormGroup:
    """The fields of one letter; open where something is stated in it or wrong, or where it is short."""

    letter: str
    label: str
    fields: list[forms.BoundField]
    is_open: bool


class IncomeForm(forms.Form):
    """Everything that one accounting period is made of; an empty item counts as nothing."""

    as_of = DayField(label=gettext_lazy("Checked on"))
    members = forms.IntegerField(label=gettext_lazy("Members counted"), min_value=0, max_value=50)

    def __init__(
        self, *args: Any, household: Household, rule: Rule, former: Income | None, **options: Any
    ) -> None:
        """Offer the items of the area, filled with what was stated for the same period."""
        known = counted(household, rule, clock.today())
        stated = former.parts if former else {}
        options["initial"] = {
            "as_of": clock.today(),
            "members": former.members if former else known.suggested,
            **{_ITEM + code: Decimal(amount) for code, amount in stated.items()},
        }
        super().__init__(*args, **options)
        answers = {answer.subject.key: answer.text for answer in rule.answers}
        self.fields["members"].help_text = _(
            "%(rule)s; the register has %(present)d members, %(away)d of them away for work for half a year or more."
        ) % {"rule": answers.get("income_members", ""), "present": known.present, "away": known.away}
        self.items = known_items(household.area_id, clock.today())
        for item in self.items:
            self.fields[_ITEM + item.code] = forms.DecimalField(
                label=f"{item.code} {item.name}",
                required=False,
                min_value=0,
                max_value=LARGEST - 1,
                decimal_places=2,
                widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
            )
        self.fields["reason"] = ReasonField(
            required=former is not None,
            help_text=_("An income is there for this period: say why it is corrected.") if former else "",
        )

    def groups(self) -> Iterator[FormGroup]:
        """Yield the items letter by letter."""
        for letter, label in GROUPS.items():
            fields = [self[_ITEM + item.code] for item in self.items if item.group == letter]
            filled = any(field.value() not in (None, "") or field.errors for field in fields)
            yield FormGroup(letter, str(label), fields, filled or len(fields) == 1)

    def stated(self) -> Stated:
        """Return what was typed."""
        given = self.cleaned_data
        amounts = {item.code: given.get(_ITEM + item.code) for item in self.items}
        return Stated(
            {code: amount for code, amount in amounts.items() if amount is not None},
            given["members"],
            given["as_of"],
        )
