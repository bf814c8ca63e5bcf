"""What rules need beside the register: the values of each village, and lists of codes; read once a check."""

import datetime
from collections.abc import Sequence
from typing import Any

from foundation.regulations.lookup import book
from households.quality.asked import rules

#: Lists of codes that conditions name, each under its own name.
LISTS = ("relations_to_head", "education_levels", "school_stages", "labour_abilities")
#: Kinds of measures that conditions name: codes of the list `measure_kinds`, and words that files use for them.
MEASURES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "safety_net": (("100A48",), ("低保", "农村低保", "城市低保", "特困供养", "残疾人补贴")),
    "dibao_or_tekun": ((), ("低保", "农村低保", "城市低保", "特困供养")),
    "disability_subsidy": ((), ("残疾人补贴",)),
    "development": (
        ("100A39", "100A40", "100A41", "100A42"),
        ("小额信贷", "劳务输出", "外出务工补贴", "公益岗位"),
    ),
    "work": (("100A40", "100A42"), ("劳务输出", "外出务工补贴", "公益岗位")),
    "production_help": (("100A39",), ()),
    "schooling": (("100A46", "100A47", "100A52"), ("教育帮扶", "雨露计划")),
    "housing": (("100A50", "100A53"), ("危房改造", "易地搬迁")),
    "water": (("100A51",), ()),
}


def value_names() -> list[str]:
    """Return the regulation values that rules name, each once, in order."""
    return sorted({name for rule in rules() for name in rule.values})


def values_of(areas: Sequence[str], on: datetime.date) -> list[tuple[Any, ...]]:
    """Return for each area its code and the amounts of `value_names` in force there (None: no value)."""
    names, known = value_names(), book()
    return [(area, *(known.resolve(name, area, on).amount for name in names)) for area in areas]


def codes(on: datetime.date) -> dict[str, list[str]]:
    """Return the lists that conditions name: codes of a list, and words of a kind of measures."""
    known = book()
    lists = {name: [item["code"] for item in known.resolve(name, "", on).items] for name in LISTS}
    kinds = {item["code"]: item["zh"] for item in known.resolve("measure_kinds", "", on).items}
    for name, (wanted, words) in MEASURES.items():
        lists[name] = [*wanted, *(kinds[code] for code in wanted if code in kinds), *words]
    return lists
