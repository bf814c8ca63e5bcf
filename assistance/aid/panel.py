"""Aid on the page of a case: sums by year, every record, and where the departments' lists say something else."""

from typing import Any

from django.urls import reverse
from django.utils.translation import pgettext

from assistance.acts import Act
from assistance.aid import tables, wording
from assistance.aid.rules import may_record
from assistance.aid.settling import asked_again
from assistance.aid.totals import by_year
from assistance.lifecycle import HELD
from assistance.models import AidExplanation, AidGap, AidRecord, Case, Measure
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.roles import Right

#: Measures without a record, and records, that the page of a case names at once; the lists have them all.
_MOST = 60


class AidPanel:
    """The section (assistance.panels.CasePanel)."""

    order = 6
    template = "assistance/aid/_panel.html"
    right = Right.VIEW_CASES
    lent = True

    def context(self, case: Case, user: User) -> dict[str, Any] | None:
        """Return records, sums and differences; nothing before the case is decided where nothing is recorded."""
        rows = list(
            AidRecord.objects.filter(case=case)
            .select_related("resident", "department")
            .order_by("-landed_on", "-pk")
        )
        if case.state not in HELD and not rows:
            return None
        gaps = AidGap.objects.filter(case=case).select_related("resident", "case")
        told = AidExplanation.objects.in_force().filter(case=case).select_related("resident")
        return {
            "case": case,
            "may": may_record(case, user),
            "years": by_year(rows, clock.today()),
            "rows": [line(row) for row in rows[:_MOST]],
            "more": max(len(rows) - _MOST, 0),
            "gaps": [
                (row, tables.side_badge(row), tables.feed_name(row), asked_again(row), wording.months_of(row))
                for row in gaps
            ],
            "told": [(row, tables.feed_name(row), wording.months_of(row)) for row in told],
            "unrecorded": unrecorded(case),
        }


class AidActs:
    """The way to the form (assistance.acts.CaseActs)."""

    def acts(self, case: Case, user: User) -> list[Act]:
        """Return the act of who may record aid of a monitored household."""
        if case.state not in HELD or not may_record(case, user):
            return []
        label = pgettext("aid", "Record aid")
        return [Act("record_aid", label, reverse("cases:record_aid", args=[case.pk]))]


def line(row: AidRecord) -> dict[str, Any]:
    """Return a record as a list of a page shows it."""
    return {
        "row": row,
        "badge": wording.badge(row),
        "given": wording.given(row),
        "span": wording.span(row),
        "payer": wording.payer_of(row),
        "acknowledged": wording.acknowledged(row),
    }


def unrecorded(case: Case) -> list[Measure]:
    """Return the measures of a case that were promised or landed and have no record of aid yet."""
    rows = Measure.objects.filter(case=case, state__in=("asked", "landed")).exclude(
        aid_records__state="recorded"
    )
    return list(rows.select_related("resident").order_by("pk")[:_MOST])


PANEL, ACTS = AidPanel(), AidActs()
