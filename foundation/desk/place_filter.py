"""The filter by area that lists of people and posts share."""

from django.db.models import Q

from foundation.accounts.models.areas import readings
from foundation.accounts.scope import within
from foundation.accounts.tabular import plain


def in_place(text: str, path: str = "area") -> Q:
    """Return the condition that the area at `path` is, or lies under, what was typed: a code or a whole name."""
    code = readings(plain(text))[-1]
    return within(f"{path}__code", [code]) if code.isdecimal() else Q(**{f"{path}__name": text})
