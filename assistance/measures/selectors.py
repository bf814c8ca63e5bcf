"""What other parts ask of measures: which risks a case has, what stands against each, and what landed."""

import datetime
from collections.abc import Collection, Iterable

from assistance.deciding.conclusion import holding
from assistance.measures.lasting import stands
from assistance.models import Case, CaseRisk, Measure
from foundation.accounts import clock
from monitoring.screening.book import standards


def delivered_measures(cases: Iterable[Case]) -> dict[int, list[tuple[str, datetime.date]]]:
    """Return by case what landed of its measures: name and day, the earliest first (DELIVERED_MEASURES)."""
    rows = Measure.objects.filter(
        case__in=[case.pk for case in cases], state="landed", landed_on__isnull=False
    )
    found: dict[int, list[tuple[str, datetime.date]]] = {}
    for key, name, day in rows.order_by("landed_on", "pk").values_list("case", "name", "landed_on"):
        if day is not None:
            found.setdefault(key, []).append((name, day))
    return found


def risks_of(cases: Iterable[Case]) -> dict[int, list[str]]:
    """Return by case the risk types that its plan must answer.

    What the county decided; as long as it has not, what was confirmed; of a case from before, what its standing says.
    New signals that were judged a new risk come behind (field.md 5: “a new risk: goes into the plan”).
    """
    rows = list(cases)
    held = holding(rows)
    found = {}
    for case in rows:
        known = case.risk_types or (held[case.pk].risk_types if case.pk in held else [])
        if not known and case.standing is not None:
            known = case.standing.risk_types
        found[case.pk] = list(known)
    for key, code in _new_risks([case.pk for case in rows]):
        if code not in found[key]:
            found[key].append(code)
    return found


def of_case(case: Case) -> list[Measure]:
    """Return the measures of a case, the oldest first, with whom they are for and who answers."""
    rows = Measure.objects.filter(case=case).with_aid().select_related("resident", "department")
    return list(rows.order_by("pk"))


def received(measures: Collection[Measure]) -> list[tuple[str, int | None]]:
    """Return code and member of what is promised, or landed and is not over."""
    today = clock.today()
    return [(row.code, row.resident_id) for row in measures if stands(row, today)]


def _new_risks(cases: Collection[int]) -> Iterable[tuple[int, str]]:
    rows = CaseRisk.objects.filter(case__in=cases, answer=CaseRisk.Answer.NEW_RISK).order_by("pk")
    declared = standards()
    for case, standard in rows.values_list("case", "finding__standard"):
        if standard in declared:
            yield case, declared[standard].risk_type
