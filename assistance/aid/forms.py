"""Forms of aid: the shape of what is asked, never a rule."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from assistance.aid.checking import LONGEST_NOTE, LONGEST_PAYER, LONGEST_SERVICE, Aid
from assistance.aid.files import RECEIPT
from assistance.aid.selectors import present_members
from assistance.catalogue.declared import DeclaredMeasure
from assistance.catalogue.terms import About
from assistance.models import AidRecord, Case, Measure
from foundation.accounts import clock
from foundation.accounts.models import Department
from foundation.desk.fields import DayField, ReasonField
from foundation.desk.photo_field import PaperPhotoField, upload_of
from foundation.files.attaching import Upload
from households.models import Resident

_OTHER = "other"


class MonthField(forms.CharField):
    """A month, from the browser's own picker; its first day."""

    widget = forms.TextInput(attrs={"type": "month"})

    def clean(self, value: Any) -> datetime.date | None:
        """Return the first day of the month, or None where it was left empty."""
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            return datetime.date.fromisoformat(f"{text[:7]}-01")
        except ValueError:
            raise forms.ValidationError(_("Write the month as 2026-10.")) from None


class AidForm(forms.Form):
    """One aid: for whom, how often, how much or what, since when; the rest is folded away on the phone."""

    resident = forms.TypedChoiceField(
        label=pgettext_lazy("measure", "For"), required=False, coerce=int, empty_value=None
    )
    per = forms.ChoiceField(
        label=pgettext_lazy("aid", "How often"), choices=AidRecord.Per.choices, widget=forms.RadioSelect
    )
    amount = forms.DecimalField(
        label=pgettext_lazy("aid", "Yuan, once or a month"),
        required=False,
        max_digits=10,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    service = forms.CharField(
        label=pgettext_lazy("aid", "Or what was done"),
        required=False,
        max_length=LONGEST_SERVICE,
        help_text=pgettext_lazy("aid", "Where it is no money: training of five days, roof repaired."),
    )
    landed_on = DayField(label=pgettext_lazy("aid", "Landed on, or since"))
    photo = PaperPhotoField(
        label=pgettext_lazy("aid", "Photo or receipt"),
        required=False,
        help_text=gettext_lazy("More can be added afterwards."),
    )
    until_month = MonthField(
        label=pgettext_lazy("aid", "Last month"),
        required=False,
        help_text=pgettext_lazy(
            "aid", "Only of what is given every month; empty: it runs on until it is stopped."
        ),
    )
    payer = forms.ChoiceField(label=pgettext_lazy("aid", "Payer"), required=False)
    other_payer = forms.CharField(
        label=pgettext_lazy("aid", "Other payer"),
        required=False,
        max_length=LONGEST_PAYER,
        help_text=pgettext_lazy("aid", "A company, a foundation, the village."),
    )
    note = forms.CharField(
        label=pgettext_lazy("aid", "Source"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=pgettext_lazy("aid", "Which paper says so: voucher, bank book, list."),
    )

    def __init__(
        self,
        *args: Any,
        case: Case,
        declared: DeclaredMeasure,
        measure: Measure | None,
        name: Callable[[Resident], str],
        **options: Any,
    ) -> None:
        """Begin with what the measure says, or the day of today; `name` names members as the reader may know them."""
        self._help, self._measure = declared, measure
        options.setdefault("initial", _initial(declared, measure))
        super().__init__(*args, **options)
        people = present_members(case)
        chosen = [
            (each.pk, name(each))
            for each in people
            if measure is None or measure.resident_id in (None, each.pk)
        ]
        whole = [("", pgettext("measure", "the household"))] if declared.about is About.HOUSEHOLD else []
        self.fields["resident"].required = declared.about is About.MEMBER
        self.fields["resident"].choices = [*whole, *chosen]  # type: ignore[attr-defined]
        offices = [(each.pk, each.called) for each in Department.objects.order_by("name")]
        self.fields["payer"].choices = [  # type: ignore[attr-defined]
            ("", _("township office")), *offices, (_OTHER, pgettext("aid", "somebody else, see below")),
        ]  # fmt: skip

    def aid(self) -> Aid:
        """Return what was said."""
        given = self.cleaned_data
        payer = given["other_payer"] or ("" if given["payer"] == _OTHER else given["payer"])
        return Aid(
            self._help.code,
            given["landed_on"],
            given["per"],
            given["resident"],
            given["amount"],
            given["service"],
            given["until_month"],
            payer,
            given["note"],
            self._measure,
        )

    def upload(self) -> Upload | None:
        """Return the photo as what is attached; Refused where it is too large."""
        photo = self.cleaned_data["photo"]
        return upload_of(photo, RECEIPT) if photo else None


class StopForm(forms.Form):
    """The last month, why, and the version that the person saw."""

    month = MonthField(label=pgettext_lazy("aid", "Last month for which it was given"))
    reason = ReasonField()
    version = forms.IntegerField(widget=forms.HiddenInput)


class WhyForm(forms.Form):
    """Why, in words, and the version that the person saw."""

    reason = ReasonField()
    version = forms.IntegerField(widget=forms.HiddenInput)


class PhoneForm(forms.Form):
    """Who of the household said on the telephone that it came."""

    who = forms.CharField(label=pgettext_lazy("aid", "Who told it"), max_length=60)
    version = forms.IntegerField(widget=forms.HiddenInput)


class CodeForm(forms.Form):
    """The code of the household, as the camera reads it."""

    code = forms.CharField(
        label=pgettext_lazy("aid", "Code of the household"),
        max_length=300,
        help_text=pgettext_lazy(
            "aid", "Scan the code on the door with the phone and paste the address here."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ExplainForm(forms.Form):
    """Why promise and payment need not agree."""

    reason = ReasonField(
        help_text=pgettext_lazy(
            "aid", "For example: paid in kind, paid to the guardian, begins only next month."
        )
    )


def _initial(declared: DeclaredMeasure, measure: Measure | None) -> dict[str, Any]:
    start: dict[str, Any] = {
        "landed_on": clock.today(), "per": AidRecord.Per.ONCE, "payer": declared.department, "resident": "",
    }  # fmt: skip
    if measure is None:
        return start
    start |= {"resident": measure.resident_id or "", "payer": measure.department_id or ""}
    if measure.landed_on is not None:
        monthly = measure.per == Measure.Per.MONTH
        start |= {
            "landed_on": measure.landed_on,
            "per": AidRecord.Per.MONTH if monthly else AidRecord.Per.ONCE,
            "amount": measure.amount,
            "until_month": f"{measure.until_day:%Y-%m}" if monthly and measure.until_day else "",
        }
    return start
