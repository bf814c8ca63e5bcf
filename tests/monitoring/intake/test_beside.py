"""Taking a file in several blocks, while the whole index comes over beside it: one answer, whole or not at all."""

import io
import threading
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.tables import blocks, lines
from foundation.tables.duck import TablesFault
from households.identity.keeping import keep
from households.models import Identity
from households.register.importing import import_register
from monitoring.intake import archive, rejects, subjects
from monitoring.intake.taking import take
from monitoring.models import Batch, Delivery
from tests.households.register.files import csv_of as register_of
from tests.households.register.files import row as person
from tests.monitoring.intake.files import counting, csv_of, handed_in, number, row, taken

ROWS = [row(结算流水号=str(n), person=n % 7 + 1) for n in range(30)]


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One for each time that the whole index came over."""
    plain = subjects._copy_everybody
    times: list[int] = []

    def counted(*arguments: Any) -> None:
        times.append(1)
        plain(*arguments)

    monkeypatch.setattr(subjects, "_copy_everybody", counted)
    return times


def in_blocks(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Let blocks have some lines more than `size`, which are read in pieces as small."""
    monkeypatch.setattr(blocks, "BLOCK", size)
    monkeypatch.setattr(lines, "_BYTES_AT_ONCE", 100)


def sized(monkeypatch: pytest.MonkeyPatch, everybody: int) -> None:
    """Let the index have so many numbers, as PostgreSQL has counted them."""
    monkeypatch.setattr(subjects, "_size_of_index", lambda: everybody)


@pytest.mark.parametrize(("everybody", "times"), [(0, 1), (85, 1), (100, 0), (7_000_000, 0)])
def test_the_whole_index_comes_over_beside_a_file_that_is_large_against_it(
    monkeypatch: pytest.MonkeyPatch, xian: User, copies: list[int], everybody: int, times: int
) -> None:
    import_register(register_of([person(1), person(2, name="单白露", relation="配偶")]), by=xian)
    sized(monkeypatch, everybody)
    done = taken(xian, *ROWS)
    assert (len(copies), done.rows_accepted) == (times, 30)
    assert (done.matched, done.unmatched) == (10, 20)
    assert len({subject for (subject,) in counting("medical_settlement", "subject")}) == 7


def test_blocks_give_what_one_block_gives(monkeypatch: pytest.MonkeyPatch, xian: User) -> None:
    faulty = [row(结算流水号="x", 身份证号="123"), row(结算流水号="y", 结算日期="明天")]
    said = [*ROWS, ROWS[3], *faulty, row(结算流水号="2", 个人自付="8"), *ROWS[:2]]
    keep(Identity.Kind.ID_NUMBER, [number(person) for person in range(1, 8)])
    names = ("rows_read", "rows_accepted", "rows_rejected", "rejects", "matched", "unmatched", "corrections")
    answers = []
    for size in (500_000, 4):
        in_blocks(monkeypatch, size)
        with transaction.atomic():
            done = taken(xian, *said)
            refused = [(each.line, each.cells, each.faults) for each in rejects.rows(done, by=xian)]
            answers.append(({name: getattr(done, name) for name in names}, refused, archived(done)))
            transaction.set_rollback(True)
    assert answers[0] == answers[1]
    counts, refused, rows = answers[0]
    assert (counts["rows_read"], counts["rows_accepted"], len(rows), len(refused)) == (36, 31, 31, 5)
    assert counts["rejects"] == {"duplicate_row": 3, "id_length": 1, "date_invalid": 1}
    assert counts["corrections"] == 1


def archived(delivery: Delivery) -> list[tuple[Any, ...]]:
    """The rows of a delivery in the archive, in the order of the file."""
    with archive.opened() as tables:
        view = archive.every_row(tables, delivery.dataset, [Batch.objects.get(delivery=delivery)])
        return tables.all(f"SELECT * EXCLUDE (delivery, receipt) FROM {view} ORDER BY seq")


def test_rows_said_twice_are_rejected_with_their_cells_as_they_were_sent(xian: User) -> None:
    """Their cells are those of rows beyond doubt, of which the batch keeps values alone."""
    twin = row(结算流水号="T", 医疗总费用="0048210.0", 个人自付="0")
    done = taken(xian, *ROWS, twin, row(结算流水号="z", 身份证号="12*4"), twin)
    found = {each.line: each for each in rejects.rows(done, by=xian)}
    assert sorted(found) == [33, 34]
    assert {name: cell for name, cell in found[34].cells.items() if cell} == twin
    assert found[33].cells["身份证号"] == "12*4"
    assert [reason for _column, reason in found[33].faults] == ["id_masked"]


def test_a_fault_in_the_thread_leaves_nothing_and_the_delivery_can_be_taken(
    monkeypatch: pytest.MonkeyPatch, xian: User
) -> None:
    def failing(tables: Any, _column: str, cursor: Any) -> None:
        cursor.copy_expert("COPY (SELECT 1) TO STDOUT", io.BytesIO())
        raise TablesFault("IOException in: CREATE TABLE everybody")

    sized(monkeypatch, 10)
    waiting = handed_in(xian, *ROWS).delivery
    with monkeypatch.context() as broken:
        broken.setattr(subjects, "_copy_everybody", failing)
        with pytest.raises(TablesFault):
            take(waiting, by=xian)
    nothing_was_taken(waiting)
    assert take(waiting, by=xian).rows_accepted == 30


def test_whoever_cancels_while_the_index_comes_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, xian: User, copies: list[int]
) -> None:
    class Cancelled(Exception):  # noqa: N818
        pass

    def stop() -> None:
        assert Delivery.objects.count() == 1  # a query of the main thread, while the other one copies
        raise Cancelled

    sized(monkeypatch, 10)
    waiting = handed_in(xian, *ROWS).delivery
    with pytest.raises(Cancelled):
        take(waiting, by=xian, go_on=stop)
    assert copies == [1]
    nothing_was_taken(waiting)
    assert take(waiting, by=xian).rows_accepted == 30


def test_whoever_cancels_between_two_blocks_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, xian: User
) -> None:
    class Cancelled(Exception):  # noqa: N818
        pass

    times: list[str] = []

    def stop() -> None:
        times.append(threading.current_thread().name)
        if len(times) == 3:
            raise Cancelled

    in_blocks(monkeypatch, 4)
    waiting = handed_in(xian, *ROWS).delivery
    before = threading.active_count()
    with pytest.raises(Cancelled):
        take(waiting, by=xian, go_on=stop)
    assert set(times) == {threading.current_thread().name}
    assert threading.active_count() == before
    nothing_was_taken(waiting)
    assert take(waiting, by=xian).rows_accepted == 30


def test_a_fault_while_the_next_block_is_read_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, xian: User
) -> None:
    plain = blocks.taken_apart

    def failing(*arguments: Any) -> int:
        if arguments[4].begins > 6:
            raise TablesFault("IOException in: CREATE TABLE incoming_a_line")
        return plain(*arguments)

    in_blocks(monkeypatch, 4)
    waiting = handed_in(xian, *ROWS).delivery
    with monkeypatch.context() as broken:
        broken.setattr(blocks, "taken_apart", failing)
        with pytest.raises(TablesFault):
            take(waiting, by=xian)
    nothing_was_taken(waiting)
    assert take(waiting, by=xian).rows_accepted == 30


@pytest.mark.parametrize("everybody", [10, 10_000_000])
def test_a_new_number_has_one_subject_in_every_block(
    monkeypatch: pytest.MonkeyPatch, xian: User, everybody: int
) -> None:
    """Whether the whole index came over or PostgreSQL was asked, and though a block names it twice."""
    in_blocks(monkeypatch, 9)
    sized(monkeypatch, everybody)
    done = taken(xian, *ROWS)
    assert (done.rows_accepted, done.unmatched, Identity.objects.count()) == (30, 30, 7)
    subjects_of = {
        (int(number) % 7, subject)
        for number, subject in counting("medical_settlement", "结算流水号", "subject")
    }
    assert len(subjects_of) == 7


def test_a_file_that_cannot_be_read_is_refused_though_the_index_is_on_its_way(
    monkeypatch: pytest.MonkeyPatch, xian: User
) -> None:
    sized(monkeypatch, 1)
    file = csv_of([{"没有这一列": "1"}] * 30)
    waiting = handed_in(xian, file=file).delivery
    with pytest.raises(Refused):
        take(waiting, by=xian)
    nothing_was_taken(waiting)


def nothing_was_taken(delivery: Delivery) -> None:
    """The delivery still waits, and neither number nor batch nor draft is left."""
    delivery.refresh_from_db()
    assert (delivery.state, delivery.rows_read) == ("received", None)
    assert not Batch.objects.exists()
    assert not Identity.objects.exists()
    assert list(settings.ARCHIVE_INCOMING.iterdir()) == []
