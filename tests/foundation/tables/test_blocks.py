"""Reading block by block gives what reading at once gives, whatever somebody has written into the file."""

import io
import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.tables import blocks, duck, lines
from foundation.tables.columns import Column, TableColumns, UnreadableTable
from foundation.tables.reading import Read, read_table

COLUMNS = TableColumns(
    (Column("号码", "number", required=True), Column("姓名", "name", required=True), Column("备注", "note")),
    key="number",
)
FIELDS = "line, sheet, fault, surplus, number, name, note"
HEADER = "号码,姓名,备注"
#: Pieces of which ugly lines are made.
PIECES = st.sampled_from(
    ["1", "23", "沈立夏", ",", ",,", " ", '"', '""', '"a,b"', "\r", "\n", "\r\n", "合计", "小 计", "\ufffd", "\0",
     "\x01", "　", "９", "x" * 50, "\t", "-", "\ufdd0"]
)  # fmt: skip
UGLY = st.lists(PIECES, max_size=60).map("".join)
ORDINARY = st.lists(
    st.sampled_from(["1,沈立夏,a", "2,单白露,", '3,"何,冬至",b', ",,", "合计,,3", "4,a,b,c", "5", "6,x,y,"])
)


def at_once(content: bytes) -> tuple[list[tuple[Any, ...]], Read]:
    with duck.opened() as tables:
        read = read_table(tables, io.BytesIO(content), COLUMNS, into="incoming")
        return tables.all(f"SELECT {FIELDS} FROM incoming ORDER BY seq"), read


#: Worked out while a block is read: the second speaks of the first, and of a field that files may not have.
BESIDE = ({"long": "length(name)"}, {"said": "concat(number, long + 1, note)"})


def by_blocks(content: bytes) -> tuple[list[tuple[Any, ...]], Read]:
    found: list[tuple[Any, ...]] = []
    read = Read()
    with duck.opened() as tables:
        for rows in blocks.read_blocks(
            tables, io.BytesIO(content), COLUMNS, read, into="incoming", beside=BESIDE
        ):
            some = tables.all(f"SELECT {FIELDS} FROM incoming ORDER BY seq")
            assert len(some) == rows
            beside = "said IS DISTINCT FROM concat(number, length(name) + 1, note)"
            assert tables.one(f"SELECT count(*) FROM incoming WHERE {beside}") == 0
            found += some
    return found, read


def same(content: bytes) -> None:
    rows, read = at_once(content)
    others, again = by_blocks(content)
    assert others == rows
    assert (again.rows_read, again.columns_dropped) == (read.rows_read, read.columns_dropped)


@pytest.fixture(params=[3, 500_000])
def block(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a few lines, which are read in pieces as small, and blocks that hold the whole file."""
    monkeypatch.setattr(blocks, "BLOCK", request.param)
    if request.param == 3:
        monkeypatch.setattr(lines, "_BYTES_AT_ONCE", 40)


@pytest.mark.usefixtures("block")
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(UGLY)
def test_ugly_lines_are_read_alike(text: str) -> None:
    same(f"{HEADER}\n1,甲,\n{text}".encode())


@pytest.mark.usefixtures("block")
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    ORDINARY, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
)
def test_ordinary_lines_are_read_alike_in_every_encoding(some: list[str], end: str, encoding: str) -> None:
    same(end.join(["一个标题", HEADER, *some]).encode(encoding))


@pytest.mark.usefixtures("block")
def test_a_header_of_several_lines_is_read_alike() -> None:
    same(
        '"号\n码",姓名,"备\r\n注",别的\n1,甲,"a\r\nb",c\n\n2,乙,"x""y",d\n3,丙,"never closed\n4,丁,,\n'.encode()
    )


@pytest.mark.parametrize("last", ['2,"乙', "2,乙", '2,"乙"', '2,"乙\r\n丙', "2,乙,\r", '"2', "2,乙\r"])
def test_a_last_line_without_an_end_is_read_alike(last: str) -> None:
    same(f"{HEADER}\n1,甲,\n{last}".encode())


@pytest.mark.parametrize("end", ["", "4,丁,x,,\n", "4\n", "\n4,丁,x,\n", ",,,\n", "4,丁,x,y\r\n5,戊,,\r\n"])
def test_lines_of_other_widths_and_empty_ones_are_read_alike(end: str) -> None:
    same(("号码,别的,姓名,另外\n1,,甲,a\n,,合计,\n合计,,,\n" + end + "3,,丙,c").encode())


def test_long_lines_are_read_alike() -> None:
    same(f"{HEADER}\n1,甲,\n2,{'长' * 30_000},b\n3,丙,{'y' * 250_000}\n".encode())


def test_many_lines_keep_their_places_though_several_read_them() -> None:
    many = "".join(f"{n},{'名' * (n % 90)},{n % 7}\n" for n in range(2, 120_000))
    with duck.opened() as tables:
        for _rows in blocks.read_blocks(
            tables, io.BytesIO(f"{HEADER}\n{many}".encode()), COLUMNS, Read(), into="incoming"
        ):
            assert tables.one("SELECT count(*) FROM incoming WHERE line <> CAST(number AS BIGINT)") == 0
            assert tables.one("SELECT count(*) FROM incoming_a_line") == tables.one(
                "SELECT count(*) FROM incoming"
            )


NINE = f"{HEADER}\n" + "".join(f"{n},甲,\n" for n in range(2, 11))
Made = Callable[..., int]


@pytest.fixture
def of_three(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Made], Made]], None]:
    """Let blocks have three lines, and be made by what is given, which is given how they are made."""
    monkeypatch.setattr(blocks, "BLOCK", 3)
    monkeypatch.setattr(lines, "_BYTES_AT_ONCE", 6)

    def replaced(by: Callable[[Made], Made]) -> None:
        monkeypatch.setattr(blocks, "taken_apart", by(blocks.taken_apart))

    return replaced


def test_a_block_stays_while_the_next_one_is_made(of_three: Callable[..., None]) -> None:
    made = threading.Semaphore(0)

    def told(plain: Made) -> Made:
        def act(*arguments: Any) -> int:
            rows = plain(*arguments)
            made.release()
            return rows

        return act

    of_three(told)
    found, read = [], Read()
    with duck.opened() as tables:
        some = blocks.read_blocks(tables, io.BytesIO(NINE.encode()), COLUMNS, read, into="incoming")
        for place, _rows in enumerate(some):
            for _time in range((2, 1, 0)[place]):
                assert made.acquire(timeout=60)  # the block itself, at first, and the next one
            found.append([number for (number,) in tables.all("SELECT number FROM incoming ORDER BY seq")])
            assert read.rows_read == 3 * (place + 1)
    assert found == [["2", "3", "4"], ["5", "6", "7"], ["8", "9", "10"]]


def test_what_goes_wrong_in_the_thread_comes_out_where_its_block_is_wanted(
    of_three: Callable[..., None],
) -> None:
    def failing(plain: Made) -> Made:
        def act(*arguments: Any) -> int:
            if arguments[4].begins == 5:
                raise KeyError("the second block")
            return plain(*arguments)

        return act

    of_three(failing)
    with duck.opened() as tables:
        some = blocks.read_blocks(tables, io.BytesIO(NINE.encode()), COLUMNS, Read(), into="incoming")
        assert next(some) == tables.one("SELECT count(*) FROM incoming") == 3
        with pytest.raises(KeyError, match="the second block"):
            next(some)


def test_whoever_stops_in_the_middle_waits_for_the_thread(of_three: Callable[..., None]) -> None:
    ended: list[int] = []

    def slowly(plain: Made) -> Made:
        def act(*arguments: Any) -> int:
            rows = plain(*arguments)
            time.sleep(0.3)
            ended.append(arguments[4].begins)
            return rows

        return act

    of_three(slowly)
    with duck.opened() as tables:
        some = blocks.read_blocks(tables, io.BytesIO(NINE.encode()), COLUMNS, Read(), into="incoming")
        with closing(some):
            assert next(some) == 3
        assert ended == [2, 5]


def test_a_machine_without_files_in_memory_reads_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("os.memfd_create", raising=False)
    same(f"{HEADER}\n1,甲,\n,,\n合计,,\n2,乙,c\n".encode())


def test_bytes_that_are_no_characters_are_read_alike() -> None:
    same(f"{HEADER}\n1,甲,".encode() + b"\xff\xfe" + "\n2,乙,c\n".encode())


def test_a_file_without_rows_is_one_empty_block() -> None:
    assert by_blocks(f"{HEADER}\n".encode())[0] == []


def test_a_file_without_lines_is_refused() -> None:
    with pytest.raises(UnreadableTable):
        by_blocks(f"{HEADER}\n".encode() + b"x" * 5_000_000)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_the_size_of_a_text_says_about_how_many_rows_it_has(encoding: str) -> None:
    many = [f"{n},{'名' * (n % 9)},b" for n in range(60_000)]
    file = io.BytesIO("\n".join([HEADER, *many]).encode(encoding))
    file.seek(77)
    assert blocks.about_rows(file) == pytest.approx(60_000, rel=0.1)
    assert file.tell() == 0


@pytest.mark.parametrize("head", [b"", b"PK\x03\x04" + b"\n" * 500, b"\xd0\xcf\x11\xe0" + b"\n" * 500])
def test_nobody_knows_the_rows_of_what_is_packed_by_its_size(head: bytes) -> None:
    assert blocks.about_rows(io.BytesIO(head)) == 0
