"""Reported risks are carried from the follow-up to the visit, and back: migration 0310 on rows of the old shape."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import dj_database_url
import pytest
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from alerts.models import Signal
from assistance.followups import keeping
from assistance.models import Case, FollowUp, SeenRisk
from foundation.accounts import clock
from foundation.accounts.migrating import new_models_drawn_alone
from households.visits.writing import record_visit
from tests.assistance.followups.test_follow_ups import owed, purpose
from tests.assistance.followups.test_new_risks import DAY, seen
from tests.assistance.helping.helped import monitored
from tests.people import make_areas, make_people

OLD, NEW = "0300_risks_reported_and_sheets_left", "0310_cases_to_their_end"
#: The follow-ups of whose visit a risk was reported, by the signal; None: nothing was reported.
Kept = dict[int, int | None]


@pytest.fixture
def as_owner(own_database: str) -> Iterator[Callable[[], None]]:
    """Give a way to be the owner of a database of the test's own from then on: migrations are."""
    database = connections["default"].settings_dict
    before = {name: database[name] for name in ("USER", "PASSWORD")}
    owner = dj_database_url.parse(os.environ["DATABASE_OWNER_URL"])

    def become() -> None:
        connection.close()
        database.update({name: owner[name] for name in before})

    yield become
    connection.close()
    database.update(before)


def brought_to(name: str) -> Any:
    """Bring the tables of cases to a migration, forward or back; returns the models as they are then."""
    with new_models_drawn_alone():
        executor = MigrationExecutor(connection)
        target = [("assistance", name)]
        executor.migrate(target)
        return MigrationExecutor(connection).loader.project_state(target).apps


def visited(case: Case, people: dict[str, Any], **answers: str) -> FollowUp:
    """Return the follow-up of a case that a visit has served."""
    keeping.owe([case])
    row = owed(case)
    with clock.at(DAY):
        record_visit(case.household, seen(case, **answers), by=people["cun"], serves=[purpose(row)])
    row.refresh_from_db()
    return row


def test_what_follow_ups_had_reported_is_what_their_visits_reported(as_owner: Callable[[], None]) -> None:
    people = make_people(make_areas())
    kept, calm = (
        visited(monitored(people), people),
        visited(monitored(people), people, risk_seen="none", risk_kind=""),
    )
    typed = visited(monitored(people), people)
    signals = dict(SeenRisk.objects.values_list("visit", "signal"))
    assert set(signals) == {kept.visit_id, typed.visit_id}
    assert Signal.objects.count() == 2
    as_owner()

    SeenRisk.objects.filter(visit=typed.visit_id).delete()
    old = brought_to(OLD).get_model("assistance", "FollowUp").objects
    before: Kept = dict(old.filter(visit__isnull=False).values_list("pk", "signal"))
    assert before == {kept.pk: signals[kept.visit_id], calm.pk: None, typed.pk: None}, "the way back"
    assert "assistance_seenrisk" not in connection.introspection.table_names()

    old.filter(pk=typed.pk).update(signal=signals[typed.visit_id])
    brought_to(NEW)
    assert dict(SeenRisk.objects.values_list("visit", "signal")) == signals
    assert FollowUp.objects.filter(pk__in=before).values_list("visit", flat=True).count() == 3
    columns = connection.introspection.get_table_description(connection.cursor(), FollowUp._meta.db_table)
    assert "signal_id" not in {column.name for column in columns}
