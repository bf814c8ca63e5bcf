"""The ledger: what is written stays as it was, and hides what is personal."""

import datetime
import hashlib
from typing import Any

import psycopg2
import pytest
import rfc8785
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from foundation.ledger.models import Entry, Opening
from foundation.ledger.record import Act, Actor, canonical, read_body, record, record_many

DAY = datetime.date(2026, 11, 4)
CLERK = Actor("staff:7", "county_dispatcher", "999901")


def an_act(**changes: Any) -> Act:
    fields: dict[str, Any] = {
        "verb": "test.done",
        "object_type": "thing",
        "object_id": "1",
        "happened_on": DAY,
        "entered_on": DAY,
    }
    return Act(**fields | changes)


@pytest.mark.django_db
def test_an_entry_holds_canonical_bytes_of_what_its_columns_say() -> None:
    entry = record(an_act(details={"sum": 3, "b": [1, 2]}), by=CLERK)
    entry.refresh_from_db()
    body = read_body(entry)
    assert bytes(entry.body) == canonical(body)
    assert body["actor"] == "staff:7"
    assert body["area"] == entry.area == "999901"
    assert body["happened_on"] == "2026-11-04"
    assert body["commitment"] is None


@pytest.mark.django_db
def test_personal_values_are_committed_to_and_never_written() -> None:
    entry = record(an_act(personal={"name": "沈立夏"}), by=CLERK)
    opening = entry.opening
    expected = hashlib.sha256(b"\x02" + bytes(opening.salt) + bytes(opening.content)).hexdigest()
    assert read_body(entry)["commitment"] == expected
    assert "沈立夏".encode() not in bytes(entry.body)


@pytest.mark.django_db
def test_erasing_the_opening_leaves_the_entry_valid() -> None:
    entry = record(an_act(personal={"name": "沈立夏"}), by=CLERK)
    entry.opening.delete()
    again = Entry.objects.get(pk=entry.pk)
    assert canonical(read_body(again)) == bytes(again.body)


@pytest.mark.django_db
def test_many_acts_take_a_few_statements(django_assert_num_queries: Any) -> None:
    acts = [an_act(object_id=str(n)) for n in range(500)]
    with django_assert_num_queries(2):  # keys, COPY
        entries = record_many(acts, by=CLERK)
    assert len({entry.uuid for entry in entries}) == 500
    stored = Entry.objects.in_bulk([entry.pk for entry in entries])
    assert all(bytes(stored[entry.pk].body) == entry.body for entry in entries)


@pytest.mark.django_db
def test_of_many_acts_each_keeps_its_own_opening() -> None:
    acts = [an_act(personal={"name": name} if name else {}) for name in ("沈立夏", "", "顾\t惊\\蛰")]
    first, second, third = record_many(acts, by=CLERK)
    assert b"\xe6\xb2\x88" in bytes(Entry.objects.get(pk=first.pk).opening.content)
    assert not Opening.objects.filter(entry=second.pk).exists()
    assert bytes(Opening.objects.get(entry=third.pk).content) == canonical({"name": "顾\t惊\\蛰"})


WORDS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.one_of(
        WORDS,
        st.integers(-(2**53) + 1, 2**53 - 1),
        st.none(),
        st.booleans(),
        st.floats(allow_nan=False, allow_infinity=False),
    ),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(WORDS, inner)),
)


@given(VALUES)
def test_bodies_are_canonical_by_the_letter_of_the_standard(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET verb = 'x'",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only",
        "SET session_replication_role = replica",
        "SELECT * FROM ledger_entry FOR UPDATE",
        "DROP TABLE ledger_entry",
    ],
)
def test_the_app_role_cannot_change_the_record(statement: str) -> None:
    record(an_act(), by=CLERK)
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(statement)
    assert Entry.objects.filter(verb="test.done").count() == 1


def test_the_owner_is_stopped_by_the_trigger(own_database: str, owner_connection: Any) -> None:
    record(an_act(), by=CLERK)
    owner = owner_connection(own_database)
    for statement in (
        "UPDATE ledger_entry SET verb = 'x'",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry CASCADE",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="append-only"):
            owner.cursor().execute(statement)


def test_the_owner_may_place_an_entry_in_the_log_once(own_database: str, owner_connection: Any) -> None:
    entry = record(an_act(), by=CLERK)
    owner = owner_connection(own_database)
    owner.cursor().execute("UPDATE ledger_entry SET leaf_index = 0 WHERE id = %s", (entry.pk,))
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        owner.cursor().execute("UPDATE ledger_entry SET leaf_index = 1 WHERE id = %s", (entry.pk,))
