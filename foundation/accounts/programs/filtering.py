"""Fields of the filters of lists: what may stand behind `?` is typed, described, and refused where it does not fit.

class ThingFilters(Filters):
    area, since, state = area(), day(), choice(Thing.STATES)
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

#: Of what may be asked for by name: codes and words of ours are shorter.
_LONGEST = 80
_LARGEST_KEY = 2**63 - 1

Filters = serializers.Serializer[Any]
#: Words in the reader's language, now or when they are read (gettext_lazy).
Words = Any
_BELOW = _("Code of an area; what lies below it is included.")


def area(says: Words = _BELOW) -> serializers.RegexField:
    """Ask for an area by its significant code."""
    return serializers.RegexField(r"^[0-9]{2,12}$", required=False, help_text=says)


def word(says: Words) -> serializers.CharField:
    """Ask for a code or a word of ours."""
    return serializers.CharField(required=False, max_length=_LONGEST, help_text=says)


def key(says: Words) -> serializers.IntegerField:
    """Ask for a row by its number."""
    return serializers.IntegerField(required=False, min_value=0, max_value=_LARGEST_KEY, help_text=says)


def day(says: Words) -> serializers.DateField:
    """Ask for a day, YYYY-MM-DD."""
    return serializers.DateField(required=False, help_text=says)


def choice(choices: Iterable[Any] | type[Any], says: Words) -> serializers.ChoiceField:
    """Ask for one of a list of words, each with its name."""
    told: Any = getattr(choices, "choices", choices)
    return serializers.ChoiceField(choices=list(told), required=False, help_text=says)


def yes_no(says: Words) -> serializers.ChoiceField:
    """Ask yes or no."""
    return choice([("yes", _("yes")), ("no", _("no"))], says)
