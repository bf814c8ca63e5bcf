"""Parquet files of one table, one behind the other, as one file: their rows are copied as they lie, never taken apart.

    append(whole, part)      whole: a finished file, which afterwards holds the rows of `part` as well

A Parquet file is its row groups and, at its end, a footer that says where they begin: a structure in the compact
protocol of Thrift (parquet.thrift of the format). Joining two files is copying row groups and adding to the footer;
DuckDB would read and write every value anew.
"""

from pathlib import Path
from typing import BinaryIO

from foundation.tables.thrift import I64, Struct, read_struct, written

_MAGIC = b"PAR1"
_TAIL = 8  # length of the footer, magic
_PIECE = 1 << 20
#: Fields of the footer, by the numbers of parquet.thrift.
_SCHEMA, _ROWS, _ROW_GROUPS = 2, 3, 4
_COLUMNS, _GROUP_OFFSET, _ORDINAL = 1, 5, 7
_META = 3
#: What says a place in the file: of a row group, of a chunk of a column, and of its description.
_OFFSETS_OF_CHUNK = (2, 4, 6)
_OFFSETS_OF_META = (9, 10, 11, 14)
_ENCRYPTION = 8


class NotAlike(Exception):  # noqa: N818  (says what is wrong)
    """The files do not hold the same columns in the same types, or are no plain Parquet files."""


def append(whole: Path, part: Path) -> None:
    """Add the rows of `part` to those of `whole`; NotAlike where their columns differ. `part` stays as it is."""
    with whole.open("rb+") as sink, part.open("rb") as source:
        footer, end = _footer(sink)
        added, behind = _footer(source)
        if footer.get(_SCHEMA) != added.get(_SCHEMA):
            raise NotAlike(f"The columns of {part.name} are others than those of {whole.name}.")
        sink.seek(end)
        source.seek(len(_MAGIC))
        _copy(source, sink, behind - len(_MAGIC))
        _take_over(footer, added, moved_by=end - len(_MAGIC))
        content = written(footer)
        sink.write(content + len(content).to_bytes(4, "little") + _MAGIC)
        sink.truncate()


def _footer(file: BinaryIO) -> tuple[Struct, int]:
    """Return the footer of a file and where it begins."""
    size = file.seek(0, 2)
    file.seek(max(size - _TAIL, 0))
    tail = file.read()
    begins = size - _TAIL - int.from_bytes(tail[:4], "little")
    if tail[4:] != _MAGIC or begins < len(_MAGIC):
        raise NotAlike("This is no finished Parquet file.")
    file.seek(begins)
    footer = read_struct(file.read(size - _TAIL - begins))
    if _ENCRYPTION in footer:
        raise NotAlike("This Parquet file is encrypted.")
    return footer, begins


def _copy(source: BinaryIO, sink: BinaryIO, size: int) -> None:
    while size and (piece := source.read(min(size, _PIECE))):
        sink.write(piece)
        size -= len(piece)


def _take_over(footer: Struct, added: Struct, *, moved_by: int) -> None:
    """Add the row groups of another footer, which now begin so many bytes further back."""
    groups, more = footer[_ROW_GROUPS][1], added[_ROW_GROUPS][1]
    for place, group in enumerate(more.items, start=len(groups.items)):
        _move(group, (_GROUP_OFFSET,), moved_by)
        if _ORDINAL in group:
            group[_ORDINAL] = (group[_ORDINAL][0], place)
        for chunk in group[_COLUMNS][1].items:
            _move(chunk, _OFFSETS_OF_CHUNK, moved_by)
            _move(chunk[_META][1], _OFFSETS_OF_META, moved_by)
    groups.items.extend(more.items)
    footer[_ROWS] = (I64, footer[_ROWS][1] + added[_ROWS][1])


def _move(struct: Struct, fields: tuple[int, ...], by: int) -> None:
    """Move those places that are said; zero says none."""
    for field in fields:
        if field in struct and struct[field][1]:
            kind, place = struct[field]
            struct[field] = (kind, place + by)
