"""What programs send as JSON: read strictly, so that every reader of it reads the same.

JSON leaves open what a name means that stands twice in one object; most readers silently take the last. A proxy, a log
and this platform could then each believe another value (safety.md 15.3.3, 1.5.3), so it is refused.
"""

import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.parsers import JSONParser

#: Of a name that is told back; what was sent may be of any length.
_LONGEST = 60


class StrictJSONParser(JSONParser):
    """JSON in which every name of an object stands once (setting DEFAULT_PARSER_CLASSES)."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return what was sent; refused (400) in the reader's language where it cannot be read or meant."""
        encoding = (parser_context or {}).get("encoding", settings.DEFAULT_CHARSET)
        try:
            text = stream.read().decode(encoding)
            return json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_number)
        except (ValueError, LookupError, RecursionError) as unreadable:
            raise ParseError(_("What was sent is no JSON that can be read.")) from unreadable


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in pairs:
        if name in told:
            raise ValidationError(
                {name[:_LONGEST]: [_("This name stands twice in one object: say it once.")]}
            )
        told[name] = value
    return told


def _no_number(word: str) -> Any:
    """Refuse NaN and Infinity, which are no JSON."""
    raise ValueError(word)
