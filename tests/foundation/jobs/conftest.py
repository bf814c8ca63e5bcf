"""A person who may ask for the work of these tests, in a database of the test's own."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.jobs import asking
from foundation.jobs.models import Job
from tests.foundation.jobs import faults
from tests.people import COUNTY, make_areas, make_people


@pytest.fixture(autouse=True)
def _kinds_of_these_tests(settings) -> Iterator[None]:
    settings.COMPOSITION = "tests.foundation.jobs.composition"
    settings.JOB_BACKOFF_SECONDS = 0.01
    settings.CELERY_BROKER_URL = "memory://"
    parts.cache_clear()
    faults.AT.clear()
    yield
    parts.cache_clear()


@pytest.fixture(autouse=True)
def rings(monkeypatch) -> list[str]:
    """The doorbells that rang, instead of a broker; tests of the doorbell itself ask for a real one."""
    rung: list[str] = []

    def ring(job, times=1):
        rung.extend([str(job)] * min(times, 8))
        return True

    monkeypatch.setattr("foundation.jobs.doorbell.ring", ring)
    return rung


@pytest.fixture
def staff(own_database) -> dict[str, User]:
    """Everybody of tests/people.py, committed."""
    return make_people(make_areas())


@pytest.fixture
def asker(staff) -> User:
    """The system administrator of the county, who may manage areas."""
    return staff["xitong"]


@pytest.fixture
def ask(asker) -> Callable[..., Job]:
    """Ask for a job of `chunks` parts with `size` rows each."""

    def make(kind="count", *, chunks=3, size=10, by=asker, **more) -> Job:
        given = {name: more.pop(name) for name in ("batch", "pause") if name in more}
        return asking.enqueue(kind, {"chunks": chunks, "size": size, **given}, by=by, area=COUNTY, **more)

    return make


@pytest.fixture
def meanwhile() -> Callable[[Callable[[], object]], object]:
    """Do something on another connection, as another process would, and wait for it."""

    def run(act: Callable[[], object]) -> object:
        answers: list[object] = []

        def body() -> None:
            try:
                answers.append(act())
            except Exception as fault:
                answers.append(fault)
            finally:
                connection.close()

        thread = threading.Thread(target=body)
        thread.start()
        thread.join(30)
        return answers[0]

    return run
