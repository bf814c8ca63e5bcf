"""Parquet files are put one behind the other without being read, and hold the same rows as before."""

from itertools import pairwise
from pathlib import Path

import pytest

from foundation.tables import duck, parquet, thrift
from foundation.tables.duck import Tables, quoted

ROWS = """SELECT n, CASE WHEN n % 7 > 0 THEN uuid() END AS subject, 'name ' || n % 90 AS name,
    CAST(n * 1.5 AS DECIMAL(15, 2)) AS paid, DATE '2026-01-01' + CAST(n % 300 AS INTEGER) AS day, n % 2 = 0 AS yes
    FROM range({}, {}) AS made (n)"""


def made(tables: Tables, path: Path, first: int, end: int, rows: str = ROWS) -> Path:
    tables.run(f"COPY ({rows.format(first, end)}) TO {quoted(path)} (FORMAT parquet, ROW_GROUP_SIZE 2048)")
    return path


@pytest.mark.parametrize("ends", [[5000, 9000], [3, 4, 4, 5], [0, 10], [10, 10], [0, 0], [40_000, 80_000]])
def test_the_whole_holds_what_its_parts_hold(tmp_path: Path, ends: list[int]) -> None:
    with duck.opened(folders=[tmp_path]) as tables:
        whole = made(tables, tmp_path / "whole", 0, ends[0])
        tables.run(f"CREATE TABLE rows AS SELECT * FROM read_parquet({quoted(whole)})")
        for first, end in pairwise(ends):
            part = made(tables, tmp_path / f"part{end}", first, end)
            tables.run(f"INSERT INTO rows SELECT * FROM read_parquet({quoted(part)})")
            parquet.append(whole, part)
        read = f"read_parquet({quoted(whole)}, file_row_number = true)"
        assert tables.all(
            f"SELECT * EXCLUDE file_row_number FROM {read} ORDER BY file_row_number"
        ) == tables.all("SELECT * FROM rows ORDER BY n")
        # Asked by what the footer knows of each row group: least, greatest, and which texts may stand in it.
        for asked in ("n = 4", "name = 'name 17'", "day > DATE '2026-10-20'", "subject IS NULL"):
            found = f"SELECT count(*) FROM {{}} WHERE {asked}"
            assert tables.one(found.format(read)) == tables.one(found.format("rows"))


def test_files_of_other_columns_stay_as_they_are(tmp_path: Path) -> None:
    with duck.opened(folders=[tmp_path]) as tables:
        whole = made(tables, tmp_path / "whole", 0, 10)
        other = made(
            tables, tmp_path / "other", 0, 10, "SELECT n::INTEGER AS n FROM range({}, {}) AS made (n)"
        )
    before = whole.read_bytes()
    with pytest.raises(parquet.NotAlike):
        parquet.append(whole, other)
    (tmp_path / "cut").write_bytes(before[:-1])
    with pytest.raises(parquet.NotAlike):
        parquet.append(whole, tmp_path / "cut")
    assert whole.read_bytes() == before


def test_a_footer_is_written_as_it_was_read(tmp_path: Path) -> None:
    with duck.opened(folders=[tmp_path]) as tables:
        content = made(tables, tmp_path / "whole", 0, 50_000).read_bytes()
    footer = content[-8 - int.from_bytes(content[-8:-4], "little") : -8]
    assert thrift.written(thrift.read_struct(footer)) == footer
    for broken in (footer[:-1], footer + b"\0", b""):
        with pytest.raises(thrift.NoThrift):
            thrift.read_struct(broken)


def test_every_kind_of_value_is_written_as_it_was_read() -> None:
    struct: thrift.Struct = {
        1: (thrift.TRUE, True), 2: (thrift.FALSE, False), 20: (thrift.I64, -(2**62)), 21: (thrift.BYTE, 200),
        40: (thrift.BINARY, b"x" * 300), 41: (thrift.DOUBLE, b"12345678"), 3: (thrift.I16, -1),
        42: (thrift.LIST, thrift.Items(thrift.TRUE, [True, False] * 9)),
        43: (thrift.SET, thrift.Items(thrift.STRUCT, [{1: (thrift.I32, 7)}, {}])),
    }  # fmt: skip
    assert thrift.read_struct(thrift.written(struct)) == struct
