"""Ask for an act on many alerts: write down which, in which version; few are done at once, many by a job."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.utils.translation import gettext as _

from alerts.bulk.acts import CAN_BE_UNDONE, RIGHTS, Wanted
from alerts.bulk.doing import do
from alerts.models import BulkAct, BulkItem
from alerts.querysets import AlertQuerySet
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.jobs import asking
from foundation.ledger.record import Act, record

JOB = "act_on_alerts"
#: So many are done while the asker waits; more are long work.
AT_ONCE = 100
#: One act names at most so many.
MOST = 50_000
_CHOOSE = "INSERT INTO alerts_bulkitem (bulk_id, alert_id, version, result, why, before) "
_COLUMNS = "SELECT %s, chosen.id, chosen.version, '', '', '{{}}' FROM ({rows}) AS chosen (id, version)"


@dataclass(frozen=True, slots=True)
class Asked:
    """An act, what it is given, why, and from which view its alerts were chosen (in words that name nobody)."""

    kind: str
    wanted: Wanted = field(default_factory=Wanted)
    reason: str = ""
    filters: str = ""


@transaction.atomic
def ask(
    rows: AlertQuerySet, asked: Asked, *, by: User, seen: Mapping[int, int] | None = None, ring: bool = True
) -> BulkAct:
    """Ask for an act on the alerts of a view, which begins at `visible_to(by)`.

    `seen` are single ones with the version that the asker saw; without it, all of the view as it stands now.
    """
    area = _area_of(asked.kind, by)
    bulk = BulkAct(
        kind=asked.kind, wanted=asked.wanted.plain(), reason=asked.reason.strip(), filters=asked.filters[:1000],
        area_id=area, by=by, asked_on=clock.today(),
    )  # fmt: skip
    bulk.save()
    chosen = rows if seen is None else rows.filter(pk__in=list(seen))
    count = _choose(bulk, chosen)
    for key, version in (seen or {}).items():
        BulkItem.objects.filter(bulk=bulk, alert=key).update(version=version)
    return _begin(bulk, count, ring=ring)


@transaction.atomic
def undo(bulk: BulkAct, *, by: User, ring: bool = True) -> BulkAct:
    """Ask that an act is taken back on every alert on which nobody has gone on since."""
    if bulk.kind not in CAN_BE_UNDONE or bulk.undoes_id is not None:
        raise Refused(_("This act cannot be taken back."))
    if BulkAct.objects.filter(undoes=bulk).exists():
        raise Refused(_("This act has been taken back already."))
    if bulk.items.waiting().exists():
        raise Refused(_("This act is still under way: stop it first, or wait for its end."))
    made = BulkAct(kind=bulk.kind, undoes=bulk, wanted=bulk.wanted, reason=bulk.reason, filters=bulk.filters,
                   area_id=_area_of(bulk.kind, by), by=by, asked_on=clock.today())  # fmt: skip
    made.save()
    done = bulk.items.filter(result=BulkItem.Result.DONE).order_by("pk")
    rows = [
        BulkItem(bulk=made, alert_id=item.alert_id, version=item.left or 0, before=item.before)
        for item in done
    ]
    BulkItem.objects.bulk_create(rows, batch_size=2_000)
    return _begin(made, len(rows), ring=ring)


def _begin(bulk: BulkAct, count: int, *, ring: bool) -> BulkAct:
    if not count:
        raise Refused(_("No warning is chosen: tick some, or take the whole view."))
    if count > MOST:
        raise Refused(
            _("One act names at most %(most)s warnings: set filters until fewer are left.")
            % {"most": f"{MOST:,}"}
        )
    _note(bulk, count)
    if count <= AT_ONCE:
        do(bulk, list(bulk.items.select_related("alert__household").order_by("pk")))
        return bulk
    job = asking.enqueue(JOB, {"bulk": bulk.pk}, by=bulk.by, area=bulk.area_id, ring=ring)
    bulk.job = job.uuid
    bulk.save(update_fields=["job"])
    return bulk


def _choose(bulk: BulkAct, rows: AlertQuerySet) -> int:
    """Write down the alerts of a view as the act finds them; one statement whatever their number."""
    wanted = rows.order_by().prefetch_related(None).values_list("pk", "version")[: MOST + 1]
    try:
        statement, values = wanted.query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_CHOOSE + _COLUMNS.format(rows=statement), [bulk.pk, *values])
        return int(cursor.rowcount)


def _area_of(kind: str, by: User) -> str:
    """Return the area in which somebody acts: the first in which they hold a right of the act; refuse who has none."""
    rights: tuple[Right, ...] = RIGHTS[kind]
    areas = sorted(area for right in rights for area in prefixes(by, right))
    if not areas:
        by.authority(rights[0], "")
    return areas[0]


def _note(bulk: BulkAct, count: int) -> None:
    held = [right for right in RIGHTS[bulk.kind] if bulk.by.holds(right, bulk.area_id)]
    details = {"act": bulk.kind, "alerts": count, "filters": bulk.filters, "undoes": bulk.undoes_id}
    act = Act(
        "alert.bulk_asked", "alerts.bulkact", str(bulk.pk), bulk.asked_on, bulk.asked_on, area=bulk.area_id,
        details=details | bulk.wanted, personal={"reason": bulk.reason} if bulk.reason else {},
    )  # fmt: skip
    record(act, by=bulk.by.authority(held[0], bulk.area_id))


def versions_of(rows: AlertQuerySet) -> dict[int, int]:
    """Return keys and versions of alerts as somebody sees them now."""
    return dict(rows.order_by("pk").values_list("pk", "version"))
