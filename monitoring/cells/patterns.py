"""How days, numbers and years may be written: the same patterns for Python and for DuckDB.

They keep to what both engines (re and RE2) read alike: no look-around, no references back, no classes but [0-9].
A cell is first made plain: half width, one kind of blank, one kind of dash, nothing invisible, no blanks around it.
"""

import re

#: Marks that nobody sees; they say nothing wherever they stand.
INVISIBLE = "\ufeff\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060"
#: The marks of the direction of writing, which come along where somebody copies out of a window or a PDF.
INVISIBLE += "".join(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_BLANKS = "\t\n\v\f\r\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63"
#: Characters → what they stand for, one for one.
PLAIN: dict[str, str] = (
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(_BLANKS, " ")
    | dict.fromkeys(_DASHES, "-")
    | {"\uffe5": "¥", "\u3002": "."}
)
#: An empty cell, written as such: nothing, or dashes.
BLANK = r"-*"
#: What a spreadsheet would work out or a browser run; a minus before a figure alone is neither.
FORMULA = r"([=@]|[+\-][A-Za-z@=(]|[+\-][0-9][0-9., ]*[+*/^&|=!]|<[A-Za-z!/?]|[^<]+<[A-Za-z!/?])[\s\S]*"
#: Replacement characters of a wrong decoding, and control characters that no table holds.
UNREADABLE = "\ufffd\ufffe\uffff" + "".join(map(chr, (*range(9), *range(0x0E, 0x20), 0x7F)))

_TIME = r"([T ] *[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?)?"
#: The ways of writing a day. Groups 1-3: year, month, day.
DAY_FORMS = (
    rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){_TIME}",
    rf"([0-9]{{4}})/([0-9]{{1,2}})/([0-9]{{1,2}}){_TIME}",
    rf"([0-9]{{4}})[.]([0-9]{{1,2}})[.]([0-9]{{1,2}}){_TIME}",
    rf"([0-9]{{4}}) *年 *([0-9]{{1,2}}) *月 *([0-9]{{1,2}}) *[日号]?{_TIME}",
    r"([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{6}|[.]0+)?",
)
#: A day as a spreadsheet counts it, from 1927 on: fewer figures are rather a year that lost its month.
SERIAL = r"([1-9][0-9]{4})([.][0-9]+)?"
#: Day 0 of that count.
SERIAL_ZERO = "1899-12-30"
FIRST_YEAR, LAST_YEAR = 1900, 2099
YEAR = r"([0-9]{4})( *年度?|[.]0+)?"

_FIGURES = r"([0-9]{1,3}(,[0-9]{3})+([.][0-9]*)?|[0-9]+([.][0-9]*)?|[.][0-9]+)"
#: Money and other numbers are kept with two decimals, below this many figures before them.
FIGURES, DECIMALS = 13, 2


def number_pattern(unit: str) -> str:
    """Return the pattern of a number that may carry its unit: 1,234.50, ¥1234.5, 1234.50元, 12天."""
    sign = r"([+\-] *)?"
    currency = rf"(¥ *{sign}|{sign}(¥ *)?)" if unit == "元" else sign
    suffix = f"( *{re.escape(unit)})?" if unit else ""
    return f"{currency}{_FIGURES}{suffix}"
