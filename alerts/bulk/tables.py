"""The list of acts on many alerts, and what became of each alert of one."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from alerts.lifecycle import ALERT
from alerts.models import BulkAct, BulkItem
from alerts.querysets import BulkActQuerySet
from foundation.accounts.models import User
from foundation.desk.columns import Badge
from foundation.desk.tables import Column, Filter, Table
from foundation.jobs.models import Job
from foundation.jobs.selectors import may_know_asker

Result = BulkItem.Result


def counted(rows: BulkActQuerySet) -> QuerySet[Any]:
    """Add how many alerts each act names, how many are done, and how many were not."""
    return rows.select_related("by", "area").annotate(
        named=Count("items"),
        done=Count("items", filter=Q(items__result=Result.DONE)),
        refused=Count("items", filter=Q(items__result=Result.REFUSED)),
    )


def job_of(bulk: BulkAct, user: User) -> Any:
    """Return the job of an act that a reader came to through its door, as its page shows it; None where it is gone."""
    if bulk.job is None:
        return None
    jobs = Job.objects.with_progress().select_related("asked_by")
    return jobs.annotate(asker_shown=may_know_asker(user)).filter(uuid=bulk.job).first()


def acts(user: User) -> Table:
    """Return the list of acts; colleagues are named to who may see them."""
    known = set(User.objects.visible_to(user).values_list("pk", flat=True))
    return Table(
        "bulk_acts",
        title=gettext_lazy("Acts on many warnings"),
        columns=(
            Column("act", pgettext_lazy("bulk", "Act"), lambda row: row.label, "link",
                   url=lambda row: reverse("alerts:bulk_act", args=[row.pk])),
            Column("asked", gettext_lazy("Asked on"), _asked),
            Column("by", gettext_lazy("Asked by"), lambda row: row.by.name if row.by_id in known else ""),
            Column("rule", gettext_lazy("By a rule"), lambda row: _("yes") if row.rule_id else ""),
            Column("named", gettext_lazy("Warnings"), lambda row: row.named, "number"),
            Column("done", pgettext_lazy("bulk", "Done"), lambda row: row.done, "number"),
            Column("refused", pgettext_lazy("bulk", "Not done"), lambda row: row.refused or None, "number"),
        ),
        order=("-pk",),
        empty=gettext_lazy(
            "Nobody has acted on many warnings at once yet. Tick some in the queue, or take a whole view."
        ),
    )  # fmt: skip


def items() -> Table:
    """Return the list of the alerts of one act, those that were not done first."""
    return Table(
        "bulk_items",
        title=gettext_lazy("Result of each warning"),
        columns=(
            Column("household", gettext_lazy("Household number"), lambda row: row.alert.household.code, "link",
                   url=lambda row: reverse("alerts:alert", args=[row.alert_id])),
            Column("result", gettext_lazy("Result"), _badge, "badge"),
            Column("why", gettext_lazy("Why not"), lambda row: row.why),
            Column("state", gettext_lazy("State now"), lambda row: ALERT.states[row.alert.state]),
            Column("village", gettext_lazy("Village"), lambda row: row.alert.area.name),
        ),
        filters=(
            Filter("result", gettext_lazy("Result"), "choice", lambda rows, code: rows.filter(result=_code(code)),
                   lambda _user: [*Result.choices, ("waiting", pgettext_lazy("bulk", "waiting"))]),
        ),
        order=("-result", "pk"),
    )  # fmt: skip


def _asked(row: BulkAct) -> str:
    return timezone.localtime(row.asked_at).strftime("%Y-%m-%d %H:%M")


def _code(chosen: str) -> str:
    return "" if chosen == "waiting" else chosen


def _badge(row: BulkItem) -> Badge:
    tones = {Result.DONE: "done", Result.REFUSED: "overdue"}
    if not row.result:
        return Badge(pgettext_lazy("bulk", "waiting"))
    return Badge(row.get_result_display(), tones[Result(row.result)])  # type: ignore[arg-type]
