"""Forms of comparisons: asking for one by hand, and why what is held is released or refused."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.area_field import AreaField
from foundation.desk.fields import DayField, ReasonField
from monitoring.models import DeclaredStandard
from monitoring.screening.terms import Theme


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of a day and a time."""

    input_type = "datetime-local"


class AskForm(forms.Form):
    """Which area is compared as of which day, with which standards, and what was known when."""

    as_of = DayField(
        label=_("As of"),
        help_text=_(
            "Events up to this day count. A day before the newest comparison looks back: it raises nothing."
        ),
    )
    standards = forms.MultipleChoiceField(
        label=_("Standards"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Mark none to compare with every standard."),
    )
    known_at = forms.DateTimeField(
        label=_("As known at"),
        required=False,
        widget=MomentInput(format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=_(
            "Only what had been received by this moment; empty: everything there is. It raises nothing."
        ),
    )
    field_order = ("area", "as_of", "standards", "known_at")

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        """Offer the areas in which `user` runs comparisons, and the standards by theme."""
        super().__init__(*args, **options)
        self.fields["area"] = AreaField(user=user, right=Right.RUN_COMPARISON)
        self.fields["standards"].choices = standard_choices(user)  # type: ignore[attr-defined]
        self.order_fields(self.field_order)

    def clean_known_at(self) -> datetime.datetime | None:
        """Refuse a moment that is still to come."""
        moment: datetime.datetime | None = self.cleaned_data["known_at"]
        if moment is not None and moment > timezone.now():
            raise forms.ValidationError(_("This moment is still to come: enter an earlier one, or none."))
        return moment


class ReasonForm(forms.Form):
    """Why what is held back is released or refused."""

    reason = ReasonField(help_text=_("Stands in the record of acts."))


def standard_choices(user: User) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the declared standards in groups of their themes, as fields with choices take them."""
    rows = list(DeclaredStandard.objects.visible_to(user).declared())
    grouped = [
        (str(theme.label), [(row.pk, row.label) for row in rows if row.theme == theme]) for theme in Theme
    ]
    return [(label, choices) for label, choices in grouped if choices]
