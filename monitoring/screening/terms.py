"""The closed lists of a standard: themes, kinds, subjects, aggregations, windows, kinds of events."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Theme(models.TextChoices):
    """What a standard is about: lists, runs and figures are grouped by it (专题)."""

    INDUSTRY = "industry", pgettext_lazy("theme", "production")
    WORK = "work", pgettext_lazy("theme", "work")
    ILLNESS = "illness", pgettext_lazy("theme", "serious illness")
    ACCIDENT = "accident", pgettext_lazy("theme", "accident")
    GUARANTEES = "guarantees", pgettext_lazy("theme", "three guarantees and water")
    OTHER = "other", pgettext_lazy("theme", "other")


class Kind(models.TextChoices):
    """How a standard judges. The last two have their name here and nobody who evaluates them yet."""

    THRESHOLD = "threshold", _("a sum or number reaches the line")
    EVENT = "event", _("something happened or is so")
    ABSENCE = "absence", _("somebody is missing from the newest list")
    CHANGE = "change", _("a sum fell")
    CONFLICT = "conflict", _("two datasets contradict each other")
    TREND = "trend", _("a course over several periods")
    COMBINATION = "combination", _("several standards together")


#: Kinds that can be evaluated; a file of another kind is refused.
EVALUATED = frozenset({Kind.THRESHOLD, Kind.EVENT, Kind.ABSENCE, Kind.CHANGE, Kind.CONFLICT})


class About(models.TextChoices):
    """Who a finding is about."""

    PERSON = "person", pgettext_lazy("about", "person")
    HOUSEHOLD = "household", pgettext_lazy("about", "household")


class Aggregation(models.TextChoices):
    """How the rows of one subject become one answer."""

    SUM = "sum", pgettext_lazy("aggregation", "sum of the rows")
    MAX = "max", pgettext_lazy("aggregation", "largest single row")
    COUNT = "count", pgettext_lazy("aggregation", "number of rows")
    ANY = "any", pgettext_lazy("aggregation", "any row")
    LAST = "last", pgettext_lazy("aggregation", "newest row")


class Span(models.TextChoices):
    """From when until the as-of day rows count."""

    EVENT = "event", pgettext_lazy("window", "whenever it was, up to the day")
    CALENDAR_YEAR = "calendar year", pgettext_lazy("window", "from 1 January of the year")
    SCHOOL_YEAR = "school year", pgettext_lazy("window", "from 1 September of the school year")
    HALF_YEAR = "half year", pgettext_lazy("window", "from 1 January or 1 July of the half year")
    MONTHS = "months", pgettext_lazy("window", "the last months, counted back from the day")
    DELIVERY = "delivery", pgettext_lazy("window", "since the list before the newest one")


class EventKind(models.TextChoices):
    """What happened, for grouping: findings about one person of one kind within days have one cause."""

    ILLNESS = "illness", pgettext_lazy("event", "illness")
    ACCIDENT = "accident", pgettext_lazy("event", "accident")
    DISASTER = "disaster", pgettext_lazy("event", "disaster")
    DEATH = "death", pgettext_lazy("event", "death")
    DISABILITY = "disability", pgettext_lazy("event", "disability")
    SCHOOLING = "schooling", pgettext_lazy("event", "schooling")
    WORK = "work", pgettext_lazy("event", "work")
    PRODUCTION = "production", pgettext_lazy("event", "production")
    DEBT = "debt", pgettext_lazy("event", "debt")
    BENEFIT = "benefit", pgettext_lazy("event", "benefit")
    INSURANCE = "insurance", pgettext_lazy("event", "insurance")
    HOUSING = "housing", pgettext_lazy("event", "housing")
    WATER = "water", pgettext_lazy("event", "drinking water")


class Owner(models.TextChoices):
    """The office that a reminder is addressed to (field.md D)."""

    DEPARTMENT = "department", _("the department that keeps the roll")
    TOWNSHIP = "township", _("the township office")


class Dead(models.TextChoices):
    """What the death of a person takes out of a standard (datasets.md section 7)."""

    LATER_ROWS = "later rows", _("rows dated after the death of the person do not count")
    PERSON = "person", _("who is recorded as dead does not count")
    NOBODY = "nobody", _("the death itself is the matter: nothing is left out")


class AgeOn(models.TextChoices):
    """On which day an age is counted."""

    AS_OF = "as of", _("on the day of the comparison")
    ROW = "row", _("on the day of the row")


class Severity(models.IntegerChoices):
    """How much a finding weighs by itself."""

    NOTICE = 1, pgettext_lazy("severity", "to look at")
    SERIOUS = 2, pgettext_lazy("severity", "serious")
    URGENT = 3, pgettext_lazy("severity", "urgent")
