"""A COPY in a thread of its own: who asks PostgreSQL meanwhile waits, and faults of either side come out."""

import io
import threading
from typing import Any

import pytest
from django.db import connection, transaction
from psycopg2 import DataError

from foundation.tables import duck
from foundation.tables.beside import copied_beside

pytestmark = pytest.mark.django_db
LONG = "COPY (SELECT n, 'x' || n FROM generate_series(1, 200000) AS made (n)) TO STDOUT (FORMAT csv)"
WRONG = "COPY (SELECT 1 / (5000 - n) FROM generate_series(1, 9000) AS made (n)) TO STDOUT"


def asked(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_a_query_waits_for_the_copying_by_itself() -> None:
    may_go, order = threading.Event(), []

    def copy(cursor: Any) -> None:
        assert may_go.wait(30)
        cursor.copy_expert(LONG, io.BytesIO())
        order.append("copied")

    with copied_beside(copy):
        threading.Timer(0.3, may_go.set).start()
        order.append("begun")
        assert asked("SELECT 7") == 7
        order.append("asked")
    assert order == ["begun", "copied", "asked"]


def test_a_table_comes_over_while_others_are_made() -> None:
    with duck.opened() as tables:

        def copy(cursor: Any) -> None:
            columns = {"n": "BIGINT", "said": "VARCHAR"}
            tables.load_copied("arrived", columns, lambda sink: cursor.copy_expert(LONG, sink))

        with copied_beside(copy) as copied:
            for turn in range(20):
                tables.run(f"CREATE OR REPLACE TABLE other AS SELECT {turn} + range AS n FROM range(100000)")
            copied()
            both = "SELECT count(*) FROM arrived JOIN other USING (n) WHERE said = 'x' || n"
            assert tables.one(both) == 100_000


@pytest.mark.parametrize("way", ["waited", "asked", "left"])
def test_what_the_copying_raises_comes_out_wherever_one_meets_it(way: str) -> None:
    def broken() -> None:
        with (
            transaction.atomic(),
            copied_beside(lambda cursor: cursor.copy_expert(WRONG, io.BytesIO())) as copied,
        ):
            if way == "waited":
                copied()
            if way == "asked":
                asked("SELECT 1")

    with pytest.raises(DataError):
        broken()
    assert asked("SELECT 2") == 2


def test_a_fault_beside_it_waits_for_the_thread_and_comes_out_itself() -> None:
    ended = threading.Event()

    def copy(cursor: Any) -> None:
        cursor.copy_expert(LONG, io.BytesIO())
        ended.set()

    with pytest.raises(ZeroDivisionError), transaction.atomic(), copied_beside(copy):
        raise ZeroDivisionError
    assert ended.is_set()
    assert asked("SELECT 3") == 3


def test_nothing_waits_any_more_afterwards() -> None:
    before = len(connection.execute_wrappers)
    with copied_beside(lambda cursor: cursor.copy_expert(LONG, io.BytesIO())):
        assert len(connection.execute_wrappers) == before + 1
    assert len(connection.execute_wrappers) == before
