"""Why a row is rejected: stable codes, each with a sentence that a clerk understands (datasets.md section 2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """The codes stand in reports, files of rejects and commands; they never change."""

    ID_MISSING = "id_missing", _("The ID number is empty.")
    ID_LENGTH = (
        "id_length",
        _("An ID number has 18 characters (15 in its old form, 20 or 22 of a disability card)."),
    )
    ID_CHECKSUM = "id_checksum", _("The check digit of the ID number is wrong: look for a mistyped digit.")
    ID_BIRTH_DATE = "id_birth_date", _("The ID number holds a date of birth that cannot be.")
    ID_MASKED = "id_masked", _("The ID number is masked: send it in full.")
    NAME_MISSING = "name_missing", _("The name is empty.")
    REQUIRED_MISSING = "required_missing", _("The cell must not be empty.")
    NUMBER_INVALID = "number_invalid", _("This is no number: write figures alone, such as 1234.50.")
    NUMBER_NEGATIVE = "number_negative", _("The number must not be below zero.")
    NUMBER_RANGE = "number_range", _("The number lies outside what is possible here.")
    DATE_INVALID = "date_invalid", _("This is no day: write it such as 2026-10-05.")
    DATE_FUTURE = "date_future", _("The day lies after the day of receipt.")
    DATE_OUTSIDE_PERIOD = "date_outside_period", _("The day lies after the end of the period.")
    CODE_UNKNOWN = "code_unknown", _("The list of this column does not hold this value.")
    DUPLICATE_ROW = "duplicate_row", _("The same row stands in the file already.")
    COLUMN_COUNT = "column_count", _("The row has more or fewer cells than the header.")
    ENCODING = "encoding", _("The cell holds characters that cannot be read: save the file as UTF-8.")
    FORMULA_OR_SCRIPT = (
        "formula_or_script",
        _("The cell holds a formula or a script: write the value itself."),
    )
