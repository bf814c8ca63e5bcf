"""The form of a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from alerts.filters import Choosing
from alerts.models import Rule
from alerts.rules.keeping import NEEDS
from alerts.wording import Bands
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.desk.area_field import AreaField
from foundation.desk.fields import DayField


class RuleForm(forms.Form):
    """Which warnings of which area a rule takes on, and how long it holds."""

    standards = forms.MultipleChoiceField(
        label=gettext_lazy("Warning standards"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: any."),
    )
    bands = forms.MultipleChoiceField(
        label=gettext_lazy("Priority bands"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None ticked: any."),
    )
    from_day = DayField(label=gettext_lazy("From"))
    until_day = DayField(label=gettext_lazy("Until and including"), required=False)

    def __init__(self, *args: Any, kind: str, user: User, **options: Any) -> None:
        """Offer standards and bands; ask for the load where somebody is assigned."""
        options.setdefault("initial", {"from_day": clock.today()})
        super().__init__(*args, **options)
        choosing = Choosing(user, Bands())
        self.fields["standards"].choices = choosing.standards  # type: ignore[attr-defined]
        self.fields["bands"].choices = choosing.bands  # type: ignore[attr-defined]
        first: dict[str, forms.Field] = {"area": AreaField(user=user, right=NEEDS[kind])}
        if kind == Rule.Kind.ASSIGN:
            first["most_open"] = forms.IntegerField(
                label=gettext_lazy("Most open work of one person"),
                min_value=1,
                max_value=999,
                required=False,
                help_text=gettext_lazy(
                    "Whoever has so much open gets nothing more by the rule. Empty: no limit."
                ),
            )
        self.fields = first | self.fields

    def written_to(self, rule: Rule) -> Rule:
        """Return the rule with what was chosen; it is not saved."""
        for name, value in self.cleaned_data.items():
            setattr(rule, name, value)
        return rule
