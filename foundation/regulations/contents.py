"""One `[[value]]` of a file, read strictly into the columns of a value."""

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from foundation.regulations.models.values import Kind
from foundation.regulations.sources import Source, SourceError, SourceKind, check_href, read_issued
from foundation.regulations.units import Comparator, Population, Unit

#: How a file writes that a value is for the whole country, and that a line ends.
COUNTRY, ENDED = "country", "ended"
AREA = re.compile(r"([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}|[0-9]{15})")
_KEYS = {
    "from", "area", "class", "unit", "amount", "yes", "text", "items", "expression", "comparator",
    "source", "reason_zh", "reason_en", "note_zh", "note_en",
}  # fmt: skip
_CONTENTS = ("amount", "yes", "text", "items", "expression")
_SOURCE_KEYS = {"kind", "title", "number", "issuer", "issued", "clause", "href"}
_ITEM_KEYS = {"code", "zh", "en", "note_zh", "note_en", "colour", "step"}
COLOURS = ("red", "orange", "yellow", "green", "blue")


class FileError(Exception):
    """A file of values does not obey the form. The message names the file, the key and what to do."""

    def __init__(self, file: str, key: str, sentence: str) -> None:
        """Say which `key` of which `file` is wrong, and what to do."""
        super().__init__(f"{file}: {key} {sentence}.")
        self.file, self.key = file, key


class ItemsError(ValueError):
    """A list of items is not one; the message says what to do."""


class _Entry:
    """One `[[value]]`; knows where it stands, so that every refusal can say so."""

    def __init__(self, file: str, number: int, table: Mapping[str, Any]) -> None:
        self.file, self.place, self.table = file, f"[[value]] {number}", table

    def wrong(self, key: str, sentence: str) -> FileError:
        return FileError(self.file, f"{self.place} {key}", sentence)

    def text(self, key: str) -> str:
        raw = self.table.get(key, "")
        if not isinstance(raw, str):
            raise self.wrong(key, "must be a text")
        return raw


def read_value(
    file: str, number: int, table: Mapping[str, Any], subject: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the columns of one value of `subject`, refusing whatever the form does not know."""
    entry = _Entry(file, number, table)
    for key in table:
        if key not in _KEYS:
            raise entry.wrong(key, f"is not known: correct or remove it (known: {', '.join(sorted(_KEYS))})")
    for key in ("from", "area", "source"):
        if key not in table:
            raise entry.wrong(key, "is missing: add it")
    if type(table["from"]) is not datetime.date:
        raise entry.wrong("from", "must be a day such as 2026-01-01, without quotation marks")
    if bool(entry.text("note_zh")) != bool(entry.text("note_en")):
        raise entry.wrong("note_zh/note_en", "must stand in both languages, or in neither")
    unit = _unit(entry, subject["units"])
    content = _content(entry, unit, subject["choices"])
    return (
        {
            "area": _area(entry),
            "population": _population(entry, subject["classes"]),
            "from_day": table["from"],
            "unit": unit.value,
            "note_zh": entry.text("note_zh"),
            "note_en": entry.text("note_en"),
        }
        | content
        | {"comparator": _comparator(entry, content["kind"], subject["compared"])}
        | _source(entry).columns()
    )


def _area(entry: _Entry) -> str:
    raw = entry.text("area")
    if raw == COUNTRY:
        return ""
    if not AREA.fullmatch(raw):
        raise entry.wrong("area", f"must be “{COUNTRY}” or a code of 2, 4, 6, 9, 12 or 15 digits")
    return raw


def _population(entry: _Entry, classes: list[str]) -> str:
    raw = entry.text("class")
    if raw and (raw not in Population.values or raw not in classes):
        raise entry.wrong("class", "must be one of the file's own classes")
    return raw


def _unit(entry: _Entry, units: list[str]) -> Unit:
    raw = entry.text("unit")
    if not raw and len(units) > 1:
        raise entry.wrong("unit", f"is missing: the file allows {' and '.join(units)}")
    if raw and raw not in units:
        raise entry.wrong("unit", f"must be one of {', '.join(units)}")
    return Unit(raw or units[0])


def _comparator(entry: _Entry, kind: str, compared: bool) -> str:
    """Return how something is held against the value: at least it, unless said; nothing where nothing is."""
    raw = entry.text("comparator")
    if not compared or kind == Kind.ENDED:
        if raw:
            raise entry.wrong("comparator", "has no meaning here: remove it, or write compared = true above")
        return ""
    if raw and raw not in Comparator.values:
        raise entry.wrong("comparator", f"must be one of {', '.join(Comparator.values)}")
    return raw or Comparator.AT_LEAST.value


def _content(entry: _Entry, unit: Unit, choices: list[dict[str, str]]) -> dict[str, Any]:
    given = [key for key in _CONTENTS if key in entry.table]
    if len(given) != 1:
        raise entry.wrong("content", f"must be exactly one of {', '.join(_CONTENTS)}")
    empty: dict[str, Any] = {
        "kind": "", "amount": None, "text_zh": "", "text_en": "", "items": [], "expression": "",
    }  # fmt: skip
    (key,) = given
    if entry.table[key] == ENDED and key == "amount":
        return empty | {"kind": Kind.ENDED.value}
    wanted = {Unit.TEXT: "text", Unit.LIST: "items", Unit.YES_NO: "yes"}.get(unit)
    if (wanted or "amount") != key and not (wanted is None and key == "expression"):
        raise entry.wrong(
            key, f"does not fit the unit “{unit.value}”: write {wanted or 'amount or expression'}"
        )
    return empty | _read_content(entry, key, choices)


def _read_content(entry: _Entry, key: str, choices: list[dict[str, str]]) -> dict[str, Any]:
    raw = entry.table[key]
    match key:
        case "amount" if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
            return {"kind": Kind.AMOUNT.value, "amount": Decimal(raw)}
        case "yes" if isinstance(raw, bool):
            return {"kind": Kind.YES_NO.value, "amount": Decimal(int(raw))}
        case "expression" if isinstance(raw, str) and raw.strip():
            return {"kind": Kind.EXPRESSION.value, "expression": raw.strip()}
        case "text":
            return {"kind": Kind.TEXT.value} | _text(entry, raw, choices)
        case "items":
            try:
                return {"kind": Kind.LIST.value, "items": read_items(raw)}
            except ItemsError as wrong:
                raise entry.wrong(key, str(wrong)) from wrong
    raise entry.wrong(
        key, "is not of the right kind: an amount is a number, yes is true or false, items a list"
    )


def _text(entry: _Entry, raw: object, choices: list[dict[str, str]]) -> dict[str, Any]:
    if choices:
        chosen = next((choice for choice in choices if choice["code"] == raw), None)
        if chosen is None:
            raise entry.wrong("text", f"must be one of {', '.join(choice['code'] for choice in choices)}")
        return {"text_zh": chosen["zh"], "text_en": chosen["en"], "items": [chosen]}
    if not isinstance(raw, dict) or set(raw) != {"zh", "en"} or not all(raw.values()):
        raise entry.wrong("text", 'must be { zh = "…", en = "…" }')
    return {"text_zh": raw["zh"], "text_en": raw["en"]}


def read_items(raw: object) -> list[dict[str, str]]:
    """Return a list of items, refusing one without code and names, a doubled code or an unknown colour."""
    if not isinstance(raw, list) or not raw:
        raise ItemsError("must be a list that is not empty")
    codes: set[str] = set()
    for item in raw:
        if not isinstance(item, dict) or not {"code", "zh", "en"} <= set(item) <= _ITEM_KEYS:
            raise ItemsError(f"need code, zh and en, and know only {', '.join(sorted(_ITEM_KEYS))}")
        if not all(isinstance(each, str) and each for each in item.values()):
            raise ItemsError(f"hold texts only, none of them empty: look at {item.get('code')!r}")
        if item["code"] in codes:
            raise ItemsError(f"hold the code {item['code']!r} twice: keep one")
        if item.get("colour", "red") not in COLOURS:
            raise ItemsError(f"know only the colours {', '.join(COLOURS)}")
        codes.add(item["code"])
    return raw


def _source(entry: _Entry) -> Source:
    raw = entry.table["source"]
    reasons = (entry.text("reason_zh"), entry.text("reason_en"))
    if raw == "proposal":
        if not all(reasons):
            raise entry.wrong(
                "reason_zh/reason_en", "is missing: a proposal says in both languages why it stands here"
            )
        return Source(SourceKind.PROPOSAL, reason_zh=reasons[0], reason_en=reasons[1])
    if any(reasons):
        raise entry.wrong("reason_zh/reason_en", "belongs to a proposal: write a note instead")
    if not isinstance(raw, dict) or not set(raw) <= _SOURCE_KEYS:
        raise entry.wrong("source", f"must be “proposal” or a table of {', '.join(sorted(_SOURCE_KEYS))}")
    return _document(entry, raw)


def _document(entry: _Entry, raw: Mapping[str, Any]) -> Source:
    for key in ("title", "issuer", "issued"):
        if not raw.get(key):
            raise entry.wrong(
                f"source.{key}", "is missing: a value without it does not load (or say “proposal”)"
            )
    if raw.get("kind", "document") not in ("document", "report"):
        raise entry.wrong("source.kind", "must be document or report")
    kind = SourceKind(raw.get("kind", "document"))
    texts = {key: raw.get(key, "") for key in ("title", "issuer", "number", "clause", "href")}
    if not all(isinstance(each, str) for each in texts.values()):
        raise entry.wrong("source", "holds texts, and a day as issued")
    try:
        return Source(
            kind, issued=read_issued(raw["issued"], kind), **texts | {"href": check_href(texts["href"])}
        )
    except SourceError as wrong:
        raise entry.wrong("", str(wrong)) from wrong
