"""Decide about many cases with one paper: review_many, approve_many, announce_many. Few at once, many by a job.

    batch = approve_many(cases, Paper(on=day, number="防贫办〔2026〕7号"), by=user)

A case that cannot go on stays out with its reason; the rest goes on.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.deciding.doing import OTHERS, do
from assistance.deciding.kinds import RULES, Kind
from assistance.models import AssessedHousehold, Case, CaseBatch, CaseBatchItem, Removal
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.jobs import asking
from foundation.ledger.record import Act, record
from foundation.tables.copying import insert_many
from households.identity.masking import masked_text

JOB = "decide_cases"
#: So many are decided while the asker waits; more are long work.
AT_ONCE = 100
#: One batch names at most so many.
MOST = 20_000


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of a batch: its day, number (批复文号), where it is posted, and the opinion in words."""

    on: datetime.date
    number: str = ""
    place: str = ""
    note: str = ""
    as_computed: bool = False


def review_many(cases: Sequence[Case], paper: Paper, *, by: User, ring: bool = True) -> CaseBatch:
    """Let cases pass the township's review (乡镇审核)."""
    return decide(Kind.REVIEW, cases, paper, by=by, ring=ring)


def approve_many(cases: Sequence[Case], paper: Paper, *, by: User, ring: bool = True) -> CaseBatch:
    """Approve cases with one number and one day (县级审定)."""
    return decide(Kind.APPROVAL, cases, paper, by=by, ring=ring)


def announce_many(cases: Sequence[Case], paper: Paper, *, by: User, ring: bool = True) -> CaseBatch:
    """Announce approved cases (公告): from then on the households are monitored, since the day of the decision."""
    return decide(Kind.ANNOUNCEMENT, cases, paper, by=by, ring=ring)


@transaction.atomic
def decide(
    kind: str,
    cases: Sequence[Case],
    paper: Paper,
    *,
    by: User,
    ring: bool = True,
    removals: Sequence[Removal] = (),
    assessed: Sequence[AssessedHousehold] = (),
) -> CaseBatch:
    """Make a batch of what the asker chose, as the asker saw it, and decide: at once, or by a job where many."""
    versions = {case.pk: case.version for case in cases}
    batch = _made(kind, paper, by)
    insert_many(
        [CaseBatchItem(batch=batch, case_id=key, version=version) for key, version in versions.items()]
    )
    insert_many([_item_of(batch, row) for row in {row.pk: row for row in removals}.values()])
    what = CaseBatchItem.What.ASSESSED
    insert_many(
        [CaseBatchItem(batch=batch, what=what, assessed=row, version=row.version) for row in assessed]
    )
    count = len(versions) + len(removals) + len(assessed)
    _check_count(count)
    _note(batch, {"cases": len(versions), "removals": len(removals), "assessed": len(assessed)})
    if count <= AT_ONCE:
        do(batch, list(batch.items.select_related("case__household", *OTHERS).order_by("pk")))
        return batch
    job = asking.enqueue(JOB, {"batch": batch.pk}, by=by, area=batch.area_id, ring=ring)
    batch.job = job.uuid
    batch.save(update_fields=["job"])
    return batch


def versions_seen(cases: Sequence[Case], seen: Mapping[int, int]) -> list[Case]:
    """Return cases with the versions that somebody saw when choosing them."""
    for case in cases:
        case.version = seen.get(case.pk, case.version)
    return list(cases)


def area_of(right: Right, by: User) -> str:
    """Return the area in which somebody decides: the first in which they hold the right; refuse who has none."""
    areas = sorted(prefixes(by, right))
    if not areas:
        by.authority(right, "")
    return areas[0]


def _made(kind: str, paper: Paper, by: User) -> CaseBatch:
    if kind not in RULES:
        raise ValueError(kind)
    if paper.on > clock.today():
        raise Refused(_("The day lies in the future: enter a day up to today."), field="on")
    if kind == Kind.APPROVAL and not paper.number.strip():
        raise Refused(_("An approval has a number: enter it as it stands on the paper."), field="number")
    if kind == Kind.ANNOUNCEMENT and not paper.place.strip():
        raise Refused(_("Say where the announcement is posted."), field="place")
    batch = CaseBatch(
        kind=kind, area_id=area_of(RULES[kind].right, by), on=paper.on, number=paper.number.strip(),
        place=paper.place.strip(), note=masked_text(paper.note.strip()),
        as_computed=paper.as_computed and kind == Kind.REVIEW, by=by, made_on=clock.today(),
    )  # fmt: skip
    batch.save()
    return batch


def _check_count(count: int) -> None:
    if not count:
        raise Refused(_("No case is chosen: tick some, or take the whole view."))
    if count > MOST:
        raise Refused(
            _("One batch names at most %(most)s cases: set filters until fewer are left.")
            % {"most": f"{MOST:,}"}
        )


def _item_of(batch: CaseBatch, row: Removal) -> CaseBatchItem:
    what = CaseBatchItem.What.REMOVAL
    return CaseBatchItem(batch=batch, case_id=row.case_id, what=what, removal=row, version=row.version)


def _note(batch: CaseBatch, counts: dict[str, int]) -> None:
    others = {name: count for name, count in counts.items() if count}
    details: dict[str, object] = {
        "kind": batch.kind,
        "cases": counts["cases"],
        "number": batch.number,
    } | others
    record(
        Act("case.batch_made", "assistance.casebatch", str(batch.pk), batch.on, batch.made_on, area=batch.area_id,
            details=details),
        by=batch.by.authority(RULES[batch.kind].right, batch.area_id),
    )  # fmt: skip
