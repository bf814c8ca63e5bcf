"""Read the files of values strictly (style.md section 6): what is not known, missing or doubled is an error.

One file, one subject; its name is the key and its folder the group. A file that does not obey stops the whole
load, and the error names the file, the key and what to do.
"""

import datetime
import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from foundation.ledger.record import canonical
from foundation.regulations.contents import FileError, ItemsError, read_items, read_value
from foundation.regulations.quotas import refuse_quotas_of_values
from foundation.regulations.units import NOT_AMOUNTS, Group, Population, Unit

FOLDER = Path(__file__).parent / "values"
_KEY = re.compile(r"[a-z][a-z0-9_]*")
_REQUIRED = ("label_zh", "label_en", "asks_zh", "asks_en", "unit", "local", "checked_on")
_OPTIONAL = ("value", "choices", "classes", "floor_from_above", "ceiling_from_above", "yearly", "compared")


@dataclass(frozen=True, slots=True)
class SubjectFile:
    """One file, read: the columns of its subject, and the columns of each of its values."""

    key: str
    name: str
    digest: str
    subject: Mapping[str, Any]
    values: tuple[Mapping[str, Any], ...]

    @property
    def unit(self) -> Unit | None:
        """The unit of its values where there is only one, else None."""
        units = self.subject["units"]
        return Unit(units[0]) if len(units) == 1 else None


def read_folder(folder: Path = FOLDER) -> dict[str, SubjectFile]:
    """Return every file of a folder by key; raises FileError at the first that does not obey."""
    found: dict[str, SubjectFile] = {}
    for path in sorted(folder.glob("*/*.toml")):
        read = read_file(path, folder)
        if read.key in found:
            raise FileError(
                read.name, "file name", f"stands twice, also as {found[read.key].name}: rename one"
            )
        found[read.key] = read
    return found


def read_file(path: Path, folder: Path = FOLDER) -> SubjectFile:
    """Return one file as columns, refusing every key, value or date that the form does not know."""
    name = path.relative_to(folder).as_posix()
    raw = path.read_bytes()
    try:
        table = tomllib.loads(raw.decode("utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise FileError(name, "the file", f"is not TOML in UTF-8: {wrong}") from wrong
    if not _KEY.fullmatch(path.stem):
        raise FileError(name, "file name", "must be lower-case letters, digits and underscores")
    _check_keys(name, table)
    refuse_quotas_of_values(name, path.stem, table)
    subject = _subject(name, table) | {"group": _group(name, path)}
    values = tuple(
        read_value(name, number, entry, subject)
        for number, entry in enumerate(table.get("value", ()), start=1)
    )
    _check_unique(name, values)
    return SubjectFile(path.stem, name, hashlib.sha256(raw).hexdigest(), subject, values)


def fingerprint(columns: Mapping[str, Any]) -> str:
    """Return the digest of what a value says, whichever version of the file said it.

    A value without a comparator has the digest that it had before values could have one.
    """
    said = {key: each for key, each in columns.items() if key != "comparator" or each}
    return hashlib.sha256(canonical(said)).hexdigest()


def _check_keys(name: str, table: Mapping[str, Any]) -> None:
    for key in table:
        if key not in (*_REQUIRED, *_OPTIONAL):
            known = ", ".join((*_REQUIRED, *_OPTIONAL))
            raise FileError(name, key, f"is not known here: correct or remove it (known: {known})")
    for key in _REQUIRED:
        if key not in table:
            raise FileError(name, key, "is missing: add it")


def _group(name: str, path: Path) -> str:
    if path.parent.name not in Group.values:
        raise FileError(name, "folder", f"is not a group: move the file to one of {', '.join(Group.values)}")
    return path.parent.name


def _subject(name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    units = _units(name, table["unit"])
    for key in ("label_zh", "label_en", "asks_zh", "asks_en"):
        if not isinstance(table[key], str) or not table[key].strip():
            raise FileError(name, key, "must be a text that is not empty")
    for key in ("local", "floor_from_above", "ceiling_from_above", "yearly", "compared"):
        if not isinstance(table.get(key, False), bool):
            raise FileError(name, key, "must be true or false")
    if type(table["checked_on"]) is not datetime.date:
        raise FileError(name, "checked_on", "must be a day such as 2026-11-21, without quotation marks")
    if (table.get("floor_from_above") or table.get("ceiling_from_above")) and set(units) & NOT_AMOUNTS:
        raise FileError(name, "floor_from_above/ceiling_from_above", "bounds only amounts: remove it")
    if table.get("compared") and set(units) & NOT_AMOUNTS:
        raise FileError(name, "compared", "is only for amounts: remove it")
    return {
        "label_zh": table["label_zh"],
        "label_en": table["label_en"],
        "asks_zh": table["asks_zh"],
        "asks_en": table["asks_en"],
        "units": units,
        "choices": _choices(name, table.get("choices", []), units),
        "classes": _classes(name, table.get("classes", [])),
        "local": table["local"],
        "floor_from_above": table.get("floor_from_above", False),
        "ceiling_from_above": table.get("ceiling_from_above", False),
        "yearly": table.get("yearly", False),
        "compared": table.get("compared", False),
        "checked_on": table["checked_on"],
    }


def _units(name: str, raw: object) -> list[str]:
    units = [raw] if isinstance(raw, str) else raw
    if not isinstance(units, list) or not units or any(unit not in Unit.values for unit in units):
        raise FileError(name, "unit", f"must be one of, or a list of: {', '.join(Unit.values)}")
    if len(units) > 1 and set(units) & NOT_AMOUNTS:
        raise FileError(name, "unit", "text, list and yes/no stand alone")
    return units


def _choices(name: str, raw: object, units: list[str]) -> list[dict[str, str]]:
    if not raw:
        return []
    if units != [Unit.TEXT.value]:
        raise FileError(name, "choices", "is only for texts: remove it")
    try:
        return read_items(raw)
    except ItemsError as wrong:
        raise FileError(name, "choices", str(wrong)) from wrong


def _classes(name: str, raw: object) -> list[str]:
    classes = _words(name, "classes", raw)
    if unknown := [each for each in classes if each not in Population.values]:
        raise FileError(name, "classes", f"does not know {unknown}: use {', '.join(Population.values)}")
    return classes


def _words(name: str, key: str, raw: object) -> list[str]:
    if not isinstance(raw, list) or any(not isinstance(word, str) or not word for word in raw):
        raise FileError(name, key, "must be a list of texts")
    return raw


def _check_unique(name: str, values: tuple[Mapping[str, Any], ...]) -> None:
    seen: set[tuple[str, str, datetime.date]] = set()
    for number, value in enumerate(values, start=1):
        place = (value["area"], value["population"], value["from_day"])
        if place in seen:
            raise FileError(
                name, f"[[value]] {number}", "repeats area, class and day of an earlier one: keep one of them"
            )
        seen.add(place)
