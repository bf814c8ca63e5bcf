"""Forms of authorisations: what a household is asked to allow."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts import clock
from foundation.desk.fields import DayField
from foundation.desk.punctuation import bracketed
from foundation.regulations.units import in_language
from households.ages import age
from households.authorisations.asking import Wanted, kinds_in, longest_until, purposes_in
from households.models import Authorisation, Household, Resident
from households.signing.asking import needs_guardian

_MANY = forms.CheckboxSelectMultiple


class AskForm(forms.Form):
    """For what, which kinds of data, whom it covers, how long; who signs for children, and a witness."""

    basis = forms.ChoiceField(
        label=_("On what it rests"),
        widget=forms.RadioSelect,
        choices=Authorisation.Basis.choices,
        initial=Authorisation.Basis.WRITTEN,
        help_text=_("A separate consent has one purpose. What a law demands needs no signature."),
    )
    clause = forms.CharField(
        label=_("Clause of the law"),
        max_length=200,
        required=False,
        help_text=_("Only for a statutory duty."),
    )
    purposes = forms.MultipleChoiceField(label=_("Purposes"), widget=_MANY)
    kinds = forms.MultipleChoiceField(label=_("Kinds of data"), widget=_MANY)
    members = forms.MultipleChoiceField(
        label=_("Members covered"), widget=_MANY, help_text=_("Everybody who is covered signs.")
    )
    guardian = forms.ChoiceField(label=_("Guardian who signs for the children"), required=False)
    guardian_name = forms.CharField(
        label=_("Guardian from outside the household"), max_length=60, required=False
    )
    witness = forms.CharField(label=_("Witness"), max_length=60, required=False)
    valid_from = DayField(label=_("Valid from"))
    valid_until = DayField(label=_("Valid until and including"))

    def __init__(self, *args: Any, household: Household, wished: Sequence[str] = (), **options: Any) -> None:
        """Offer what the area's values name, and the members of today; begin with all of them, for the whole time.

        `wished` are the purposes to begin with, where the way here named them.
        """
        self._household = household
        self._members = {
            str(each.pk): each for each in household.residents.present().order_by("relation", "pk")
        }
        today, area = clock.today(), household.area_id
        codes = [each["code"] for each in purposes_in(area)]
        children = [each for each in self._members.values() if needs_guardian(each)]
        options["initial"] = {
            "basis": Authorisation.Basis.WRITTEN.value,
            "members": list(self._members),
            "purposes": [each for each in codes if each in wished] or codes[:1],
            "kinds": [each["code"] for each in kinds_in(area)],
            "valid_from": today,
            "valid_until": longest_until(area, today),
        }
        super().__init__(*args, **options)
        self._offer("purposes", _items(purposes_in(area)))
        self._offer("kinds", _items(kinds_in(area)))
        self._offer("members", [(key, _named(each)) for key, each in self._members.items()])
        adults = [(key, each.shown_name) for key, each in self._members.items() if each not in children]
        self._offer("guardian", [("", "—"), *adults])
        self.fields["guardian"].initial = adults[0][0] if adults else ""
        if not children:
            del self.fields["guardian"], self.fields["guardian_name"]
        self.fields["valid_until"].help_text = _("Until %(day)s at most.") % {
            "day": longest_until(area, today).isoformat()
        }

    def wanted(self) -> Wanted:
        """Return what is asked for, as the stage takes it."""
        given = self.cleaned_data
        return Wanted(
            household=self._household,
            basis=Authorisation.Basis(given["basis"]),
            purposes=given["purposes"],
            kinds=given["kinds"],
            members=[self._members[key] for key in given["members"]],
            valid_from=given["valid_from"],
            valid_until=given["valid_until"],
            clause=given["clause"],
            guardian=self._members.get(given.get("guardian") or ""),
            guardian_name=given.get("guardian_name", ""),
            witness=given["witness"],
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _items(items: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(each["code"], in_language(each["zh"], each["en"])) for each in items]


def _named(resident: Resident) -> str:
    years = age(resident.born_on)
    return resident.shown_name if years is None else f"{resident.shown_name}{bracketed(years)}"
