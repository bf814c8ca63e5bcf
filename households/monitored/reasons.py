"""Why a row of a list of monitored objects is not taken: stable codes (datasets.md sections 2, 5, 6) and sentences."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """The label is what a clerk reads beside the row."""

    ID_MISSING = "id_missing", _("The ID number is empty.")
    ID_MASKED = "id_masked", _("The ID number is masked: send it in full.")
    ID_LENGTH = "id_length", _("The ID number does not have 18 characters (or 15, 20, 22).")
    ID_BIRTH_DATE = "id_birth_date", _("The ID number holds a date of birth that cannot be.")
    ID_CHECKSUM = "id_checksum", _("The check digit of the ID number is wrong.")
    NAME_MISSING = "name_missing", _("The name is empty.")
    REQUIRED_MISSING = "required_missing", _("This column must be filled.")
    NUMBER_INVALID = "number_invalid", _("This is no amount.")
    NUMBER_NEGATIVE = "number_negative", _("The amount is negative.")
    NUMBER_RANGE = "number_range", _("This is too large or too long.")
    CODE_UNKNOWN = "code_unknown", _("This is none of the permitted words.")
    COLUMN_COUNT = "column_count", _("The row has more or fewer cells than the header.")
    ENCODING = "encoding", _("The row holds characters that cannot be read.")
    FORMULA_OR_SCRIPT = "formula_or_script", _("A cell holds a formula or a script.")
    AREA_UNKNOWN = "area_unknown", _("There is no village with this code among your areas.")
    HEAD_MISSING = "head_missing", _("No row of this household is that of its head (户主).")
    HEAD_DUPLICATE = "head_duplicate", _("The household has another head already.")
    HOUSEHOLD_CONFLICT = (
        "household_conflict",
        _("This differs from the head's row or from the register: one household, one village, one case."),
    )
    ID_IN_OTHER_HOUSEHOLD = (
        "id_in_other_household",
        _("This person stands further up in the file, or is a living member of another household."),
    )
    CATEGORY_UNKNOWN = "category_unknown", _("This is none of the three categories.")
    RISK_UNKNOWN = "risk_unknown", _("This is no risk type of the list.")
    MONTH_INVALID = (
        "month_invalid",
        _("Write a month as 202105; a removal is not before identification, and neither lies in the future."),
    )
    NOT_IN_REGISTER = "not_in_register", _("The register does not know this household or this person.")
