"""The closed lists: units, groups of subjects, population classes; and how an amount is written for people."""

from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _


class Unit(models.TextChoices):
    """What a value is measured in. `/1` is a share; `text`, `list` and `yes/no` are not amounts."""

    YUAN = "yuan", pgettext_lazy("unit", "yuan")
    YUAN_MONTH = "yuan/month", pgettext_lazy("unit", "yuan a month")
    YUAN_YEAR = "yuan/year", pgettext_lazy("unit", "yuan a year")
    DAYS = "days", pgettext_lazy("unit", "days")
    WORKING_DAYS = "working days", pgettext_lazy("unit", "working days")
    MONTHS = "months", pgettext_lazy("unit", "months")
    SHARE = "/1", pgettext_lazy("unit", "share")
    PERSONS = "persons", pgettext_lazy("unit", "persons")
    HOUSEHOLDS = "households", pgettext_lazy("unit", "households")
    COUNT = "count", pgettext_lazy("unit", "number")
    TEXT = "text", pgettext_lazy("unit", "text")
    LIST = "list", pgettext_lazy("unit", "list")
    YES_NO = "yes/no", pgettext_lazy("unit", "yes or no")


MONEY = frozenset({Unit.YUAN, Unit.YUAN_MONTH, Unit.YUAN_YEAR})
NOT_AMOUNTS = frozenset({Unit.TEXT, Unit.LIST, Unit.YES_NO})
#: Units in which a deadline may run.
SPANS = (Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS)


class Comparator(models.TextChoices):
    """How what was measured is held against a line; it belongs to the dated value, because texts differ in it."""

    AT_LEAST = ">=", pgettext_lazy("comparator", "at least")
    MORE_THAN = ">", pgettext_lazy("comparator", "more than")

    @property
    def sign(self) -> str:
        """The sign that stands before the amount: ≥ or >."""
        return "≥" if self is Comparator.AT_LEAST else ">"

    def reached(self, measured: Decimal, line: Decimal) -> bool:
        """Whether `measured` is on the side of the line where something is to be done."""
        return measured >= line if self is Comparator.AT_LEAST else measured > line


class Group(models.TextChoices):
    """What a subject is about; the name of its folder under values/."""

    LINES = "lines", _("Lines and sums")
    DEADLINES = "deadlines", _("Deadlines and notice days")
    GUARDS = "guards", _("Guards and rules of procedure")
    NAMES = "names", _("Names and terms")
    CODES = "codes", _("Code lists")


class Population(models.TextChoices):
    """Whom a class-dependent value is for; which standings make a household low-income is itself a value."""

    LOW_INCOME = "low_income", _("low-income households")
    OTHER = "other", _("other households")


def rounded(amount: Decimal, unit: Unit) -> Decimal:
    """Round an amount once, at the end: money half up to the fen, everything else to six places."""
    if unit in MONEY:
        return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return plain(amount.quantize(Decimal("0.000001"), ROUND_HALF_UP))


def plain(amount: Decimal) -> Decimal:
    """Return the same amount without trailing zeros and without an exponent."""
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()


def written(amount: Decimal, unit: Unit) -> str:
    """Write an amount with its unit as a person reads it: 19,560.00 元/年, 5 个工作日, 50 %."""
    if unit in MONEY:
        return f"{rounded(amount, unit):,} {_per(unit)}"
    number = f"{plain(amount):,f}"
    match unit:
        case Unit.SHARE:
            return f"{plain((amount * 100).quantize(Decimal('0.01'), ROUND_HALF_UP)):f} %"
        case Unit.DAYS:
            return ngettext("%(n)s day", "%(n)s days", _many(amount)) % {"n": number}
        case Unit.WORKING_DAYS:
            return ngettext("%(n)s working day", "%(n)s working days", _many(amount)) % {"n": number}
        case Unit.MONTHS:
            return ngettext("%(n)s month", "%(n)s months", _many(amount)) % {"n": number}
        case Unit.PERSONS:
            return ngettext("%(n)s person", "%(n)s persons", _many(amount)) % {"n": number}
        case Unit.HOUSEHOLDS:
            return ngettext("%(n)s household", "%(n)s households", _many(amount)) % {"n": number}
        case Unit.YES_NO:
            return gettext("yes") if amount else gettext("no")
        case _:
            return number


def in_language(zh: str, en: str) -> str:
    """Return the wording for the language of the page; the Chinese one where there is no English."""
    return zh if (get_language() or "zh").startswith("zh") or not en else en


def _per(unit: Unit) -> str:
    names = {
        Unit.YUAN: gettext("yuan"),
        Unit.YUAN_MONTH: gettext("yuan/month"),
        Unit.YUAN_YEAR: gettext("yuan/year"),
    }
    return names[unit]


def _many(amount: Decimal) -> int:
    return 1 if amount == 1 else 2
