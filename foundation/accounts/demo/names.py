"""What invented people are called: a surname, and one of the 24 solar terms (节气) for a given name.

Nobody is called so by accident, so nobody mistakes the people of the demonstration for real ones (field.md 7.3).
The surnames of the households in its stories are left to them.
"""

from collections.abc import Iterator

from pypinyin import lazy_pinyin

_TERMS = "立春雨水惊蛰春分清明谷雨立夏小满芒种夏至小暑大暑立秋处暑白露秋分寒露霜降立冬小雪大雪冬至小寒大寒"
SOLAR_TERMS = tuple(_TERMS[at : at + 2] for at in range(0, len(_TERMS), 2))
SURNAMES = tuple("赵钱孙李周吴郑王冯陈褚卫蒋韩杨朱秦尤许张孔曹严华金魏江童梁阮")


def invented_names(taken: frozenset[str]) -> Iterator[str]:
    """Yield names that are not `taken`, always in the same order, each once; neighbours differ in both parts."""
    for number in range(len(SOLAR_TERMS) * len(SURNAMES)):
        term = number % len(SOLAR_TERMS)
        surname = (number // len(SOLAR_TERMS) + 5 * term) % len(SURNAMES)
        name = SURNAMES[surname] + SOLAR_TERMS[term]
        if name not in taken:
            yield name


def login_of(name: str) -> str:
    """Return the login name that a name reads as: 赵立春 → zhaolichun."""
    return "".join(lazy_pinyin(name))
