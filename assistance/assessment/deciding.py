"""Decide about the assessed households of a batch: township review and county decision. In the caller's transaction."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from assistance.assessment.moved import follow, moved_many
from assistance.models import AssessedHousehold, CaseBatch, CaseBatchItem, NoticeItem
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request

Kind = CaseBatch.Kind
#: Verb of a batch, by its kind. Nothing of an assessment is announced: what was decided is carried out.
VERBS = {Kind.REVIEW: "review", Kind.APPROVAL: "decide"}


def decide_assessed(batch: CaseBatch, items: Sequence[CaseBatchItem]) -> dict[int, Refused]:
    """Move the households of some lines, in the versions that were chosen; return who stays out, by key of line."""
    rows: list[AssessedHousehold] = []
    line_of: dict[int, int] = {}
    for item in items:
        if item.assessed is not None:
            item.assessed.version = item.version
            rows.append(item.assessed)
            line_of[item.assessed.pk] = item.pk
    early = _too_early(batch, rows)
    rows = [row for row in rows if row.pk not in early]
    asked = Request(
        VERBS[Kind(batch.kind)], on=batch.on, reason=batch.note, given={"batch": batch.pk},
        details={"batch": batch.pk},
    )  # fmt: skip
    results, moved = moved_many(rows, asked, by=batch.by) if rows else ([], [])
    follow(moved, by=batch.by)
    refused = {each.key: each.refusal for each in results if each.refusal is not None}
    return {line_of[key]: why for key, why in (early | refused).items()}


def _too_early(batch: CaseBatch, rows: Sequence[AssessedHousehold]) -> dict[int, Refused]:
    """Refuse whose paper bears a day on which the step before was not over: the notice, or the township's review."""
    keys = [row.pk for row in rows]
    if batch.kind == Kind.REVIEW:
        lines = NoticeItem.objects.filter(assessed__in=keys, ended_on__isnull=False, until__gte=batch.on)
        hung = dict(lines.order_by("pk").values_list("assessed", "until"))
        return {
            key: Refused(_("Its notice hangs until the end of %(day)s.") % {"day": day}, field="on")
            for key, day in hung.items()
        }
    papers = CaseBatchItem.objects.done().filter(
        assessed__in=keys, batch__kind=Kind.REVIEW, batch__on__gt=batch.on
    )
    reviewed = dict(papers.order_by("pk").values_list("assessed", "batch__on"))
    return {
        key: Refused(
            _("The township reviewed it on %(day)s: choose that day or a later one.") % {"day": day},
            field="on",
        )
        for key, day in reviewed.items()
    }
