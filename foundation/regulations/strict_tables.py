"""A table of a declaration, read strictly: a key that is unknown, missing or of the wrong kind stops the load."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from foundation.regulations.contents import FileError

E = TypeVar("E", bound=Enum)
_ABSENT: Any = object()


class StrictTable:
    """One table of one file. It knows where it stands, so that every refusal can say so.

    Ask for every key that is known, then call `done()`: what nobody asked for is refused.
    """

    def __init__(self, file: str, place: str, table: object) -> None:
        """Wrap `table`, which stands at `place` ("" : the top) of `file`."""
        self.file, self.place = file, place
        if not isinstance(table, Mapping):
            raise FileError(file, place, "must be a table of keys and values")
        self._table: Mapping[str, Any] = table
        self._asked: list[str] = []

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def wrong(self, key: str, sentence: str) -> FileError:
        """Return the error that says what is wrong with `key` and what to do."""
        return FileError(self.file, f"{self.place} {key}".strip(), sentence)

    def done(self) -> None:
        """Refuse whatever nobody asked for."""
        for key in self._table:
            if key not in self._asked:
                raise self.wrong(
                    key, f"is not known: correct or remove it (known: {', '.join(sorted(self._asked))})"
                )

    def text(self, key: str, default: str = _ABSENT) -> str:
        """Return a text that is not empty; `default` where the key is absent (without one it must be there)."""
        raw = self._take(key, default)
        if raw is default:
            return default
        if not isinstance(raw, str) or not raw.strip() or raw != raw.strip():
            raise self.wrong(key, "must be a text that is not empty and has no blanks around it")
        return raw

    def both(self, key: str, *, optional: bool = False) -> tuple[str, str]:
        """Return the texts `key_zh` and `key_en`; where they are optional, both or neither."""
        default = "" if optional else _ABSENT
        zh, en = self.text(f"{key}_zh", default), self.text(f"{key}_en", default)
        if bool(zh) != bool(en):
            raise self.wrong(f"{key}_zh/{key}_en", "must stand in both languages, or in neither")
        return zh, en

    def texts(self, key: str, default: tuple[str, ...] = _ABSENT) -> tuple[str, ...]:
        """Return a list of different texts that is not empty."""
        raw = self._take(key, default)
        if raw is default:
            return default
        if not isinstance(raw, list) or not raw or any(not isinstance(each, str) or not each for each in raw):
            raise self.wrong(key, "must be a list of texts that is not empty")
        if len(set(raw)) != len(raw):
            raise self.wrong(key, "names something twice: keep one of them")
        return tuple(raw)

    def flag(self, key: str) -> bool:
        """Return true or false; absent is false."""
        raw = self._take(key, False)
        if not isinstance(raw, bool):
            raise self.wrong(key, "must be true or false")
        return raw

    def number(self, key: str, default: Decimal | None = _ABSENT) -> Decimal | None:
        """Return an exact number; `default` where the key is absent."""
        raw = self._take(key, default)
        if raw is default:
            return default
        if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
            raise self.wrong(key, "must be a number, without quotation marks")
        return Decimal(raw)

    def choice(self, key: str, choices: type[E]) -> E:
        """Return one of a closed list."""
        raw = self._take(key, _ABSENT)
        return self._chosen(key, raw, choices)

    def choices(self, key: str, choices: type[E]) -> tuple[E, ...]:
        """Return several of a closed list."""
        return tuple(self._chosen(key, each, choices) for each in self.texts(key))

    def table(self, key: str) -> "StrictTable":
        """Return a table inside this one."""
        return StrictTable(self.file, f"{self.place} {key}".strip(), self._take(key, _ABSENT))

    def tables(self, key: str, *, optional: bool = False) -> list["StrictTable"]:
        """Return the tables of a `[[key]]`, each knowing its number."""
        raw = self._take(key, [] if optional else _ABSENT)
        if not isinstance(raw, list) or (not raw and not optional):
            raise self.wrong(key, f"must be one or more [[{key}]]")
        return [
            StrictTable(self.file, f"{self.place} [[{key}]] {number}".strip(), each)
            for number, each in enumerate(raw, start=1)
        ]

    def raw(self, key: str, default: Any = _ABSENT) -> Any:
        """Return what stands under a key as it is, for whoever checks it further."""
        return self._take(key, default)

    def _take(self, key: str, default: Any) -> Any:
        self._asked.append(key)
        found = self._table.get(key, default)
        if found is _ABSENT:
            raise self.wrong(key, "is missing: add it")
        return found

    def _chosen(self, key: str, raw: object, choices: type[E]) -> E:
        try:
            return choices(raw)
        except ValueError as unknown:
            known = ", ".join(str(each.value) for each in choices)
            raise self.wrong(key, f"is {raw!r}: write one of {known}") from unknown
