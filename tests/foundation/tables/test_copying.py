"""Rows written by COPY, or few of them in one INSERT, are the rows that Django would have written."""

import datetime
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection

from alerts.models import Alert
from foundation.accounts.models import User
from foundation.ledger.models import Entry
from foundation.tables import copying
from foundation.tables.copying import copy_into, insert_many
from foundation.workflow.models import Passage
from tests.households.families import make_household

DAY = datetime.date(2026, 11, 4)
WORDS = ["plain", "", "tab\tand line\nand return\r", "back\\slash \\N", '"quoted", {braced}', "守望 \u2028"]


def a_passage(by: User, reason: str) -> Passage:
    return Passage(
        model="made.up", object_id="1", verb="go", to_state="there", by=by, role="platform", reason=reason,
        happened_on=DAY, entered_on=DAY, entry=uuid.uuid4(),
    )  # fmt: skip


#: Few rows go in one INSERT, more of them by COPY.
either_way = pytest.mark.parametrize("times", [1, 11], ids=["insert", "copy"])


def stored(rows: list[Any]) -> list[dict[str, Any]]:
    """Return what the database holds of rows, in their order, without their keys and ids."""
    kind = type(rows[0])
    return [
        {name: value for name, value in row.items() if name not in ("id", "entry", "uuid")}
        for row in kind.objects.filter(pk__in=[each.pk for each in rows]).order_by("pk").values()
    ]


@pytest.mark.django_db
@either_way
def test_every_word_arrives_as_it_was(times: int) -> None:
    by = User.objects.built_in("system")
    words = WORDS * times
    ours, theirs = ([a_passage(by, word) for word in words] for _way in range(2))
    insert_many(ours)
    Passage.objects.bulk_create(theirs)
    assert [row.pk for row in ours] == sorted(row.pk for row in ours)
    assert stored(ours) == stored(theirs)
    assert [row["reason"] for row in stored(ours)] == words


@pytest.mark.django_db
@either_way
def test_bytes_and_nulls_arrive_as_they_were(times: int) -> None:
    entries = [
        Entry(
            uuid=uuid.uuid4(), recorded_at=datetime.datetime.now(datetime.UTC), happened_on=DAY, entered_on=DAY,
            actor="a", verb="v", object_type="o", object_id="1", body=bytes(range(256)),
        )
        for _each in range(times)
    ]  # fmt: skip
    insert_many(entries)
    for entry in entries:
        found = Entry.objects.get(pk=entry.pk)
        assert bytes(found.body) == bytes(range(256))
        assert found.leaf_index is None
        assert (found.uuid, found.recorded_at) == (entry.uuid, entry.recorded_at)


@pytest.mark.django_db
@either_way
def test_lists_and_objects_arrive_as_they_were(people: dict[str, User], times: int) -> None:
    home = make_household("YS000001", "沈立夏", by=people["xian"])
    parts = [{"code": word, "points": 3} for word in WORDS]
    alerts = [
        Alert(
            household=home, area_id=home.area_id, opened_on=DAY, state="closed", standards=WORDS, parts=parts
        )
        for _each in range(times)
    ]
    insert_many(alerts)
    for found in Alert.objects.filter(pk__in=[alert.pk for alert in alerts]):
        assert (found.standards, found.parts, found.run_id) == (WORDS, parts, None)
        assert found.county == home.area_id[:6]


@pytest.mark.django_db
def test_rows_go_in_blocks_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "_AT_ONCE", 4)
    by = User.objects.built_in("system")
    rows = [a_passage(by, f"{number % 4} of a block") for number in range(11)]
    insert_many(rows)
    assert [row["reason"] for row in stored(rows)] == [row.reason for row in rows]


@pytest.mark.django_db
def test_what_rows_have_in_common_arrives_in_all_of_them() -> None:
    by = User.objects.built_in("system")
    for word in WORDS:
        rows = [a_passage(by, word) for _each in range(11)]
        insert_many(rows)
        assert {row["reason"] for row in stored(rows)} == {word}


@pytest.mark.django_db
def test_a_row_that_breaks_a_rule_fails_them_all() -> None:
    by = User.objects.built_in("system")
    twice = a_passage(by, "")
    again = a_passage(by, "")
    again.entry = twice.entry
    with pytest.raises(IntegrityError):
        insert_many([twice, again])


@pytest.mark.django_db
def test_a_table_of_a_piece_of_work_is_filled() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE heap (n bigint, word text) ON COMMIT DROP")
        copy_into(cursor, "heap", enumerate([*WORDS, None]))
        cursor.execute("SELECT word FROM heap ORDER BY n")
        assert [word for (word,) in cursor.fetchall()] == [*WORDS, None]
