"""Whether the record is guarded and as written: what is wrong is found, told to the auditors, and told to watchers."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from config import timetable
from foundation.accounts.models import User
from foundation.desk import record_check, tasks
from foundation.inbox.models import Notice
from foundation.ledger import checking, gauges
from foundation.ledger.models import Entry
from foundation.ledger.record import Act, Actor, canonical, read_body, record

DAY = datetime.date(2026, 11, 4)


OTHER = "0193b5a8-0000-7000-8000-00000000000f"


def written(**changes: Any) -> Entry:
    """Write an entry, and beside it a sound twin whose columns or bytes somebody has changed since."""
    made = record(
        Act("test.done", "thing", "1", DAY, DAY, details={"sum": 3}), by=Actor("staff:7", "xian", "999901")
    )
    made.refresh_from_db()
    fields = {each.attname: getattr(made, each.attname) for each in Entry._meta.concrete_fields}
    body = canonical(read_body(made) | {"id": OTHER})
    body = changes.pop("bytes", bytes)(body)
    return Entry.objects.create(**fields | {"id": None, "uuid": OTHER, "body": body} | changes)


def last_days() -> list[int]:
    return list(checking.spoiled(timezone.now() - datetime.timedelta(days=8)))


@pytest.mark.django_db
def test_what_was_written_is_sound() -> None:
    written()
    for details in ({"小": "汉字", "n": 2**40, "f": 1.5}, {}):
        record(Act("test.done", "thing", "1", DAY, DAY, details=details), by=Actor("staff:7"))
    assert last_days() == []
    assert checking.guards() == {"change": True, "emptying": True}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"verb": "test.other"}, {"actor": "staff:8"}, {"area": "999902"}, {"happened_on": DAY + datetime.timedelta(1)},
        {"object_id": "2"}, {"recorded_at": timezone.now()}, {"role": "cun"}, {"bytes": lambda _body: b"{"},
        {"bytes": lambda body: body + b" "}, {"bytes": lambda body: body.replace(b"staff:7", b"staff:9")},
    ],
)  # fmt: skip
def test_l15_an_entry_that_was_changed_is_found(change: dict[str, Any]) -> None:
    """safety.md L15: columns that say otherwise than the bytes, and bytes that nobody of us wrote."""
    odd = written(**change)
    assert last_days() == [odd.pk]


def test_l15_a_guard_that_was_switched_off_is_told(own_database: str, owner_connection: Any) -> None:
    """safety.md L15: the owner of the database switches a trigger off; night and watchers say so."""
    owner = owner_connection(own_database)
    owner.cursor().execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only")
    owner.cursor().execute("DROP TRIGGER ledger_entry_no_truncate ON ledger_entry")
    assert checking.guards() == {"change": False, "emptying": False}
    told = {each.name: each for each in gauges.entries()}["shouwang_ledger_guard_up"].samples
    assert [(each.labels["kind"], each.value) for each in told] == [("change", 0), ("emptying", 0)]
    owner.cursor().execute("ALTER TABLE ledger_entry ENABLE TRIGGER ledger_entry_append_only")
    assert checking.guards()["change"] is False, "it must fire for replicas too, as it was made"
    assert record_check.check_record() == 2


def test_l15_the_auditors_are_told_once_a_night(people: dict[str, User], caplog: Any) -> None:
    tasks.check_record()
    assert not Notice.objects.filter(kind="record_unsound").exists()
    written(verb="test.other")
    for _time in range(2):
        tasks.check_record()
    assert [
        (each.recipient, each.count, each.place) for each in Notice.objects.filter(kind="record_unsound")
    ] == [(people["shenjiyuan"], 1, "/record/")]
    assert "0 guards are off, 1 entries are not as written" in caplog.text
    assert tasks.check_record.name in {each["task"] for each in timetable.TIMETABLE.values()}
