"""The closed lists of a contract: kinds of datasets, types of cells, rhythms, forms of periods, register fields."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """How the rows of a dataset stand to each other (datasets.md section 3)."""

    EVENTS = "events", _("events of the period; deliveries add up")
    ROLL = "roll", _("whole list as of the last day of the period; a later delivery takes its place")
    STATE = "state", _("one row per key; the newest counts")


class CellType(models.TextChoices):
    """What a cell holds."""

    ID_NUMBER = "id_number", pgettext_lazy("type of column", "ID number")
    NAME = "name", pgettext_lazy("type of column", "name")
    TEXT = "text", pgettext_lazy("type of column", "text")
    CODE = "code", _("value of a list")
    YES_NO = "yes_no", pgettext_lazy("type of column", "yes or no")
    DAY = "day", pgettext_lazy("type of column", "day")
    YEAR = "year", pgettext_lazy("type of column", "year")
    MONEY = "money", _("money in yuan")
    DECIMAL = "decimal", _("number with decimals")
    COUNT = "count", _("whole number")


#: Types that are read as a number, and may have bounds and a unit.
NUMBERS = frozenset({CellType.MONEY, CellType.DECIMAL, CellType.COUNT})


class Every(models.TextChoices):
    """How often a delivery is expected."""

    DAY = "day", _("every day")
    TEN_DAYS = "ten days", _("every ten days")
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    TERM = "term", _("every school term")
    YEAR = "year", _("every year")
    EVENT = "event", _("when something happens")
    QUERY = "query", _("only when an authorised check asks")


class PeriodForm(models.TextChoices):
    """How the period of a delivery may be written."""

    MONTH = "month", _("month (2026-10)")
    YEAR = "year", _("year (2026)")
    DAY = "day", _("day (2026-10-31)")


class Field(models.TextChoices):
    """What the register knows of a household or a member, and a dataset may be authoritative for (field.md 1.6 E)."""

    MEMBERSHIP = "resident.membership", _("birth, death, moving, marriage, split")
    INSURED = "resident.insured", _("medical insurance")
    DIBAO = "resident.dibao", _("dibao")
    HEALTH = "resident.health", _("health (disability)")
    SCHOOL_STAGE = "resident.school_stage", _("school stage")
    WORK_PLACE = "resident.work_place", _("place of work")
    WORK_MONTHS = "resident.work_months", _("months worked")
    HOUSE_GRADE = "household.house_grade", _("grade of the dwelling")
    WATER_SAFE = "household.water_safe", _("safe drinking water")
