"""The door to DuckDB: nothing of what it reads gets out of it but by asking."""

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from foundation.tables import duck
from foundation.tables.columns import LOST_DIGITS

NUMBER = "999901199001011230"


def test_a_fault_never_quotes_what_was_read() -> None:
    with duck.opened() as tables:
        tables.load("people", {"number": "VARCHAR"}, [[NUMBER]])
        with pytest.raises(duck.TablesFault) as told:
            tables.all("SELECT number::DATE FROM people")
    fault: BaseException | None = told.value
    while fault is not None:
        assert NUMBER not in str(fault)
        fault = fault.__context__


def test_a_row_that_does_not_fit_its_columns_is_a_fault_without_its_words() -> None:
    with duck.opened() as tables, pytest.raises(duck.TablesFault) as told:
        tables.load("people", {"seq": "BIGINT"}, [[NUMBER + "x"]])
    assert NUMBER not in str(told.value)


def test_whatever_the_rows_raise_reaches_the_caller() -> None:
    def rows() -> object:
        yield ["1"]
        raise KeyError("rows")

    with duck.opened() as tables, pytest.raises(KeyError):
        tables.load("people", {"seq": "BIGINT"}, rows())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/x.csv'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "ATTACH '/tmp/x.db'",
    ],
)
def test_no_file_no_extension_no_network(statement: str) -> None:
    with duck.opened() as tables, pytest.raises(duck.TablesFault):
        tables.run(statement)


def test_texts_with_every_odd_sign_come_through() -> None:
    odd = ['a,"b"\r\nc', "‘’“”", "\\N", "NULL", " ", "é😀", "a\rb", "a\nb", '"', "''"]
    with duck.opened() as tables:
        tables.load("odd", {"seq": "BIGINT", "said": "VARCHAR"}, enumerate(odd))
        assert [said for _seq, said in tables.all("SELECT * FROM odd ORDER BY seq")] == odd


def test_what_does_not_fit_into_memory_is_spilled_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duck, "MEMORY", "150MB")
    mark, spilled = "999901199001011230", 0
    with override_settings(VAR=tmp_path), duck.opened() as tables:
        tables.load(
            "many", {"seq": "BIGINT", "said": "VARCHAR"}, ((n, f"{mark}{n:012d}" * 8) for n in range(300_000))
        )
        for folder, _folders, names in os.walk(tmp_path):
            for name in names:
                content = (Path(folder) / name).read_bytes()
                spilled += len(content)
                assert mark.encode() not in content
        assert tables.one("SELECT count(DISTINCT said) FROM many") == 300_000
    assert spilled > 0
    assert not list((tmp_path / "tables").iterdir())


VALUES = {
    "plain_of": [("Ｈ １２\u3000３\u200b", "H123"), (" ", None), (f"{LOST_DIGITS}12", "12"), ("农村低保", "农村低保")],
    "tidy_of": [("  青石  镇\n石桥 ", "青石 镇石桥"), ("-", None), ("单白露", "单白露"), ("a\u200bb", "ab")],
    "digits_of": [
        ("1,234.50", "1234.50"),
        ("￥1234.5", "1234.5"),
        ("1234.50元", "1234.50"),
        ("１２３", "123"),
        ("-", None),
        ("", None),
        ("12,34", "12,34"),
        ("-5", "-5"),
    ],
    "day_of": [
        *((text, "2026-10-05") for text in ("2026-10-05", "2026/10/5", "2026.10.05", "20261005", "2026年10月5日")),
        ("46300", "2026-10-05"),
        ("２０２６－１０－０５", "2026-10-05"),
        ("2026-10-05 00:00:00", "2026-10-05"),
        ("2026-13-01", None),
        ("2026-02-29", None),
        ("明天", None),
        ("", None),
    ],
    "month_of": [
        *((text, "2026-10-01") for text in ("202610", "2026-10", "2026年10月", "2026/10/31", "20261005")),
        ("202613", None),
        ("2026", None),
    ],
    "is_amount": [("1,234.50", "true"), ("abc", "false"), ("1.2.3", "false"), ("", "true"), ("12,34", "false")],
    "is_formula": [
        ("=1+1", "true"), ("＝cmd", "true"), ("@SUM(1)", "true"), ("+cmd|", "true"), ("-cmd", "true"),
        ("-12.5", "false"), ("+86138", "false"), ("-", "false"), ("<script>x", "true"), ("甲=乙", "false"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("macro", "cell", "said"), [(m, *case) for m, cases in VALUES.items() for case in cases]
)
def test_cells_are_understood_however_they_are_written(macro: str, cell: str, said: str | None) -> None:
    with duck.opened() as tables:
        found = tables.one(f"SELECT {macro}($cell)::VARCHAR", {"cell": cell or None})
    assert found == said


@pytest.mark.timeout(30)
def test_a_table_that_cannot_be_made_keeps_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one who writes is late: DuckDB has refused before the pipe was opened to be written."""
    plain = Path.open

    def late(path: Path, *arguments: Any, **named: Any) -> Any:
        time.sleep(0.5 if path.suffix == ".pipe" else 0)
        return plain(path, *arguments, **named)

    with duck.opened() as tables:
        tables.load("people", {"seq": "BIGINT"}, [["1"]])
        monkeypatch.setattr(Path, "open", late)
        with pytest.raises(duck.TablesFault):
            tables.load("people", {"seq": "BIGINT"}, ([str(number)] for number in range(100_000)))
        assert tables.one("SELECT count(*) FROM people") == 1
