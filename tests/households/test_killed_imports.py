"""Kill -9 of the worker, or of PostgreSQL, while an import writes: afterwards everything is there, once.

Somebody keeps the import from ending until it is dead, so that no machine is too fast for the kill.
"""

import csv
import io
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from django.db import connection

from foundation.accounts.models import User
from foundation.desk.imports import hand_in
from foundation.jobs.models import Chunk, Job, State
from foundation.ledger.models import Entry
from households.identity import keeping
from households.models import (
    Household,
    HouseholdEvent,
    Identity,
    Resident,
    ResidentEvent,
    Revision,
    Standing,
    StandingEvent,
    StandingMember,
    Tail,
)
from households.monitored.importing import import_monitored
from households.register.handing_in import hand_in as hand_in_register
from households.register.importing import import_register
from tests.foundation.jobs.ground import Ground, await_that, standing
from tests.households.monitored import files as monitored_files
from tests.households.register.files import csv_of, number, row
from tests.people import VILLAGE, make_areas, make_people

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
HOUSEHOLDS, SIZE = 6_000, 4
PEOPLE = HOUSEHOLDS * SIZE
VICTIMS = ("worker", "postgres")
#: Rows of this table are written by a trigger when the people of a file have been, and before their standings.
WRITTEN_HALFWAY = "households_tail"


@pytest.fixture
def ground(tmp_path_factory, settings, django_db_setup, django_db_blocker) -> Iterator[Ground]:
    """Servers and a scheduler of this test's own; a worker comes later."""
    with django_db_blocker.unblock(), standing(tmp_path_factory.mktemp("k")) as made:
        settings.VAR, settings.KEYS_DIR = made.place.var, made.place.keys
        made.start_scheduler()
        yield made


@pytest.fixture
def clerk(ground: Ground) -> User:
    return make_people(make_areas())["xian"]


def register_file() -> bytes:
    """A register in which every third household is 脱贫户 and every tenth person has dibao."""
    rows = (
        row(
            person % 900 + 1,
            number=number(person % 900 + 1, born=f"{1930 + person // 900}0512"),
            household=f"H{person // SIZE:06d}",
            phone=f"139{person // SIZE:08d}",
            relation=("户主", "配偶", "之子", "之女")[person % SIZE],
            household_type="一般户" if person // SIZE % 3 else "脱贫户",
            dibao="未享受" if person % 10 else "农村低保",
        )
        for person in range(PEOPLE)
    )
    return csv_of(rows).getvalue()


def monitored_file() -> bytes:
    """As many households of the monitored, none of them in the register yet."""
    sink = io.StringIO()
    writer = csv.DictWriter(sink, monitored_files.HEADERS)
    writer.writeheader()
    writer.writerows(monitored_files.counted(HOUSEHOLDS, PEOPLE, count(), 1, [VILLAGE]))
    return sink.getvalue().encode()


def kill_while_it_writes(ground: Ground, job: Job, victim: str) -> None:
    """Let a worker import, kill it (or the database under it) in the middle of the write, and bring it back."""
    with ground.nobody_writes(WRITTEN_HALFWAY):
        ground.start_worker()
        await_that(lambda: waits(ground), 120, "an import that waits with its people written")
        connection.close()
        ground.kill(victim, group=victim == "worker")
    getattr(ground, f"start_{victim}")()
    await_that(lambda: state(job) == State.DONE, 180, f"the end of the import ({job.state})")
    assert Chunk.objects.get(job=job).fence > 1, "it really was interrupted"


def waits(ground: Ground) -> bool:
    found = ground.rows(
        f"SELECT 1 FROM pg_locks WHERE NOT granted AND relation = '{WRITTEN_HALFWAY}'::regclass"
    )
    return bool(found)


def state(job: Job) -> str:
    """State of the job, whether or not the database is there."""
    try:
        job.refresh_from_db()
    except Exception:
        connection.close()
        return ""
    return job.state


def everything() -> dict[str, int]:
    tables = (
        Household, Resident, Identity, Tail, Standing, StandingMember, Revision,
        HouseholdEvent, ResidentEvent, StandingEvent,
    )  # fmt: skip
    return {table.__name__: table._default_manager.count() for table in tables}


def assert_once(job: Job, expected: dict[str, int], verb: str, again: Callable[[], object]) -> None:
    """Everything is there once, opens, is entered once, and is not there twice after the same file again."""
    assert everything() == {**dict.fromkeys(everything(), 0), **expected}
    assert Resident.objects.values("identity").distinct().count() == PEOPLE
    newest = Identity.objects.latest("subject")
    assert keeping.opened(newest.subject, newest.sealed)
    assert Entry.objects.filter(verb=verb).count() == 1
    assert Entry.objects.filter(verb="job.done", object_id=str(job.uuid)).count() == 1
    again()
    assert everything() == {**dict.fromkeys(everything(), 0), **expected, "Revision": 2}


@pytest.mark.parametrize("victim", VICTIMS)
def test_a_register_file_killed_while_it_is_written(ground: Ground, clerk: User, victim: str) -> None:
    file = register_file()
    job = hand_in_register(io.BytesIO(file), by=clerk)
    kill_while_it_writes(ground, job, victim)
    assert job.result["residents_created"] == job.result["rows_accepted"] == PEOPLE
    assert job.result["households_created"] == HOUSEHOLDS
    expected = {
        "Household": HOUSEHOLDS,
        "Resident": PEOPLE,
        "Identity": PEOPLE + HOUSEHOLDS,
        "Tail": PEOPLE,
        "Standing": HOUSEHOLDS // 3 + PEOPLE // 10,
        "Revision": 1,
    }
    assert_once(job, expected, "register.imported", lambda: import_register(io.BytesIO(file), by=clerk))


@pytest.mark.parametrize("victim", VICTIMS)
def test_a_list_of_the_monitored_killed_while_it_is_written(ground: Ground, clerk: User, victim: str) -> None:
    file = monitored_file()
    job = hand_in(io.BytesIO(file), "import_monitored", by=clerk)
    kill_while_it_writes(ground, job, victim)
    assert job.result["residents_created"] == job.result["rows_accepted"] == PEOPLE
    assert job.result["cases_created"] == job.result["households_created"] == HOUSEHOLDS
    expected = {
        "Household": HOUSEHOLDS,
        "Resident": PEOPLE,
        "Identity": PEOPLE,
        "Tail": PEOPLE,
        "Standing": HOUSEHOLDS,
        "StandingMember": PEOPLE,
        "Revision": 1,
    }
    assert_once(job, expected, "monitored.imported", lambda: import_monitored(io.BytesIO(file), by=clerk))
