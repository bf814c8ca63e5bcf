"""Forms of regulation values: proposing a local value, and what a holiday is."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.accounts import clock
from foundation.accounts.models import Area
from foundation.desk.fields import DayField, ReasonField
from foundation.regulations.drafts import Draft
from foundation.regulations.models import Holiday, LocalValue, Subject
from foundation.regulations.models.values import Kind
from foundation.regulations.sources import Source, SourceKind
from foundation.regulations.units import Comparator, Population, Unit

_ITEM_PARTS = ("code", "zh", "en", "colour")


class LocalValueForm(forms.Form):
    """What the value shall be; the fields are those that the subject's unit needs."""

    from_day = DayField(label=_("in force from"))
    population = forms.ChoiceField(label=_("for"), required=False)
    unit = forms.ChoiceField(label=_("unit"))
    kind = forms.ChoiceField(label=_("kind"))
    comparator = forms.ChoiceField(
        label=_("comparison"), required=False, choices=Comparator.choices, widget=forms.RadioSelect
    )
    amount = forms.DecimalField(label=_("amount"), required=False, max_digits=18, decimal_places=6)
    expression = forms.CharField(
        label=_("sum of other values"),
        required=False,
        max_length=200,
        help_text=_("For example rural_dibao_month * 12 * 2; names are the keys of other subjects."),
    )
    yes = forms.ChoiceField(
        label=_("answer"), required=False, choices=[("1", _("yes")), ("0", _("no"))], widget=forms.RadioSelect
    )
    choice = forms.ChoiceField(label=_("text"), required=False)
    text_zh = forms.CharField(label=_("text in Chinese"), required=False, max_length=500)
    text_en = forms.CharField(label=_("text in English"), required=False, max_length=500)
    items = forms.CharField(
        label=_("items"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One item per line: code | Chinese | English (| colour)."),
    )
    source_title = forms.CharField(label=_("title of the document"), max_length=300)
    source_number = forms.CharField(label=_("document number"), max_length=80, required=False)
    source_issuer = forms.CharField(label=_("issued by"), max_length=120)
    source_issued = DayField(label=_("day of issue"))
    source_clause = forms.CharField(label=_("clause"), max_length=120, required=False)
    source_href = forms.CharField(
        label=_("address at the issuer's own site"),
        max_length=400,
        required=False,
        help_text=_("Only a page under gov.cn; otherwise leave it empty."),
    )
    note_zh = forms.CharField(label=_("note"), required=False, max_length=500)
    why = ReasonField(label=_("why it is proposed"))

    def __init__(self, *args: Any, subject: Subject, area: Area, **options: Any) -> None:
        """Keep the fields of this subject's unit only."""
        super().__init__(*args, **options)
        self.subject, self.area = subject, area
        kinds = _kinds(subject)
        self._choices("unit", [(unit, Unit(unit).label) for unit in subject.units])
        self._choices("kind", [(kind.value, kind.label) for kind in kinds])
        classes = [(each, Population(each).label) for each in subject.classes]
        self._choices("population", [("", _("everybody")), *classes])
        self._choices("choice", [(each["code"], f"{each['zh']} · {each['en']}") for each in subject.choices])
        for name in _unneeded(subject, kinds):
            del self.fields[name]

    def draft(self) -> Draft:
        """Return what was asked for."""
        given = self.cleaned_data
        kind = Kind(given["kind"])
        ended = kind is Kind.ENDED
        chosen = next((each for each in self.subject.choices if each["code"] == given.get("choice")), None)
        items = [chosen] if chosen else read_lines(given.get("items", ""))
        amount = Decimal(given.get("yes") or 0) if kind is Kind.YES_NO else given.get("amount")
        return Draft(
            subject=self.subject,
            area=self.area,
            from_day=given["from_day"],
            kind=kind,
            unit=Unit(given["unit"]),
            population=given.get("population", ""),
            amount=amount if kind in (Kind.AMOUNT, Kind.YES_NO) else None,
            text_zh="" if ended else chosen["zh"] if chosen else given.get("text_zh", ""),
            text_en="" if ended else chosen["en"] if chosen else given.get("text_en", ""),
            items=[] if ended or kind in (Kind.AMOUNT, Kind.EXPRESSION, Kind.YES_NO) else items,
            expression=given.get("expression", "") if kind is Kind.EXPRESSION else "",
            comparator=self._comparator(kind),
            note_zh=given.get("note_zh", ""),
            source=self._source(),
        )

    def _comparator(self, kind: Kind) -> Comparator | None:
        given = self.cleaned_data.get("comparator", "")
        return Comparator(given) if given and kind in (Kind.AMOUNT, Kind.EXPRESSION) else None

    def _source(self) -> Source:
        given = self.cleaned_data
        issued: datetime.date = given["source_issued"]
        return Source(
            SourceKind.DOCUMENT,
            title=given["source_title"],
            issuer=given["source_issuer"],
            issued=issued.isoformat(),
            number=given["source_number"],
            clause=given["source_clause"],
            href=given["source_href"],
        )

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = choices


class HolidayForm(forms.Form):
    """What a day is, in an area and below it."""

    day = DayField(label=_("day"))
    kind = forms.ChoiceField(label=_("kind"), choices=Holiday.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("name of the holiday"), max_length=60)


class YearForm(forms.Form):
    """By which notice the holidays of a year are complete."""

    year = forms.IntegerField(label=_("year"), min_value=2000, max_value=2100)
    source = forms.CharField(
        label=_("source"), max_length=200, help_text=_("Title and number of the notice that published them.")
    )


class DayForm(forms.Form):
    """The day of which an area's word is taken back."""

    day = forms.DateField(widget=forms.HiddenInput)


def initial_of(proposal: LocalValue) -> dict[str, Any]:
    """Return a proposal as the first content of its form, to be corrected."""
    plain = {
        name: getattr(proposal, name)
        for name in (
            "from_day", "population", "unit", "kind", "comparator", "amount", "expression", "text_zh", "text_en",
            "source_title", "source_number", "source_issuer", "source_issued", "source_clause", "source_href",
            "note_zh", "why",
        )
    }  # fmt: skip
    return plain | {
        "yes": str(int(proposal.amount))
        if proposal.kind == Kind.YES_NO and proposal.amount is not None
        else "",
        "choice": proposal.items[0]["code"] if proposal.kind == Kind.TEXT and proposal.items else "",
        "items": written_lines(proposal.items) if proposal.kind == Kind.LIST else "",
    }


def first_content(subject: Subject) -> dict[str, Any]:
    """Return what the form of a new proposal begins with: today's day and the first unit and kind."""
    return {
        "from_day": clock.today(),
        "unit": subject.units[0],
        "kind": _kinds(subject)[0].value,
        "comparator": Comparator.AT_LEAST.value,
    }


def read_lines(text: str) -> list[dict[str, str]]:
    """Read items, one per line, parts between upright strokes; a line that is not one is kept to be refused."""
    lines = [line for line in text.splitlines() if line.strip()]
    return [
        {name: part.strip() for name, part in zip(_ITEM_PARTS, line.split("|"), strict=False)}
        for line in lines
    ]


def written_lines(items: list[dict[str, str]]) -> str:
    """Write items back as lines."""
    return "\n".join(" | ".join(item[name] for name in _ITEM_PARTS if name in item) for item in items)


def _kinds(subject: Subject) -> list[Kind]:
    fitting = {Unit.TEXT: [Kind.TEXT], Unit.LIST: [Kind.LIST], Unit.YES_NO: [Kind.YES_NO]}
    return [*fitting.get(Unit(subject.units[0]), [Kind.AMOUNT, Kind.EXPRESSION]), Kind.ENDED]


def _unneeded(subject: Subject, kinds: list[Kind]) -> set[str]:
    """Name the fields that this subject has no use for."""
    needed = {
        Kind.AMOUNT: {"amount"},
        Kind.EXPRESSION: {"expression"},
        Kind.YES_NO: {"yes"},
        Kind.TEXT: {"choice"} if subject.choices else {"text_zh", "text_en"},
        Kind.LIST: {"items"},
        Kind.ENDED: set(),
    }
    wanted = set().union(*(needed[kind] for kind in kinds))
    unneeded = set().union(*needed.values(), {"choice"}) - wanted
    if not subject.compared:
        unneeded.add("comparator")
    return unneeded | (set() if subject.classes else {"population"})
