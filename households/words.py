"""Words for the codes of the register: what people read instead of `04` and `marginal`.

Code lists are dated values of the area (foundation.regulations). A code that no list knows is shown as it stands.
"""

import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from foundation.accounts import clock
from foundation.regulations import lookup
from foundation.regulations.book import Book
from foundation.regulations.units import in_language
from households.models import Standing

#: Field of the register → code list that its values come from.
LISTS: dict[str, str] = {
    "relation": "relations_to_head",
    "sex": "sexes",
    "education": "education_levels",
    "school_stage": "school_stages",
    "health": "health_states",
    "labour": "labour_abilities",
    "risk_types": "risk_types",
    "removal_way": "removal_ways",
}
_CATEGORIES = "category_names"
#: Codes that the platform itself writes, beside those of a list, which are the national system's.
_OWN = {("removal_way", "corrected"): pgettext_lazy("way of removal", "wrongly identified, corrected")}


class Words:
    """The words of all areas on one day; one query to make, none to ask."""

    def __init__(self, on: datetime.date | None = None) -> None:
        """Open the book of values as it stands; `on` defaults to the business day."""
        self._book: Book = lookup.book()
        self._on = on or clock.today()
        self._known: dict[tuple[str, str], dict[str, str]] = {}

    def choices(self, field: str, area: str) -> list[tuple[str, str]]:
        """Return code and word of everything a field may hold in `area`, in the order of its list."""
        return list(self._list(LISTS[field], area).items())

    def word(self, field: str, value: Any, area: str) -> str:
        """Return what the value of a field is called: a code, several of them, yes or no, a day, or plain text."""
        match value:
            case None | "" | []:
                return ""
            case bool():
                return _("yes") if value else _("no")
            case list():
                return "、".join(self.word(field, each, area) for each in value)
            case datetime.date():
                return value.isoformat()
        if field not in LISTS:
            return str(value)
        listed = self._list(LISTS[field], area).get(str(value))
        return listed or str(_OWN.get((field, str(value)), value))

    def standing(self, kind: str, area: str) -> str:
        """Return what a standing is called in `area`; the three categories have names of their own there."""
        return self._list(_CATEGORIES, area).get(kind) or str(Standing.Kind(kind).label)

    def standings(self, area: str) -> list[tuple[str, str]]:
        """Return every kind of standing with its name in `area`."""
        return [(kind.value, self.standing(kind, area)) for kind in Standing.Kind]

    def _list(self, subject: str, area: str) -> dict[str, str]:
        if (subject, area) not in self._known:
            items = self._book.resolve(subject, area, self._on).items
            self._known[subject, area] = {item["code"]: in_language(item["zh"], item["en"]) for item in items}
        return self._known[subject, area]
