"""The fields of a form that ask the questions of a questionnaire."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.desk.fields import DayField
from households.visits.answers import FIELD, LONGEST_TEXT, options, words
from households.visits.known import Fact
from households.visits.questionnaires import Kind, Question


def field_of(
    question: Question, fact: Fact | None, *, area: str, required: bool, hint: str = ""
) -> forms.Field:
    """Return the field of a question in an area; where the register knows a `fact`, the field says so.

    `hint` is what else is known of it, in words.
    """
    field = _field(question, fact, area=area, required=required)
    field.help_text = " ".join(filter(None, (str(field.help_text), hint)))
    if question.only_if:
        field.widget.attrs["data-only-if"] = FIELD + question.only_if
    if question.counts:
        field.widget.attrs["data-counts"] = question.counts
    return field


def _field(question: Question, fact: Fact | None, *, area: str, required: bool) -> forms.Field:
    asks = _("%(question)s (yuan)") if question.kind is Kind.AMOUNT else "%(question)s"
    settings: dict[str, Any] = {"label": asks % {"question": question.asks}, "required": required}
    if fact is not None:
        settings["help_text"] = _("The register says %(words)s (%(source)s, %(day)s).") % {
            "words": words(question, fact.value, area=area, on=clock.today()),
            "source": fact.source.label,
            "day": fact.source.day,
        }
    chosen = options(question, area, clock.today())
    match question.kind:
        case Kind.TEXT:
            text = forms.Textarea(attrs={"rows": 3})
            return forms.CharField(max_length=LONGEST_TEXT, widget=text, **settings)
        case Kind.NUMBER:
            return forms.IntegerField(min_value=0, max_value=_most(question), **settings)
        case Kind.AMOUNT:
            amount = forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"})
            return forms.DecimalField(min_value=0, decimal_places=2, widget=amount, **settings)
        case Kind.DAY:
            return DayField(**settings)
        case Kind.SEVERAL:
            return forms.MultipleChoiceField(choices=chosen, widget=forms.CheckboxSelectMultiple, **settings)
        case _:
            return forms.ChoiceField(choices=chosen, widget=forms.RadioSelect, **settings)


def _most(question: Question) -> int | None:
    return None if question.most is None else int(question.most)
