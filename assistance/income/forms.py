"""The form of an income sheet on a phone: what is known stands there with its source, only the rest is typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.income.carrying import Carried
from assistance.income.confirming import NewRisk
from assistance.income.drafting import Entered, Said, mark_of
from assistance.income.periods import offered
from assistance.income.reading import Fed
from assistance.income.words import fed_sentences, who_knows
from assistance.models import Case, IncomeLine, IncomeSheet
from foundation.accounts import clock
from foundation.desk.fields import ReasonField
from households.income.items import GROUPS, Item, known_items
from households.income.periods import Period
from households.income.stating import LARGEST
from monitoring.screening.terms import EventKind

_ITEM, _NOTE = "item_", "note_"
#: Notes are short: a reason, no story.
_NOTE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """One item on the form: its fields, where its amount comes from, and whether the lists changed since it began.

    `asked` says of an item that no list has filled who knows it.
    """

    amount: forms.BoundField
    note: forms.BoundField | None
    sources: list[str]
    is_fed: bool
    changed: str
    asked: list[str]


@dataclass(frozen=True, slots=True)
class FormGroup:
    """One letter: what is known or asked in one sum stands open, single items below."""

    letter: str
    label: str
    hint: str
    shown: list[Shown]
    more: list[Shown]
    is_open: bool


class BeginForm(forms.Form):
    """Which period; the collection of the year stands first."""

    period = forms.TypedChoiceField(
        label=pgettext_lazy("income", "Period"), widget=forms.RadioSelect, coerce=str
    )

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        """Offer the periods that are over."""
        super().__init__(*args, **options)
        self._periods = {
            str(number): each for number, each in enumerate(offered(case.area_id, clock.today()))
        }
        field = cast(forms.ChoiceField, self.fields["period"])
        field.choices = [(key, f"{each.first} – {each.last}") for key, each in self._periods.items()]
        field.initial = "0"

    def chosen(self) -> Period:
        """Return the chosen period."""
        return self._periods[self.cleaned_data["period"]]


class KeepForm(forms.Form):
    """Why the amount of a sheet is right although the lists say something else."""

    note = ReasonField(label=gettext_lazy("Why the amount of the sheet is right"))


class CorrectForm(forms.Form):
    """Why a confirmed sheet is corrected."""

    reason = ReasonField(label=gettext_lazy("Why it is corrected"))


class SheetForm(forms.Form):
    """Every item of the area, who lives together, and a new risk where one was seen."""

    members = forms.IntegerField(
        label=gettext_lazy("People living together"), min_value=0, max_value=50, required=False,
        help_text=gettext_lazy("Who shared income and meals in the period; the income is divided by them."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    risk_kind = forms.ChoiceField(
        label=gettext_lazy("A new risk was seen"), required=False,
        choices=[("", gettext_lazy("no")), *EventKind.choices],
        help_text=gettext_lazy("It is reported with the sheet: a warning is opened, and the township checks it."),
    )  # fmt: skip
    risk_text = forms.CharField(
        label=gettext_lazy("What happened"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        sheet: IncomeSheet,
        fed: Mapping[str, Fed],
        known: Carried,
        may_report: bool,
        **options: Any,
    ) -> None:
        """Fill the fields with what stands in the draft, and with what the lists say by now."""
        self._fed, self._known, self._lines = fed, known, {line.code: line for line in sheet.lines.all()}
        self.items = [
            item for item in known_items(sheet.area_code, clock.today()) if self._is_asked(item.code)
        ]
        first: dict[str, Any] = {_ITEM + code: line.amount for code, line in self._lines.items()}
        first |= {_NOTE + code: line.note for code, line in self._lines.items()}
        for code, each in fed.items():
            line = self._lines.get(code)
            if line is None or line.amount == line.fed_amount:
                first[_ITEM + code] = each.amount
        options["initial"] = {"members": sheet.members, "seen": mark_of(fed, self._lines.values()), **first}
        super().__init__(*args, **options)
        for item in self.items:
            self.fields[_ITEM + item.code] = _amount(item)
            if self._is_known(item.code) or len(item.code) == 1:
                self.fields[_NOTE + item.code] = _note(item)
        if not may_report:
            del self.fields["risk_kind"], self.fields["risk_text"]

    def renew_mark(self) -> None:
        """Say that what the lists say now is on the page: whoever sends it again has seen it."""
        if self.is_bound:
            # Taken apart into a plain dictionary, every value would become a list.
            sent = cast(QueryDict, self.data).copy()
            sent["seen"] = mark_of(self._fed, self._lines.values())
            self.data = sent

    def groups(self) -> Iterator[FormGroup]:
        """Yield the items letter by letter."""
        for letter, label in GROUPS.items():
            of_letter = [item for item in self.items if item.group == letter]
            shown = [item for item in of_letter if self._is_known(item.code) or len(item.code) == 1]
            more = [item for item in of_letter if item not in shown]
            rows = [self._shown(item) for item in more]
            is_open = any(each.amount.value() not in (None, "") or each.amount.errors for each in rows)
            yield FormGroup(
                letter, str(label), self._hint(letter), [self._shown(item) for item in shown], rows, is_open
            )

    def said(self) -> Said:
        """Return what stands on the form."""
        given = self.cleaned_data
        items = {
            item.code: Entered(given.get(_ITEM + item.code), given.get(_NOTE + item.code) or "")
            for item in self.items
        }
        return Said(items, given.get("members") or 0, given["seen"])

    def risk(self) -> NewRisk:
        """Return the new risk; nothing where none was seen."""
        return NewRisk(self.cleaned_data.get("risk_kind") or "", self.cleaned_data.get("risk_text") or "")

    def _is_asked(self, code: str) -> bool:
        """Say whether an item is asked: a letter stands either as one sum or item by item, as the lists know it."""
        if len(code) == 1:
            return code in self._fed or not any(each[0] == code for each in self._fed)
        return code[0] not in self._fed

    def _hint(self, letter: str) -> str:
        """Say what was told in one sum of a letter of which lists know single items: it cannot be taken over."""
        amount = self._known.parts.get(letter)
        if amount is None or letter in {item.code for item in self.items}:
            return ""
        return _(
            "On %(day)s it was told as one sum of %(amount)s yuan. The lists know single items of it: type the others."
        ) % {"day": self._known.day, "amount": f"{amount:,}"}

    def _is_known(self, code: str) -> bool:
        line = self._lines.get(code)
        return code in self._fed or (line is not None and line.source != IncomeLine.Source.TYPED)

    def _shown(self, item: Item) -> Shown:
        fed, line = self._fed.get(item.code), self._lines.get(item.code)
        sources = fed_sentences(item.code, fed.kept()) if fed else []
        if not fed and line is not None and line.source == IncomeLine.Source.CARRIED and line.carried_on:
            sources = [_("Carried over from what was known on %(day)s.") % {"day": line.carried_on}]
        asked = [] if sources else who_knows(item.code)
        note = self[_NOTE + item.code] if _NOTE + item.code in self.fields else None
        return Shown(self[_ITEM + item.code], note, sources, fed is not None, self._changed(fed, line), asked)

    @staticmethod
    def _changed(fed: Fed | None, line: IncomeLine | None) -> str:
        """Say what the lists said when the draft was last saved, where they say something else now."""
        before, now = line.fed_amount if line else None, fed.amount if fed else None
        if line is None or before == now:
            return ""
        return _("The lists changed since this sheet was saved: %(before)s before, %(now)s now.") % {
            "before": _("nothing") if before is None else f"{before:,}",
            "now": _("nothing") if now is None else f"{now:,}",
        }


def _amount(item: Item) -> forms.DecimalField:
    return forms.DecimalField(
        label=f"{item.code} {item.name}",
        required=False,
        min_value=0,
        max_value=LARGEST - 1,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}),
    )


def _note(item: Item) -> forms.CharField:
    return forms.CharField(
        label=_("Note on %(code)s") % {"code": item.code},
        required=False,
        max_length=_NOTE_LENGTH,
    )
