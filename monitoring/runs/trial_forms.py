"""The form of a trial: where, as of when, and which draft."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.area_field import AreaField
from foundation.desk.fields import DayField
from foundation.regulations.models import LocalValue
from foundation.regulations.units import Comparator, Population
from monitoring.comparison.drafts import LONGEST
from monitoring.comparison.trials import Wanted
from monitoring.models import DeclaredStandard
from monitoring.runs.forms import standard_choices


class TrialForm(forms.Form):
    """A draft line for a declared standard, a drafted standard, or both."""

    as_of = DayField(
        label=gettext_lazy("As of"),
        help_text=gettext_lazy("This day and the ends of the eleven months before it are looked at."),
    )
    standard = forms.ChoiceField(label=gettext_lazy("Standard"), required=False)
    amount = forms.DecimalField(
        label=gettext_lazy("Line that is tried"),
        required=False,
        max_digits=16,
        decimal_places=6,
        help_text=gettext_lazy(
            "In the unit of the present line; a share as 0.3; of a standard that asks yes or no, 1 or 0."
        ),
    )
    comparator = forms.ChoiceField(
        label=gettext_lazy("comparison"),
        choices=Comparator.choices,
        initial=Comparator.AT_LEAST,
        widget=forms.RadioSelect,
        required=False,
    )
    population = forms.ChoiceField(label=gettext_lazy("for"), required=False)
    code = forms.CharField(
        label=gettext_lazy("Code of a drafted standard"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Its file name without .toml; only with a declaration."),
    )
    file = forms.FileField(label=gettext_lazy("Declaration as a file (TOML)"), required=False)
    declaration = forms.CharField(
        label=gettext_lazy("Declaration as text (TOML)"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    field_order = ("area",)

    def __init__(self, *args: Any, user: User, proposal: LocalValue | None = None, **options: Any) -> None:
        """Offer the areas in which `user` runs comparisons; of a proposed value only where and when it is tried."""
        super().__init__(*args, **options)
        self.proposal = proposal
        self.fields["area"] = AreaField(user=user, right=Right.RUN_COMPARISON)
        groups = standard_choices(user)
        if proposal is not None:
            codes = {each.pk for each in standards_with_line(proposal.subject_id)}
            groups = [(label, [one for one in rows if one[0] in codes]) for label, rows in groups]
            for name in ("amount", "comparator", "population", "code", "file", "declaration"):
                del self.fields[name]
        else:
            self._choices("population", [("", _("everybody")), *Population.choices])
        groups = [(label, rows) for label, rows in groups if rows]
        self._choices("standard", groups if proposal is not None else [("", "—"), *groups])
        self.order_fields(self.field_order)

    def clean(self) -> None:
        """Take the declaration from the file where one was chosen, and see that a standard is named once."""
        given = super().clean() or self.cleaned_data
        file = given.get("file")
        if file is not None:
            given["declaration"], given["code"] = _text_of(file), given.get("code") or _stem(file.name)
        if given.get("declaration", "").strip():
            if not given.get("code"):
                self.add_error("code", _("Enter the code of the drafted standard."))
        elif not given.get("standard"):
            self.add_error("standard", _("Choose a standard, or give a declaration."))

    def wanted(self) -> Wanted:
        """Return what was asked for."""
        given = self.cleaned_data
        drafted = given.get("declaration", "").strip()
        return Wanted(
            area=given["area"],
            as_of=given["as_of"],
            standard=given["code"] if drafted else given["standard"],
            declaration=drafted,
            population=given.get("population", ""),
            amount=given.get("amount"),
            comparator=given.get("comparator", ""),
            proposal=self.proposal,
        )

    def _choices(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def standards_with_line(subject: str) -> list[DeclaredStandard]:
    """Return the declared standards whose line is a regulation value."""
    return list(DeclaredStandard.objects.declared().filter(line=subject))


def _text_of(file: Any) -> str:
    raw: bytes = file.read(LONGEST + 1)
    if len(raw) > LONGEST:
        raise ValidationError(_("This is longer than the declaration of a standard may be."))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise ValidationError(_("The file is not text in UTF-8.")) from wrong


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].removesuffix(".toml")[:40]
