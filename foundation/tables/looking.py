"""A look at the head of a file before anybody knows what its columns mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import BinaryIO

from foundation.tables import archives, text, workbook
from foundation.tables.columns import UnreadableTable

#: Records that are looked at: titles, the header, and some rows.
LOOKED_AT = 120


@dataclass(frozen=True, slots=True)
class Head:
    """The first records of a file, read in one way: a sheet of a workbook, or a text in an encoding and a delimiter.

    `records` are lines and cells.
    """

    sheet: str
    encoding: str
    delimiter: str
    records: list[tuple[int, list[str]]]


def heads(file: BinaryIO, *, most: int = LOOKED_AT) -> list[Head]:
    """Return the ways in which the head of a file may be read; UnreadableTable where there is none.

    Of a workbook each visible sheet is one; of a text each encoding and delimiter, in the order in which reading
    tries them.
    """
    try:
        table, is_workbook = archives.unpacked(file)
        return list(_sheets(table, most) if is_workbook else _texts(table, most))
    except archives.BROKEN as broken:
        raise archives.broken_archive() from broken


def _sheets(file: BinaryIO, most: int) -> Iterator[Head]:
    with workbook.opened(file, head=most) as (_total, records):
        for sheet, group in groupby(records, key=itemgetter(0)):
            yield Head(sheet, "", "", [(line, cells) for _sheet, line, cells in group])


def _texts(file: BinaryIO, most: int) -> Iterator[Head]:
    for encoding, delimiter, records in text.taken_apart(file.read(text.SAMPLE_BYTES)):
        try:
            yield Head("", encoding, delimiter, list(islice(records, most)))
        except UnreadableTable:
            continue
