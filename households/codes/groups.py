"""The order in which people count villager groups: 第二组 before 第十组, 9 组 before 12 组."""

import re

_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMBER = re.compile(r"([0-9]+|[零〇一二两三四五六七八九十百]+)")


def group_order(name: str) -> tuple[tuple[int, str], ...]:
    """Return a key by which names of groups sort as people count them."""
    parts = _NUMBER.split(name)
    return tuple((_value(part), "") if place % 2 else (-1, part) for place, part in enumerate(parts))


def _value(written: str) -> int:
    """Return the number that digits, or Chinese numerals below a thousand, write."""
    if written.isascii():
        return int(written)
    whole = digit = 0
    for character in written:
        if character in "十百":
            whole += (digit or 1) * (100 if character == "百" else 10)
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[character]
    return whole + digit
