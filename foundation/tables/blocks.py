"""Read a delivered file block by block, so that memory stays bounded and most lines never become objects of Python.

    read = Read()
    for _rows in read_blocks(tables, file, COLUMNS, read, into="incoming"):
        tables.run("… FROM incoming")          # the block; the next one takes its place

What is made is a view, with the columns of `foundation.tables.reading` (`seq` of a text file is the line). The answers
are the same as `read_table`'s: lines that are plainly rows are taken apart by DuckDB, every other one by the same code.

While its reader works on one block of a text file, a thread reads the next one, in tables of its own. Whoever stops in
the middle closes the generator, which waits for the thread.
"""

from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context
from itertools import chain, cycle, islice
from typing import BinaryIO, NamedTuple, TypeVar

from foundation.tables import archives, text
from foundation.tables.columns import TableColumns
from foundation.tables.cutting import Beside, Block, add_rows, make_empty, show, taken_apart
from foundation.tables.duck import Tables
from foundation.tables.lines import Lines, Odd
from foundation.tables.reading import Progress, Read, rows_of, size_of, unseen

T = TypeVar("T")
#: Lines of a text file, or rows of a workbook, that are in memory at a time; of a text file also the next ones. Four
#: row groups of a batch, the last one a little less than full.
BLOCK = 480_000
_ROWS_OF_WORKBOOK = 100_000
NOTHING: Beside = ()


class _Made(NamedTuple):
    """A block that was read: the view of its rows, how many they are, and how far into the file it goes, in bytes."""

    view: str
    rows: int
    read: int


def no_macros(_tables: Tables) -> None:
    """Define nothing."""


def read_blocks(
    tables: Tables,
    file: BinaryIO,
    columns: TableColumns,
    read: Read,
    *,
    into: str,
    beside: Beside = NOTHING,
    define: Callable[[Tables], None] = no_macros,
    progress: Progress = unseen,
) -> Generator[int, None, None]:
    """Make the view `into` of one block after another, and yield the number of its rows; `read` counts them all.

    `beside` are further columns of the view (foundation.tables.cutting), worked out once; `define` gives a connection
    the macros that they ask for. A file without rows is one empty block.
    """
    table, is_workbook = archives.unpacked(file)
    define(tables)
    if is_workbook:
        blocks = _of_rows(tables, file, columns, read, into, beside, progress)
    else:
        blocks = _of_lines(tables, file, table, columns, read, into, beside, define, progress)
    try:
        with closing(blocks):
            first = next(blocks, None)
            if first is None:
                make_empty(tables, columns, into)
                show(tables, into, beside)
            yield first or 0
            yield from blocks
    except archives.BROKEN as broken:
        if is_workbook or table is file:
            raise
        raise archives.broken_archive() from broken


def about_rows(file: BinaryIO) -> int:
    """Return about how many lines a text file has, by the length of the first ones; 0 of a workbook or an archive.

    Leaves the file at its beginning.
    """
    file.seek(0)
    sample = file.read(text.SAMPLE_BYTES)
    file.seek(0)
    if archives.is_packed(sample):
        return 0
    return size_of(file) * sample.count(b"\n") // len(sample) if sample else 0


def _of_lines(
    tables: Tables,
    file: BinaryIO,
    table: BinaryIO,
    columns: TableColumns,
    read: Read,
    into: str,
    beside: Beside,
    define: Callable[[Tables], None],
    progress: Progress,
) -> Generator[int, None, None]:
    """Make blocks of a text file; the next one is read while its reader works on this one."""
    layout = text.recognised(table.read(text.SAMPLE_BYTES), columns)
    table.seek(0)
    read.heads[""] = layout.places
    read.written = layout.encoding, layout.delimiter
    size = size_of(file)

    def made(apart: Tables) -> Iterator[_Made]:
        # Two names in turn: what a reader works on stays while the next block is made.
        views = cycle((f"{into}_a", f"{into}_b"))
        for view, block in zip(views, _blocks(file, Lines(table, layout), layout), strict=False):
            rows = taken_apart(apart, columns, layout, view, block, beside)
            block.pieces.clear()
            yield _Made(view, rows, block.read)

    with tables.apart() as apart:
        define(apart)
        with closing(_one_ahead(made(apart))) as blocks:
            for block in blocks:
                tables.run(f"CREATE OR REPLACE VIEW {into} AS SELECT * FROM {block.view}")  # noqa: S608
                read.rows_read += block.rows
                progress(block.read, size)
                yield block.rows


def _blocks(file: BinaryIO, lines: Lines, layout: text.TextLayout) -> Iterator[Block]:
    """Yield the lines of a file, so many at a time; in the place of an odd record stand lines without any cell."""
    parts, empty = iter(lines), layout.delimiter.encode() * (layout.places.width - 1) + b"\n"
    while (first := next(parts, None)) is not None:
        begins = first.line if isinstance(first, Odd) else lines.line - first.lines
        block = Block(begins)
        for part in chain([first], parts):
            if isinstance(part, Odd):
                block.odd.append(part)
                block.pieces.append(empty * part.lines)
            else:
                block.pieces.append(part.text)
            block.lines += part.lines
            if block.lines >= BLOCK:
                break
        block.read = file.tell()
        yield block


def _one_ahead(items: Iterator[T]) -> Generator[T, None, None]:
    """Yield the same, while a thread makes the next one; in the language of whoever asks.

    What goes wrong in the thread comes out where its item is wanted. The generator ends, or is closed, after it.
    """
    here = copy_context()

    def made() -> T | None:
        return here.run(lambda: next(items, None))

    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(made)
        while (item := following.result()) is not None:
            following = pool.submit(made)
            yield item


def _of_rows(
    tables: Tables,
    file: BinaryIO,
    columns: TableColumns,
    read: Read,
    into: str,
    beside: Beside,
    progress: Progress,
) -> Generator[int, None, None]:
    """Make blocks of a workbook, which another process takes apart."""
    rows = enumerate(rows_of(file, columns, read, progress), start=1)
    while some := list(islice(rows, _ROWS_OF_WORKBOOK)):
        make_empty(tables, columns, into)
        add_rows(tables, columns, into, some)
        show(tables, into, beside)
        yield len(some)
