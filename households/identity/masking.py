"""Masking: the one place that says how much of a number or a name people see (design.md section 3)."""

import re

HEAD, TAIL = 4, 2
#: A shorter number keeps its last two characters only: first and last would leave little unsaid.
_SHORTEST = 11
MASK = "*"
#: What may be an ID number, a telephone or a card, blanks and hyphens inside it allowed.
_LIKE_A_NUMBER = re.compile(r"\d(?:[ \u3000-]?\d){6,}[Xx]?")
#: A day as people write it, which is nobody's number.
_DAY = re.compile(r"(?:19|20)\d\d-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01])")
#: An ID number in any form, or a mobile number, standing by itself: a log has many other numbers.
_IN_A_LOG = re.compile(
    r"(?<![0-9A-Za-z.])(?:\d{17}[\dXx](?:\d\d(?:[A-Z]\d)?)?|\d{15}|1[3-9]\d{9})(?![0-9A-Za-z])"
)


def masked_number(number: str) -> str:
    """Return the first 4 and the last 2 characters of an ID number or a card, the others as `*`."""
    head = HEAD if len(number) >= _SHORTEST else 0
    tail = TAIL if len(number) > head + TAIL else 0
    return number[:head] + MASK * (len(number) - head - tail) + number[len(number) - tail :]


def masked_phone(number: str) -> str:
    """Return a telephone masked as every number is."""
    return masked_number(number)


def masked_name(name: str) -> str:
    """Return the first character of a name, each other one as `*`: 沈立夏 → 沈**."""
    return name[:1] + MASK * (len(name) - 1)


def masked_text(text: str) -> str:
    """Return free text with every run of seven or more digits masked: people type numbers into reasons.

    A day that stands by itself (2026-10-30) stays.
    """
    return _LIKE_A_NUMBER.sub(
        lambda found: found.group() if _DAY.fullmatch(found.group()) else masked_number(found.group()), text
    )


def masked_log(text: str) -> str:
    """Return what is written into a log, numbers of people masked and every other number as it is."""
    return _IN_A_LOG.sub(lambda found: masked_number(found.group()), text)
