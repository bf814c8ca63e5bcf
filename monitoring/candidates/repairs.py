"""Which numbers a mistyped ID number may have been: one digit changed, or two neighbours that changed places.

For each place at most one other digit makes the check digit fit, so there are at most 18 changes and 17 swaps to look
at. Birth dates that cannot be fall away. Nothing here is kept; who calls looks the numbers up and forgets them.
"""

from collections.abc import Iterator

from households.identity.numbers import (
    CHECKS,
    FULL,
    WEIGHTS,
    IdFault,
    check_character,
    plain_number,
    read_id_number,
)

_BODY = FULL - 1


def repaired(text: str) -> list[str]:
    """Return the possible numbers, each once; none for what is no number of 18 characters with a wrong check digit."""
    plain = plain_number(text)[:FULL]
    if (
        len(plain) != FULL
        or any(character not in CHECKS for character in plain)
        or plain.count("X", 0, _BODY) > 1
    ):
        return []
    if read_id_number(plain) is not IdFault.CHECKSUM:
        return []
    found = dict.fromkeys((*_changed(plain), *_swapped(plain)))
    return [number for number in found if not isinstance(read_id_number(number), IdFault)]


def _changed(number: str) -> Iterator[str]:
    """Yield the numbers that differ in one character and whose check digit fits."""
    body, check = number[:_BODY], number[_BODY]
    # An X before the end is itself the slip: it alone can be the place to change.
    misplaced = body.find("X")
    body = body.replace("X", "0")
    if misplaced < 0:
        yield body + check_character(body)
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    short = CHECKS.index(check) - total
    for place, weight in enumerate(WEIGHTS):
        if misplaced not in (-1, place):
            continue
        # The one digit that brings the weighted sum to the check character's remainder, where there is one.
        digit = (int(body[place]) + short * pow(weight, -1, 11)) % 11
        if digit < 10:
            yield f"{body[:place]}{digit}{body[place + 1 :]}{check}"


def _swapped(number: str) -> Iterator[str]:
    """Yield the numbers in which two neighbours changed places and whose check digit fits."""
    for place in range(_BODY):
        one, other = number[place], number[place + 1]
        swapped = number[:place] + other + one + number[place + 2 :]
        if one != other and swapped[:_BODY].isdigit() and check_character(swapped[:_BODY]) == swapped[_BODY]:
            yield swapped
