"""ID numbers (GB 11643) and telephones as people write them (datasets.md section 1, reasons of section 2).

Nothing is guessed: what is not exactly a number is a fault with its stable code. The same rules as SQL for whole
columns are in number_sql.py; tests hold the two against each other.
"""

import datetime
import re
from functools import lru_cache
from operator import mul
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.accounts import clock

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
OLD, FULL = 15, 18
#: Years of birth that can be (domain.md 2.7): this one until the present.
FIRST_YEAR = 1900
#: Full-width forms → what they stand for.
WIDE = {"０": "0", "１": "1", "２": "2", "３": "3", "４": "4", "５": "5", "６": "6", "７": "7", "８": "8", "９": "9",
        "Ｘ": "X", "ｘ": "X", "x": "X", "＊": "*", "＋": "+", "－": "-", "（": "(", "）": ")"}  # fmt: skip
#: Blanks of every kind and marks that nobody sees; they say nothing wherever they stand in a number.
BLANKS = "\t\n\v\f\r \x85\xa0\xad\u1680\u180e" + "".join(
    map(chr, (*range(0x2000, 0x2010), *range(0x2028, 0x2030)))
)
BLANKS += "\u205f\u2060\u2066\u2067\u2068\u2069\u3000\ufeff"
_PLAIN = str.maketrans(WIDE | dict.fromkeys(BLANKS, ""))
_ZEROS = 48 * sum(WEIGHTS)  # what the sum of the weighted characters has too much, for "0" is character 48
#: A number that a spreadsheet has shortened to powers of ten: its digits are lost, however long it is.
SHORTENED = r"[0-9]\.?[0-9]*[Ee]\+?[0-9]+"
_SHORTENED = re.compile(SHORTENED)
MOBILE = r"1[3-9][0-9]{9}"
LANDLINE = r"(0[1-9][0-9]{1,2})?[2-8][0-9]{6,7}"
_PHONE = re.compile(rf"{MOBILE}|{LANDLINE}")
_COUNTRY = re.compile(r"(\+|00)86")


class IdFault(models.TextChoices):
    """Why a text is no ID number; they are tested for in this order and the first one counts."""

    MISSING = "id_missing", _("The ID number is empty.")
    MASKED = "id_masked", _("The ID number is masked: send it in full.")
    LENGTH = (
        "id_length",
        _("An ID number has 18 characters (15 in its old form, 20 or 22 of a disability card)."),
    )
    BIRTH_DATE = "id_birth_date", _("The ID number holds a date of birth that cannot be.")
    CHECKSUM = "id_checksum", _("The check digit of the ID number is wrong: look for a mistyped digit.")


class PhoneFault(models.TextChoices):
    """Why a text is no telephone number."""

    MISSING = "required_missing", _("The telephone is empty.")
    INVALID = (
        "number_invalid",
        _("This is no telephone number: write 11 digits, or a landline with its area code."),
    )


class IdNumber(NamedTuple):
    """A read ID number: its 18 characters, the day of birth, and the sex (1 male, 2 female; code list `sexes`)."""

    number: str
    born_on: datetime.date
    sex: str


def plain_number(text: str) -> str:
    """Return a number as written, without blanks and full-width forms, its X large."""
    return text if text.isdigit() and text.isascii() else text.translate(_PLAIN)


def read_id_number(text: str, *, from_number: bool = False) -> IdNumber | IdFault:
    """Read an ID number in any of its forms: 18 or 15 characters, or a disability card's 20 or 22.

    `from_number`: the text was a number in a workbook, which keeps 15 digits; a longer one has lost its last digits
    and neither its check digit nor its day proves anything, even where they fit. Takes two millionths of a second.
    """
    plain = text if text.isdigit() and text.isascii() else text.translate(_PLAIN)
    if not plain:
        return IdFault.MISSING
    if "*" in plain:
        return IdFault.MASKED
    length = len(plain)
    if length not in (OLD, FULL, FULL + 2, FULL + 4):
        return IdFault.LENGTH
    body = plain[:6] + "19" + plain[6:] if length == OLD else plain[: FULL - 1]
    are_digits = body.isdigit() and body.isascii()
    if not are_digits and _SHORTENED.fullmatch(plain):
        return IdFault.LENGTH
    if from_number and length > OLD:
        return IdFault.CHECKSUM
    born_on = _day(body[6:14])
    if born_on is None or born_on.year > clock.today().year:
        return IdFault.BIRTH_DATE
    if not are_digits:
        return IdFault.CHECKSUM
    check = check_character(body)
    if length > OLD and plain[FULL - 1] != check:
        return IdFault.CHECKSUM
    return IdNumber(body + check, born_on, "1" if body[16] in "13579" else "2")


def check_character(body: str) -> str:
    """Return the eighteenth character of an ID number from the 17 digits before it."""
    return CHECKS[(sum(map(mul, WEIGHTS, body.encode())) - _ZEROS) % 11]


def read_phone(text: str) -> str | PhoneFault:
    """Read a telephone: a mobile number, or a landline with or without its area code; returns digits alone."""
    plain = plain_number(text)
    if not plain:
        return PhoneFault.MISSING
    digits = _COUNTRY.sub("", plain, count=1) if plain.startswith(("+86", "0086")) else plain
    digits = digits.replace("-", "").replace("(", "").replace(")", "")
    return digits if _PHONE.fullmatch(digits) else PhoneFault.INVALID


@lru_cache(maxsize=65_536)
def _day(digits: str) -> datetime.date | None:
    """Return the day that eight characters name, from 1900 on; few days stand in many numbers."""
    if not (digits.isdigit() and digits.isascii()):
        return None
    try:
        day = datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return day if day.year >= FIRST_YEAR else None
