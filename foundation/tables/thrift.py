"""Structures in the compact protocol of Thrift, read and written without knowing what their fields mean.

    struct = read_struct(content)        {field number: (kind, value)}
    written(struct)                      the same bytes again, where nothing was changed

As the specification of the protocol says (apache/thrift, doc/specs/thrift-compact-protocol.md); maps, which the footers
of Parquet do not have, are not read.
"""

from dataclasses import dataclass
from typing import Any

TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, _MAP, STRUCT = range(1, 13)
_INTEGERS = (I16, I32, I64)

#: Fields by their numbers, in the order in which they stand: what kind each is, and its value.
Struct = dict[int, tuple[int, Any]]


class NoThrift(Exception):  # noqa: N818  (says what is wrong)
    """The bytes are no structure of this protocol."""


@dataclass(slots=True)
class Items:
    """A list or set: of what kind its items are, and the items."""

    kind: int
    items: list[Any]


def read_struct(content: bytes) -> Struct:
    """Return the structure that `content` is, to its last byte; NoThrift where it is none."""
    source = _Source(content)
    try:
        struct = source.struct()
    except IndexError:
        raise NoThrift("The structure ends before its end.") from None
    if source.at != len(content):
        raise NoThrift("Something stands behind the structure.")
    return struct


def written(struct: Struct) -> bytes:
    """Return a structure as bytes."""
    sink = bytearray()
    _write_struct(sink, struct)
    return bytes(sink)


class _Source:
    """Bytes that are read from the front."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.at = 0

    def struct(self) -> Struct:
        found: Struct = {}
        number = 0
        while head := self._byte():
            step, kind = head >> 4, head & 15
            number = number + step if step else self._integer()
            found[number] = (kind, self._value(kind, of_field=True))
        return found

    def _value(self, kind: int, *, of_field: bool = False) -> Any:
        if kind in (TRUE, FALSE):
            return (kind if of_field else self._byte()) == TRUE
        if kind in _INTEGERS:
            return self._integer()
        if kind == STRUCT:
            return self.struct()
        if kind in (LIST, SET):
            return self._items()
        if kind == BYTE:
            return self._byte()
        if kind in (BINARY, DOUBLE):
            return self._bytes(self._unsigned() if kind == BINARY else 8)
        raise NoThrift(f"There is no kind {kind}.")

    def _items(self) -> Items:
        head = self._byte()
        size = head >> 4
        if size == 15:
            size = self._unsigned()
        return Items(head & 15, [self._value(head & 15) for _place in range(size)])

    def _integer(self) -> int:
        found = self._unsigned()
        return (found >> 1) ^ -(found & 1)

    def _unsigned(self) -> int:
        found = shift = 0
        while (byte := self._byte()) & 128:
            found |= (byte & 127) << shift
            shift += 7
        return found | byte << shift

    def _byte(self) -> int:
        byte = self._content[self.at]
        self.at += 1
        return byte

    def _bytes(self, size: int) -> bytes:
        found = self._content[self.at : self.at + size]
        if len(found) < size:
            raise IndexError
        self.at += size
        return found


def _write_struct(sink: bytearray, struct: Struct) -> None:
    last = 0
    for number, (kind, value) in struct.items():
        is_bool = kind in (TRUE, FALSE)
        said = FALSE if is_bool and not value else TRUE if is_bool else kind
        if 0 < number - last < 16:
            sink.append((number - last) << 4 | said)
        else:
            sink.append(said)
            _write_integer(sink, number)
        last = number
        if not is_bool:
            _write_value(sink, kind, value)
    sink.append(0)


def _write_value(sink: bytearray, kind: int, value: Any) -> None:
    if kind in _INTEGERS:
        _write_integer(sink, value)
    elif kind == STRUCT:
        _write_struct(sink, value)
    elif kind in (LIST, SET):
        _write_items(sink, value)
    elif kind == BINARY:
        _write_unsigned(sink, len(value))
        sink += value
    elif kind == DOUBLE:
        sink += value
    elif kind == BYTE:
        sink.append(value)
    else:
        sink.append(TRUE if value else FALSE)


def _write_items(sink: bytearray, items: Items) -> None:
    size = len(items.items)
    sink.append(min(size, 15) << 4 | items.kind)
    if size >= 15:
        _write_unsigned(sink, size)
    for item in items.items:
        _write_value(sink, items.kind, item)


def _write_integer(sink: bytearray, value: int) -> None:
    _write_unsigned(sink, value << 1 if value >= 0 else (-value << 1) - 1)


def _write_unsigned(sink: bytearray, value: int) -> None:
    while value > 127:
        sink.append(value & 127 | 128)
        value >>= 7
    sink.append(value)
