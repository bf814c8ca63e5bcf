"""No ratio, no quota: a declaration that sets a target for how many are helped or leave is refused, with its clause.

The rule stands in values/guards/ratio_targets.toml (弋江区, 2024-03-15: 不设置比例要求). Every loader of
declarations that say who is helped, enrolled or removed asks here: values, chains, measures.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from foundation.regulations.contents import FileError

CLAUSE = "“不设置比例要求” (ratio_targets; 弋江区 2024-03-15, domain.md 5.8)"
#: The value in which the rule itself stands; it may say no, and never yes.
RULE = "ratio_targets"
_KEYS = re.compile(r"(quota|ratio|target|share|percent|比例|指标|名额)", re.IGNORECASE)
_COUNTED = r"(风险消除|消除|脱贫|退出|纳入|帮扶|覆盖|对象|监测户)"
_TARGET = r"(比例|指标|名额|占比|目标数|任务数)"
_GOAL, _PEOPLE = r"(quota|ratio|target|share|percentage)", r"(helped|removed|removal|leave|enrolled)"
_TEXTS = (
    re.compile(rf"{_COUNTED}[^。；，,;]{{0,12}}{_TARGET}"),
    re.compile(rf"{_TARGET}[^。；，,;]{{0,12}}{_COUNTED}"),
    re.compile(rf"{_GOAL}s?\b[^.;]{{0,40}}\b{_PEOPLE}", re.IGNORECASE),
    re.compile(rf"\b{_PEOPLE}\b[^.;]{{0,40}}\b{_GOAL}", re.IGNORECASE),
)  # fmt: skip


def refuse_quotas(file: str, content: Mapping[str, Any]) -> None:
    """Refuse a file in which a key or a text sets such a target; raises FileError that names the place and the rule."""
    for place, key, value in _walk(content, ""):
        if _KEYS.search(key) or _sets_target(value):
            raise _refusal(file, place)


def refuse_quotas_of_values(file: str, key: str, content: Mapping[str, Any]) -> None:
    """Refuse a file of values that asks for such a target in words; its keys are those of every such file.

    The value that forbids them is the only one that may speak of them, as long as it says no.
    """
    if key == RULE:
        for number, entry in enumerate(content.get("value", ()), start=1):
            if entry.get("yes") is not False:
                raise _refusal(file, f"value {number} yes")
        return
    if _sets_target(key.replace("_", " ")):
        raise _refusal(file, "file name")
    for place, _key, value in _walk(content, ""):
        if _sets_target(value):
            raise _refusal(file, place)


def _sets_target(value: Any) -> bool:
    return isinstance(value, str) and any(each.search(value) for each in _TEXTS)


def _refusal(file: str, place: str) -> FileError:
    sentence = (
        f"sets a target for how many households are helped or leave, which nobody may: {CLAUSE}. Remove it"
    )
    return FileError(file, place, sentence)


def _walk(content: Any, place: str) -> Iterator[tuple[str, str, Any]]:
    """Yield every key with its place and its value, tables and lists gone into."""
    if isinstance(content, Mapping):
        for key, value in content.items():
            here = f"{place} {key}".strip()
            yield here, str(key), value
            yield from _walk(value, here)
    elif isinstance(content, list):
        for number, each in enumerate(content, start=1):
            yield from _walk(each, f"{place} {number}")
