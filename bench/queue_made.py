"""Alerts for bench/queue.py: households of one county, one open alert each with its signal, history, entry in the
record and path, as a run opens them; in every township somebody who is told of what is dispatched to it."""

import datetime
import random

from django.db import connection, transaction
from django.db.models import Max

from alerts.models import Alert, Signal
from alerts.verification.path import begin
from foundation.accounts.models import Area, Posting, User
from foundation.accounts.roles import Level, Right, Role
from foundation.tables.copying import insert_many
from foundation.workflow.move import create_many
from households.models import Household, Revision

COUNTY = "999977"
DAY = datetime.date(2026, 11, 4)
TOWNSHIPS, VILLAGES = 20, 10
LOGIN = "bench_queue"
_AT_ONCE = 50_000
_FILLED = (
    "alerts_alert", "alerts_signal", "households_household", "workflow_passage", "workflow_course", "ledger_entry"
)  # fmt: skip


def keeper() -> User:
    """Return the dispatcher of the county, made where there is none."""
    return _posted(LOGIN, Role.COUNTY_DISPATCHER, COUNTY)


def _posted(login: str, role: Role, area: str) -> User:
    made, fresh = User.objects.get_or_create(username=login, defaults={"name": "量测"})
    if fresh:
        Posting.objects.create(user=made, role=role, area_id=area, from_day=DAY.replace(month=1))
    return made


def fill(size: int) -> None:
    """Bring the county to so many open alerts; those that are there stay."""
    villages = _areas()
    keeper()
    there = Alert.objects.filter(county=COUNTY).count()
    chance = random.Random(there)
    while there < size:
        some = min(_AT_ONCE, size - there)
        with transaction.atomic():
            _some(there, some, villages, chance)
        there += some
    with connection.cursor() as cursor:
        for table in _FILLED:
            cursor.execute(f"ANALYZE {table}")


def _areas() -> list[str]:
    codes = [(COUNTY, "量测县")]
    for township in range(1, TOWNSHIPS + 1):
        above = f"{COUNTY}{township:03d}"
        codes.append((above, f"量测镇{township}"))
        codes += [(f"{above}{village:03d}", f"量测村{village}") for village in range(1, VILLAGES + 1)]
    for code, name in codes:
        Area.objects.get_or_create(code=code, defaults={"name": name, "level": len(code)})
        if len(code) == Level.TOWNSHIP:
            _posted(f"{LOGIN}_{code}", Role.TOWNSHIP_VERIFIER, code)
    return [code for code, _name in codes if len(code) == 12]


def _some(first: int, count: int, villages: list[str], chance: random.Random) -> None:
    by = User.objects.built_in("system")
    act = Revision.objects.create(kind="hand", by=by, as_of=DAY, entered_on=DAY)
    where = [villages[(first + number) % len(villages)] for number in range(count)]
    homes = [
        Household(code=f"QB{first + number:08d}", area_id=area, source=act.kind, source_day=DAY, revision=act)
        for number, area in enumerate(where)
    ]
    insert_many(homes)
    alerts = []
    for home in homes:
        points = chance.randint(10, 200)
        alerts.append(
            Alert(
                household=home, area_id=home.area_id, opened_on=DAY, priority=points,
                band=str(1 + points // 70), channels=["visit"], themes=["illness"], standards=[],
                parts=[{"code": "cause", "points": points}], first_clue_on=DAY, step_due_on=DAY, total_due_on=DAY,
            )
        )  # fmt: skip
    create_many(alerts, by=by, actor=by.authority(Right.DISPATCH_ALERTS, COUNTY))
    begin(alerts)
    insert_many(
        [
            Signal(alert=alert, channel="visit", event_kind="illness", day=DAY, attached_on=DAY, cause="-",
                   text="住院，自付较多", by=by)
            for alert in alerts
        ]
    )  # fmt: skip


def newest() -> int:
    """Return the largest key of an alert of the county."""
    return Alert.objects.filter(county=COUNTY).aggregate(newest=Max("pk"))["newest"] or 0
