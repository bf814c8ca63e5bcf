"""What the timetable rings for exists, and runs."""

import pytest
from celery import current_app
from celery.schedules import crontab
from django.conf import settings

from foundation.accounts.composition import parts

TASKS = sorted({entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()})


@pytest.fixture(scope="module")
def registered() -> set[str]:
    """The names of the tasks that a worker of the platform knows."""
    current_app.loader.import_default_modules()
    return set(current_app.tasks)


@pytest.mark.parametrize("task", TASKS)
def test_every_task_of_the_timetable_is_known_to_the_workers(task: str, registered: set[str]) -> None:
    assert task in registered


def test_the_night_tidies_files_and_closes_loans() -> None:
    nightly = {
        entry["task"]
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
        if isinstance(entry["schedule"], crontab) and len(entry["schedule"].hour) == 1
    }
    assert {"foundation.files.tasks.tidy_files", "foundation.accounts.tasks.close_loans"} <= nightly


@pytest.mark.django_db
@pytest.mark.parametrize("task", TASKS)
def test_every_task_runs_where_there_is_nothing_to_do(task: str, registered: set[str]) -> None:
    current_app.tasks[task].apply(throw=True)


def test_the_next_day_of_the_demonstration_does_the_same() -> None:
    assert {f"{work.__module__}.{work.__name__}" for work in parts("NEXT_DAY")} >= {
        "foundation.accounts.loans.night_work",
        "foundation.files.retention.night_work",
    }
