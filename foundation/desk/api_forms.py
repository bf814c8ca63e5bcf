"""The forms of pages as bodies of the API: what a page asks is asked of programs too, and stands written once.

A serializer made from a form says the shape (types, lengths, what is required) in the description of the API; the
form itself then judges, with the choices that it offers for this one row. Files are left out: they come by the pages.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

#: What a version, a number of days and the like may be: a column of the database holds no more.
LARGEST = 2_147_483_647
#: No day of anybody's work lies outside; a calendar ends soon after, and sums of days with it.
FIRST_DAY, LAST_DAY = datetime.date(1900, 1, 1), datetime.date(2199, 12, 31)
_REACH = {"first": FIRST_DAY, "last": LAST_DAY}
#: Most characters of one choice, and most choices of one field.
LONGEST_CHOICE, MOST_CHOICES = 200, 200
NOT_OFFERED = (forms.FileField,)


@extend_schema_field({"type": "string", "pattern": r"^[0-9]{1,8}(\.[0-9]{1,2})?$"})
class YuanField(serializers.DecimalField):
    """An amount in yuan, written with a point: “420.00”."""


def body_of(
    name: str, form: type[forms.BaseForm], *, verb: str = "", optional: frozenset[str] = frozenset()
) -> type[serializers.Serializer[Any]]:
    """Return the serializer `name` that has the shape of `form`; with `verb` it is one of several, told by `move`.

    `optional` are fields that this use of the form does not require.
    """
    fields: dict[str, Any] = {"__doc__": form.__doc__}
    if verb:
        fields["move"] = serializers.ChoiceField(
            choices=[verb], help_text=gettext_lazy("Which move is made.")
        )
    for key, asked in form.base_fields.items():  # type: ignore[attr-defined]
        if not isinstance(asked, NOT_OFFERED):
            fields[key] = _field(asked, required=asked.required and key not in optional)
    return type(name, (serializers.Serializer,), fields)


def data_of(given: Mapping[str, Any]) -> MultiValueDict[str, str]:
    """Return what a serializer found right as a browser would have sent it to the form.

    A day that no calendar here reaches is refused (422): beyond it sums of days have no answer.
    """
    sent: MultiValueDict[str, str] = MultiValueDict()
    for name, value in given.items():
        if isinstance(value, datetime.date) and not FIRST_DAY <= value <= LAST_DAY:
            raise ValidationError({name: [_("Choose a day from %(first)s to %(last)s.") % _REACH]})
        if isinstance(value, list | tuple):
            sent.setlist(name, [_text(each) for each in value])
        elif value is not None:
            sent[name] = _text(value)
    return sent


def cleaned(form: forms.BaseForm) -> dict[str, Any]:
    """Return what a form found; what it refuses is raised by field (422): shape right, content not."""
    if form.is_valid():
        found: dict[str, Any] = form.cleaned_data
        return found
    raise ValidationError({name: list(said) for name, said in form.errors.items()})


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


def _field(asked: forms.Field, *, required: bool) -> Any:
    """Return the field of a serializer that asks for the same; choices that hang on a row are plain words here."""
    told: dict[str, Any] = {"required": required, "help_text": asked.label or ""}
    told |= {} if required else {"allow_null": True}
    words = told | ({} if required else {"allow_blank": True})
    match asked:
        case forms.MultipleChoiceField():
            told.pop("allow_null", None)
            child = _choice(asked, {}) or serializers.CharField(
                trim_whitespace=False, max_length=LONGEST_CHOICE
            )
            fewest: dict[str, Any] = {"min_length": 1, "allow_empty": False} if required else {}
            return serializers.ListField(child=child, max_length=MOST_CHOICES, **fewest, **told)
        case forms.ChoiceField():
            return _choice(asked, words) or serializers.CharField(
                trim_whitespace=False, max_length=LONGEST_CHOICE, **words
            )
        case forms.DateField():
            return serializers.DateField(**told)
        case forms.TimeField():
            return serializers.TimeField(**told)
        case forms.BooleanField():
            return serializers.BooleanField(required=False, help_text=told["help_text"])
        case forms.UUIDField():
            return serializers.UUIDField(**told)
        case forms.DecimalField():
            return YuanField(max_digits=asked.max_digits, decimal_places=asked.decimal_places, **told)
        case forms.FloatField():
            return serializers.FloatField(**told)
        case forms.IntegerField():
            least = asked.min_value if isinstance(asked.min_value, int) else 0
            most = asked.max_value if isinstance(asked.max_value, int) else LARGEST
            return serializers.IntegerField(min_value=least, max_value=most, **told)
    longest = getattr(asked, "max_length", None)
    return serializers.CharField(trim_whitespace=False, max_length=longest or LONGEST_CHOICE, **words)


def _choice(asked: forms.ChoiceField, told: dict[str, Any]) -> serializers.ChoiceField | None:
    """Return a choice of what the form always offers; None where it offers it for one row."""
    choices: Any = asked.choices
    offered = [(str(key), str(key)) for key, _label in choices if key != ""]
    return serializers.ChoiceField(choices=offered, **told) if offered else None
