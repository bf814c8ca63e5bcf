"""The form of a list for a department."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assistance.handing_back.departments import Recipient
from assistance.handing_back.exporting import Wanted
from assistance.handing_back.people import Month
from foundation.accounts import clock
from foundation.desk.fields import ReasonField


def _last_month() -> str:
    return str(Month.of(clock.today()).before)


class HandBackForm(forms.Form):
    """For whom, of which month, and what for."""

    department = forms.ChoiceField(
        label=_("Department"),
        help_text=_(
            "Those whose regular data are compared here. Who knows heads of households alone gets heads alone."
        ),
    )
    month = forms.RegexField(
        label=_("Month"), regex=r"^20\d\d-(0[1-9]|1[0-2])$", initial=_last_month,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}), help_text=_("As 2026-10."),
    )  # fmt: skip
    purpose = ReasonField(
        label=_("Purpose"), help_text=_("What the department does with the list; it stays in the record.")
    )

    def __init__(self, *args: Any, offered: dict[str, Recipient], **options: Any) -> None:
        """Offer the departments of the county."""
        super().__init__(*args, **options)
        self.fields["department"].choices = [  # type: ignore[attr-defined]
            ("", "---"),
            *(
                (code, f"{each.department.called}（{'、'.join(each.datasets)}）")
                for code, each in offered.items()
            ),
        ]

    def wanted(self) -> Wanted:
        """Return what was asked for."""
        given = self.cleaned_data
        month = Month.of(datetime.date.fromisoformat(f"{given['month']}-01"))
        return Wanted(given["department"], month, given["purpose"])
