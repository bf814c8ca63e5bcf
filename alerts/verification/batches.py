"""Like negatives confirmed as a batch: a drawn share is checked once more, only the rest closes (field.md 2.2).

Which are drawn is worked out from a seed that the ledger keeps, so that anybody can draw again and see that nobody
chose. Households of cadres and their kin are always drawn (field.md 5.8).
"""

import hashlib
import math
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from alerts import selectors
from alerts.models import Alert
from alerts.verification import barriers
from alerts.verification.moved import advance, follow, moved_many
from alerts.verification.visitors import kin_households
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.regulations.book import Resolved
from foundation.regulations.lookup import mark_used, value
from foundation.workflow.move import Request, Result

#: By which way a household is checked once more.
WAYS = ("phone", "visit")


@dataclass(frozen=True, slots=True)
class BatchDone:
    """What became of a batch: keys that closed, keys that are drawn for a second check, and who was refused."""

    closed: tuple[int, ...] = ()
    drawn: tuple[int, ...] = ()
    refused: tuple[Result, ...] = field(default=())


def draw(alerts: Sequence[Alert], share: float, seed: str) -> list[int]:
    """Return the keys that are drawn: every cadre's and their kin's, and of the others the share, at least one."""
    always = kin_households(alerts)
    others = [alert.pk for alert in alerts if alert.pk not in always]
    many = max(1, math.ceil(share * len(others))) if others else 0
    return sorted({*always, *sorted(others, key=lambda key: _lot(seed, key))[:many]})


def share_of(township: str) -> Resolved:
    """Return the share of a batch that a township checks once more."""
    return value("recheck_share", area=township)


@transaction.atomic
def confirm_batch(alerts: Sequence[Alert], by: User, seed: str = "") -> BatchDone:
    """Confirm like negatives of one township together; the drawn share stays open for its second check.

    Each alert is confirmed or refused on its own. `seed` is chosen here; only tests give it.
    """
    ready, refused = _ready(alerts, by)
    if len(ready) < 2:
        raise Refused(
            _("A batch has at least two reports that can be confirmed: decide single ones on their page.")
        )
    if len({alert.reported_outcome for alert in ready}) > 1 or len({alert.township for alert in ready}) > 1:
        raise Refused(_("Only reports of one township with the same outcome are confirmed together."))
    share = share_of(ready[0].township)
    seed = seed or secrets.token_hex(16)
    drawn = set(draw(ready, float(share.amount or 0), seed))
    mark_used(share)
    _note(ready, seed, str(share.amount), sorted(drawn), by)
    kept, kept_refused = _keep([alert for alert in ready if alert.pk in drawn], by)
    closed, closed_refused = _close([alert for alert in ready if alert.pk not in drawn], by)
    return BatchDone(closed, kept, (*refused, *kept_refused, *closed_refused))


@transaction.atomic
def draw_one(alert: Alert, by: User) -> Alert:
    """Decide that one report is checked once more (spot check) before it is judged."""
    barriers.check("draw", alert, by)
    if alert.recheck == Alert.Recheck.DRAWN:
        raise Refused(_("This household is drawn already: enter the second check."))
    return advance(alert, _drawing(), by=by)


@transaction.atomic
def recheck(alert: Alert, holds: bool, note: str, way: str, by: User) -> Alert:
    """Write down what the second check of a drawn alert found, by telephone or at the door."""
    barriers.check("recheck", alert, by)
    if alert.recheck != Alert.Recheck.DRAWN:
        raise Refused(_("This household was not drawn for a second check."))
    if way not in WAYS:
        raise Refused(_("Choose how the household was spoken with."), field="way")
    found = Alert.Recheck.HELD if holds else Alert.Recheck.DIFFERS
    details = {"way": way, "found": found.value}
    return advance(alert, Request("recheck", reason=note, writes={"recheck": found}, details=details), by=by)


def _lot(seed: str, key: int) -> str:
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def _ready(alerts: Sequence[Alert], by: User) -> tuple[list[Alert], list[Result]]:
    """Return which alerts are negatives that can be confirmed by this person now; and the others, each with why."""
    ready: list[Alert] = []
    refused: list[Result] = []
    for alert in alerts:
        try:
            if alert.state != "reported" or alert.opinion != Alert.Opinion.DECLINE:
                raise Refused(_("This is not a report that nobody should be enrolled."))
            if alert.recheck:
                raise Refused(_("This household was drawn for a second check: decide on its page."))
            barriers.check("confirm_batch", alert, by)
        except Refused as sentence:
            refused.append(Result(alert.pk, sentence))
        else:
            ready.append(alert)
    return ready, refused


def _drawing() -> Request:
    return Request("draw", writes={"recheck": Alert.Recheck.DRAWN})


def _keep(alerts: Sequence[Alert], by: User) -> tuple[tuple[int, ...], list[Result]]:
    results, moved = moved_many(alerts, _drawing(), by=by)
    follow(moved, by=by)
    return _sorted_out(results)


def _close(alerts: Sequence[Alert], by: User) -> tuple[tuple[int, ...], list[Result]]:
    """Close the rest, by how long their standards stay quiet."""
    days = {alert.pk: selectors.quiet_until(alert) for alert in alerts}
    results: list[Result] = []
    for until in sorted(set(days.values()), key=str):
        some = [alert for alert in alerts if days[alert.pk] == until]
        given = {"outcome": some[0].reported_outcome}
        writes = given | {"closed_on": clock.today(), "quiet_until": until}
        done, moved = moved_many(
            some, Request("confirm_batch", given=given, writes=writes, details=given), by=by
        )
        follow(moved, by=by)
        results += done
    return _sorted_out(results)


def _sorted_out(results: Sequence[Result]) -> tuple[tuple[int, ...], list[Result]]:
    moved = tuple(result.key for result in results if result.moved)
    return moved, [result for result in results if not result.moved]


def _note(alerts: Sequence[Alert], seed: str, share: str, drawn: Collection[int], by: User) -> None:
    """Write the draw down: from whom, with which seed and share, and who came out."""
    today, township = clock.today(), alerts[0].township
    details = {
        "alerts": sorted(alert.pk for alert in alerts),
        "seed": seed,
        "share": share,
        "drawn": list(drawn),
        "outcome": alerts[0].reported_outcome,
    }
    record(
        Act("alert.batch_drawn", "areas.area", township, today, today, area=township, details=details),
        by=by.authority(Right.REVIEW_VISITS, township),
    )
