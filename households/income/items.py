"""The items of income and expense (list `income_items`): their names, and the letter each belongs to."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from foundation.regulations.lookup import book
from foundation.regulations.units import in_language

GROUPS = {
    "A": _("Wages"),
    "B": _("Production and business"),
    "C": _("Property income"),
    "D": _("Transfers"),
    "E": _("Cost of production and business"),
    "F": _("Insurance payouts"),
    "G": _("Compliant self-paid expense"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its code (a letter, or a letter with a number) and its name."""

    code: str
    name: str

    @property
    def group(self) -> str:
        """Letter of the item."""
        return self.code[0]


def known_items(area: str, on: datetime.date) -> list[Item]:
    """Return the items of an area on a day, in their order."""
    answer = book().resolve("income_items", area, on)
    return [Item(each["code"], in_language(each["zh"], each["en"])) for each in answer.items]
