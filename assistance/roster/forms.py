"""Forms of the exchange with civil affairs: the shape of what is asked, never a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.roster.rights import may_hand_in
from foundation.accounts import clock
from foundation.accounts.models import Area, User
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.desk.fields import DayField, ReasonField
from foundation.desk.views.imports import FileForm


class HandInForm(FileForm):
    """A list, the area that it is of, and its day."""

    area = forms.ChoiceField(label=gettext_lazy("Area"))
    as_of = DayField(label=pgettext_lazy("roster", "As of"), initial=clock.today)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        """Offer the areas for which `user` may hand a list in."""
        super().__init__(*args, accept=".xlsx,.xls,.csv,.tsv,.txt,.zip", **options)
        self.fields["area"].choices = _areas(may_hand_in(user), user)  # type: ignore[attr-defined]

    def clean_as_of(self) -> Any:
        """A list is of a day that has come."""
        on = self.cleaned_data["as_of"]
        if on > clock.today():
            raise forms.ValidationError(gettext_lazy("The day lies in the future: enter a day up to today."))
        return on


class TakeOutForm(forms.Form):
    """Of which area, and what for."""

    area = forms.ChoiceField(label=gettext_lazy("Area"))
    purpose = ReasonField(
        label=gettext_lazy("Purpose"),
        help_text=gettext_lazy("What civil affairs does with it; it stays in the record."),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        """Offer the areas in which `user` may reveal numbers."""
        super().__init__(*args, **options)
        self.fields["area"].choices = _areas(sorted(prefixes(user, Right.REVEAL_NUMBERS)), user)  # type: ignore[attr-defined]


def _areas(codes: list[str], user: User) -> list[tuple[str, str]]:
    names = dict(Area.objects.visible_to(user).filter(code__in=codes).values_list("code", "name"))
    return [(code, f"{names[code]} {code}") for code in codes if code in names]
