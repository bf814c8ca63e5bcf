"""The one door to DuckDB.

    with duck.opened() as tables:
        tables.load("incoming", {"line": "BIGINT", "name": "VARCHAR"}, rows)   # through a pipe, never the disk
        tables.run("CREATE TABLE … AS SELECT … WHERE day > $day", {"day": day})
        for row in tables.rows("SELECT … FROM …"): ...

A database in memory for one piece of work, opened by the process that does it (never before a fork). What does not
fit into memory goes encrypted into a private folder that is removed with it. No extension is loaded, no file is
read but the pipe and what lies in `folders`, where it may write as well (the archive of feeds); the network is closed.
Values are bound, never written into statements; the path of a file is written by `quoted`.

DuckDB's own errors quote cells of the file, ID numbers among them: they never leave this module.
"""

import csv
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from io import RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import duckdb
from django.conf import settings

from foundation.tables.strays import remove, untouched_since

#: Memory of one connection before tables spill to the disk; each process has at most one open.
MEMORY = "1GB"
THREADS = 2
#: Bytes of a line that DuckDB takes apart.
LONGEST_LINE = 20_000
_BUFFER = 16 << 20
_ROWS_AT_ONCE = 20_000
_STRAY_AFTER_SECONDS = 24 * 3600
_SQL = Path(__file__).parent / "sql"
T = TypeVar("T")
Parameters = Mapping[str, Any] | Sequence[Any]


class TablesFault(Exception):  # noqa: N818  (says what failed, and nothing of what it read)
    """A statement failed. Names the kind of fault and the first words of the statement, never a value."""


class Tables:
    """Tables in memory behind one connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        """Work with `connection`; pipes lie in `folder`."""
        self._connection = connection
        self._folder = folder

    @contextmanager
    def apart(self) -> Iterator["Tables"]:
        """Yield another connection to the same tables, for one other thread: statements of both run at the same time.

        What is temporary, as most macros are, has to be defined on it once more. The thread ends before the block does.
        """
        with closing(self._connection.cursor()) as connection:
            yield Tables(connection, self._folder)

    def run(self, statement: str, parameters: Parameters | None = None) -> None:
        """Carry out a statement."""
        self._execute(self._connection, statement, parameters)

    #: As a plain connection calls it: for those who define macros (households.identity).
    execute = run

    def rows(self, statement: str, parameters: Parameters | None = None) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query, some thousands read at a time; other statements may run meanwhile."""
        with closing(self._connection.cursor()) as apart:
            result = self._execute(apart, statement, parameters)
            while some := _quietly(statement, lambda: result.fetchmany(_ROWS_AT_ONCE)):
                yield from some

    def all(self, statement: str, parameters: Parameters | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a query that has few."""
        return list(self.rows(statement, parameters))

    def one(self, statement: str, parameters: Parameters | None = None) -> Any:
        """Return the first value of a query that has one row."""
        return self.all(statement, parameters)[0][0]

    def load(self, table: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Make `table` of `columns` (name → type) and fill it with `rows`, through a pipe; empty texts are null.

        Whatever `rows` raises goes to the caller.
        """
        names = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
        options = "delim = ',', quote = '\"', escape = '\"', new_line = '\\r\\n'"
        written = {"mode": "w", "encoding": "utf-8", "errors": "replace", "newline": ""}
        with self._piped(table, f"columns = {{{names}}}, {options}", **written) as sink:
            csv.writer(sink).writerows(rows)

    def load_lines(self, table: str, pieces: Iterable[bytes]) -> None:
        """Make `table` of the one column `text`, a row for each line of `pieces`, through a pipe; empty ones are null.

        Pieces are UTF-8 and end behind a line feed; no line may hold the character U+0001.
        """
        options = "columns = {'text': 'VARCHAR'}, delim = '\\x01', quote = '', escape = '', new_line = '\\n'"
        with self._piped(table, options, mode="wb", buffering=0) as sink:
            for piece in pieces:
                _write_whole(sink, piece)

    def load_cells(
        self,
        table: str,
        names: Sequence[str],
        pieces: Iterable[bytes],
        delimiter: str,
        *,
        query: Callable[[str], str] = "SELECT * FROM {}".format,
    ) -> bool:
        """Make `table` of texts `names`, a row for each line of `pieces`, and say whether that could be done.

        It cannot where a line has another number of cells than there are names (one more that is empty does no harm) or
        is longer than LONGEST_LINE. Empty cells are null, lines without anything are left out, quotation marks mean
        nothing. `query` returns the query of the table, given what it reads. Pieces are as those of `load_lines`; they
        go through memory that looks like a file, which both processors read, where a machine has such.
        """
        if not hasattr(os, "memfd_create"):
            return False
        columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in names)
        with _in_memory(self._folder / f"{table}.lines", pieces) as path:
            source = (
                f"read_csv({quoted(path)}, columns = {{{columns}}}, delim = {quoted(delimiter)}, "
                "quote = '', escape = '', new_line = '\\n', header = false, auto_detect = false, "
                f"max_line_size = {LONGEST_LINE}, buffer_size = {_BUFFER})"
            )
            try:
                self.run(f"CREATE TABLE {table} AS {query(source)}")
            except TablesFault:
                return False
        return True

    def load_copied(self, table: str, columns: Mapping[str, str], write: Callable[[BinaryIO], None]) -> None:
        """Make `table` of `columns` and fill it with what `write` writes: a COPY … (FORMAT csv) of PostgreSQL."""
        names = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
        options = "delim = ',', quote = '\"', escape = '\"', new_line = '\\n'"
        with self._piped(table, f"columns = {{{names}}}, {options}", mode="wb") as sink:
            write(sink)

    @contextmanager
    def _piped(self, table: str, options: str, **written: Any) -> Iterator[Any]:
        """Make `table` of what is written into the yielded pipe, opened as `written`; others may run statements."""
        pipe = self._folder / f"{table}.pipe"
        os.mkfifo(pipe, 0o600)
        faults: list[BaseException] = []
        writing = threading.Event()
        statement = (
            f"CREATE TABLE {table} AS SELECT * FROM read_csv($pipe, {options}, header = false, "  # noqa: S608
            "auto_detect = false, parallel = false, max_line_size = 4194304, buffer_size = 16777216)"
        )

        def take() -> None:
            try:
                with closing(self._connection.cursor()) as apart:
                    self._execute(apart, statement, {"pipe": str(pipe)})
            except BaseException as fault:  # told to the caller below
                faults.append(fault)
                end = os.open(
                    pipe, os.O_RDONLY | os.O_NONBLOCK
                )  # opening to write waits for somebody who reads …
                writing.wait()  # … and may begin only now
                os.close(end)

        taker = threading.Thread(target=take, daemon=True)
        taker.start()
        try:
            with pipe.open(**written) as sink:
                writing.set()
                yield sink
        except BrokenPipeError:
            if not faults:
                taker.join()
        finally:
            writing.set()
            taker.join()
            pipe.unlink()
        if faults:
            raise faults[0]

    @staticmethod
    def _execute(
        connection: duckdb.DuckDBPyConnection, statement: str, parameters: Parameters | None
    ) -> duckdb.DuckDBPyConnection:
        return _quietly(statement, lambda: connection.execute(statement, parameters or None))


@contextmanager
def opened(*, macros: Iterable[str] = ("values",), folders: Sequence[Path] = ()) -> Iterator[Tables]:
    """Open a database in memory for one piece of work, with the macros of `sql/`.

    It may read and write files in `folders` and nowhere else.
    """
    folder = Path(tempfile.mkdtemp(prefix="tables-", dir=_home()))
    try:
        connection = _quietly("open", lambda: duckdb.connect(":memory:", config=_config(folder)))
        try:
            tables = Tables(connection, folder)
            for setting in _settings(folder, folders):
                tables.run(setting)
            for name in macros:
                tables.run((_SQL / f"{name}.sql").read_text(encoding="utf-8"))
            yield tables
        finally:
            connection.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _config(folder: Path) -> dict[str, Any]:
    """Return what can only be said when a connection is opened."""
    return {
        "threads": THREADS,
        "memory_limit": MEMORY,
        "temp_directory": str(folder / "spilled"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_community_extensions": False,
    }


@contextmanager
def _in_memory(path: Path, pieces: Iterable[bytes]) -> Iterator[Path]:
    """Yield `path`, under which a file of `pieces` is read that lies in memory alone."""
    held = os.memfd_create(path.name)
    try:
        with open(held, "wb", buffering=0, closefd=False) as sink:
            for piece in pieces:
                _write_whole(sink, piece)
        path.symlink_to(f"/proc/self/fd/{held}")
        yield path
    finally:
        os.close(held)
        path.unlink(missing_ok=True)


def _write_whole(sink: RawIOBase, piece: bytes) -> None:
    """Write all of it, however much is taken at a time."""
    rest = memoryview(piece)
    while rest:
        rest = rest[sink.write(rest) :]


def quoted(text: object) -> str:
    """Return a text or a path as a literal of SQL, for the places where nothing can be bound."""
    return "'" + str(text).replace("'", "''") + "'"


def _settings(folder: Path, folders: Sequence[Path]) -> Iterator[str]:
    """Yield what closes the doors of a new connection; the last one keeps them closed."""
    yield f"SET allowed_directories = [{', '.join(map(quoted, (folder, *folders)))}]"
    # The wheel's own AES makes its keys and nonces from a generator that is not of cryptographic quality, and asks
    # to be told that one knows (docs/decisions/0014-reading-tables.md); the files live as long as the work.
    yield "SET force_mbedtls_unsafe = 'true'"
    yield "SET temp_file_encryption = true"
    yield "SET enable_external_access = false"
    yield "SET enable_progress_bar = false"
    yield "SET lock_configuration = true"


def _home() -> Path:
    """Return the private folder of all such work, without what killed processes left a day ago."""
    home: Path = settings.VAR / "tables"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = time.time() - _STRAY_AFTER_SECONDS
    for left in untouched_since(home.iterdir(), before):
        remove(left)
    return home


def _quietly(statement: str, act: Callable[[], T]) -> T:
    """Do it, and say that it failed without DuckDB's words: they quote what it read. No cause is kept either."""
    try:
        return act()
    except duckdb.Error as fault:
        kind = type(fault).__name__
    raise TablesFault(f"{kind} in: {' '.join(statement.split())[:80]}")
