"""The bare side of bench/queue.py: the SQL that a page, a count and a move cannot do without, written by hand.

Of a move: every fact that a promise of the product asks for, read once, and every row that one asks to be written.
Values of regulations stand in the memory of the process on both sides, so that only their marks are read.
"""

import uuid
from typing import Any

from django.db import connection, transaction

from alerts.lifecycle import OPEN
from alerts.models import Alert
from bench.queue_made import COUNTY
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.ledger.models import Entry

_THERE = "alert.county = %(county)s AND alert.state = ANY (%(open)s)"
_PAGE = (
    "SELECT alert.*, household.*, area.*, visitor.* FROM alerts_alert AS alert "
    "JOIN households_household AS household ON household.id = alert.household_id "
    "JOIN accounts_area AS area ON area.code = alert.area_id "
    "LEFT JOIN accounts_user AS visitor ON visitor.id = alert.visitor_id WHERE " + _THERE
)
_ORDER = " ORDER BY alert.priority DESC, alert.id LIMIT 51"
_COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM alerts_alert AS alert WHERE "
    + _THERE
    + "{more} LIMIT 1001) AS counted"
)
_HEADS = (
    "SELECT resident.* FROM households_resident AS resident WHERE relation = '01' AND left_on IS NULL "
    "AND household_id IN (SELECT household_id FROM alerts_alert AS alert WHERE " + _THERE + _ORDER + ")"
)
#: The next rows beyond a cursor, each part from one range of the index.
_NEXT = "(SELECT alert.id FROM alerts_alert AS alert WHERE " + _THERE + " AND {beyond}" + _ORDER + ")"
_BEYOND = (
    " AND alert.id IN (SELECT id FROM ("
    + _NEXT.format(beyond="alert.priority = %(priority)s AND alert.id > %(after)s")
    + " UNION ALL "
    + _NEXT.format(beyond="alert.priority < %(priority)s")
    + ") AS beyond LIMIT 51)"
)

_MOVE = (
    # Business day and law in force: a demonstration pins its day, and values of an area change with a document.
    """
    SELECT (SELECT pinned_day FROM accounts_installation), array_agg(mark ORDER BY name) FROM regulations_revision
    """,
    # Rights come from postings and from those one stands in for, as they are today.
    """
    SELECT role, area_id FROM accounts_posting
    WHERE user_id = %(person)s AND withdrawn_on IS NULL
      AND from_day <= %(day)s AND (until_day IS NULL OR until_day >= %(day)s)
    UNION ALL
    SELECT held.role, held.area_id FROM accounts_standin AS stand_in
    JOIN accounts_posting AS held ON held.id = stand_in.posting_id
    WHERE stand_in.substitute_id = %(person)s AND stand_in.withdrawn_on IS NULL AND held.withdrawn_on IS NULL
      AND stand_in.from_day <= %(day)s AND stand_in.until_day >= %(day)s
      AND held.from_day <= %(day)s AND (held.until_day IS NULL OR held.until_day >= %(day)s)
    """,
    # The warning and its household as the person sees them; nobody acts on their own or their kin's household.
    """
    SELECT alert.*, household.*, EXISTS (
        SELECT 1 FROM accounts_kin AS kin
        WHERE kin.user_id = %(person)s AND kin.household = household.code AND kin.withdrawn_on IS NULL
    )
    FROM alerts_alert AS alert JOIN households_household AS household ON household.id = alert.household_id
    WHERE alert.id = %(alert)s
    """,
    # Who made the step before (maker is never checker), how often it came back (rounds), when its clocks stood still.
    """
    SELECT verb, by_id, from_state, to_state, happened_on FROM workflow_passage
    WHERE model = 'alerts.alert' AND object_id = %(key)s ORDER BY id
    """,
    # The path that was frozen when the warning was opened, and which of its steps were taken: what must wait its turn.
    """
    SELECT course.id, path.steps, taken.step, taken.ending FROM workflow_course AS course
    JOIN workflow_path AS path ON path.id = course.path_id
    LEFT JOIN workflow_coursestep AS taken ON taken.course_id = course.id
    WHERE course.model = 'alerts.alert' AND course.object_id = %(key)s ORDER BY taken.id
    """,
    # Two at the same moment end in exactly one; the last days of the step and of the whole change with the state.
    """
    UPDATE alerts_alert
    SET state = 'dispatched', version = version + 1, step_due_on = %(due)s, total_due_on = %(due)s
    WHERE id = %(alert)s AND version = %(version)s AND state = 'raised'
    """,
    # Every act is an entry in the record, in the same transaction.
    """
    INSERT INTO ledger_entry (uuid, recorded_at, happened_on, entered_on, actor, role, area, verb, object_type,
                              object_id, body)
    VALUES (%(entry)s, now(), %(day)s, %(day)s, 'staff:1', 'county_dispatcher', %(area)s, 'alert.dispatch',
            'alerts.alert', %(key)s, %(body)s)
    """,
    # Its searchable twin: the history that the page shows, and the next check of who made this step.
    """
    INSERT INTO workflow_passage (model, object_id, verb, from_state, to_state, round, by_id, role, reason, happened_on,
                                  entered_on, entry)
    VALUES ('alerts.alert', %(key)s, 'dispatch', 'raised', 'dispatched', 1, %(person)s, 'county_dispatcher', '',
            %(day)s, %(day)s, %(entry)s)
    """,
    # The step of the path is taken: what waits for it may begin, and it is not taken twice.
    """
    INSERT INTO workflow_coursestep (course_id, step, ending, reason, by_id, "on")
    SELECT id, 'dispatch', 'done', '', %(person)s, %(day)s FROM workflow_course
    WHERE model = 'alerts.alert' AND object_id = %(key)s
    """,
    # The township is told: whoever has the post today or stands in, one notice each that counts up until it is read.
    """
    WITH duty AS (
        SELECT held.id, held.user_id FROM accounts_posting AS held
        JOIN accounts_user AS holder ON holder.id = held.user_id
        WHERE held.area_id = ANY (%(areas)s) AND held.role = 'township_verifier' AND held.withdrawn_on IS NULL
          AND held.from_day <= %(day)s AND (held.until_day IS NULL OR held.until_day >= %(day)s) AND holder.is_active
    ), told AS (
        SELECT user_id FROM duty UNION
        SELECT stand_in.substitute_id FROM accounts_standin AS stand_in JOIN duty ON duty.id = stand_in.posting_id
        WHERE stand_in.withdrawn_on IS NULL AND stand_in.from_day <= %(day)s AND stand_in.until_day >= %(day)s
    )
    INSERT INTO inbox_notice (recipient_id, kind, "group", place, count, day, first_at, last_at)
    SELECT person.id, 'alerts_dispatched', %(township)s, '/alerts/?state=dispatched', 1, %(day)s, now(), now()
    FROM accounts_user AS person WHERE person.id IN (SELECT user_id FROM told)
      AND person.is_active AND NOT person.is_built_in
    ON CONFLICT (recipient_id, kind, "group") WHERE read_at IS NULL
    DO UPDATE SET count = inbox_notice.count + 1, last_at = now(), day = excluded.day, digested_on = NULL
    RETURNING recipient_id
    """,
    # Who wants to hear of it outside at once does.
    """
    SELECT user_id, outside FROM inbox_preference WHERE kind = 'alerts_dispatched' AND user_id = ANY (%(told)s)
    """,
)  # fmt: skip
#: The bare statements by what is asked.
BARE: dict[str, tuple[str, ...]] = {
    "first page": (_PAGE + _ORDER, _HEADS, _COUNT.format(more="")),
    "page 500": (_PAGE + _BEYOND + _ORDER, _HEADS, _COUNT.format(more="")),
    "filtered count": (_COUNT.format(more=" AND alert.band = '2'"),),
    "one move": _MOVE,
}


def values(one: Alert, person: User, at_page_500: Alert) -> dict[str, Any]:
    """Return everything that the statements name: the row to move, who moves it, and where page 500 begins."""
    told = User.objects.get(username=f"{person.username}_{one.township}")
    raised = Entry.objects.get(object_type="alerts.alert", object_id=str(one.pk))
    return {
        "county": COUNTY, "open": list(OPEN), "priority": at_page_500.priority, "after": at_page_500.pk,
        "alert": one.pk, "key": str(one.pk), "version": one.version, "area": one.area_id, "township": one.township,
        "areas": [one.area_id[:length] for length in (2, 4, 6, 9)], "person": person.pk, "day": clock.today(),
        "due": clock.today(), "entry": str(uuid.uuid4()), "body": bytes(raised.body), "told": [told.pk],
    }  # fmt: skip


def ask(name: str, said: dict[str, Any]) -> None:
    """Run the bare statements of one question, and undo what they wrote."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in BARE[name]:
            cursor.execute(statement, said)
            if cursor.description:
                cursor.fetchall()
        transaction.set_rollback(True)
