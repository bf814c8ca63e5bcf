"""Keep conclusions: their rows with the facts they rest on, and their entries in the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assistance.deciding.computing import Computed
from assistance.deciding.facts import BY_DISASTER, Facts
from assistance.models import Case, Conclusion, Recategorisation
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, Actor, record_many
from foundation.tables.copying import insert_many
from households.identity.masking import masked_text

Judged = Conclusion | Recategorisation
#: The risk type that demands words of its own (R-21).
OTHER_RISK = "99"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody confirms; `reason` is asked for where it differs from what stood there before."""

    category: str
    risk_types: tuple[str, ...]
    level: str
    no_labour: bool = False
    disaster_kind: str = ""
    other_risk: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A conclusion that was checked and is not yet written."""

    case: Case
    computed: Computed
    chosen: Chosen
    changed: bool = False
    by_county: bool = False


def write(prepared: Sequence[Prepared], *, by: User) -> list[Conclusion]:
    """Write conclusions, superseding what held; two statements."""
    Conclusion.objects.holding().filter(case__in=[each.case.pk for each in prepared]).update(superseded=True)
    rows = [_row(each, by) for each in prepared]
    try:
        with transaction.atomic():
            insert_many(rows)
    except IntegrityError as clash:
        raise Refused(_("Somebody else has just confirmed a conclusion: look at it again.")) from clash
    return rows


def _row(each: Prepared, by: User) -> Conclusion:
    return Conclusion(
        case=each.case,
        **columns(each.computed, each.chosen),
        changed_because=masked_text(each.chosen.reason.strip()) if each.changed else "",
        by_county=each.by_county,
        by=by,
        confirmed_on=clock.today(),
    )


def columns(computed: Computed, chosen: Chosen) -> dict[str, Any]:
    """Return the columns of a judgement (assistance.models.conclusions): what was computed, of what, and confirmed."""
    facts = computed.facts
    return {
        "visit_id": facts.visit,
        "day": facts.day,
        "net_per_head": facts.net,
        "reference_per_head": facts.reference,
        "line": facts.line,
        "facts": kept(facts),
        "computed": {
            "category": computed.category,
            "why": computed.why,
            "risk_types": list(computed.risk_types),
            "level": computed.level,
            "rule": computed.rule,
            "no_labour": computed.no_labour,
        },
        "category": chosen.category,
        "risk_types": list(chosen.risk_types),
        "disaster_kind": chosen.disaster_kind if BY_DISASTER in chosen.risk_types else "",
        "other_risk": masked_text(chosen.other_risk.strip()) if OTHER_RISK in chosen.risk_types else "",
        "level": chosen.level,
        "no_labour": chosen.no_labour,
    }


def kept(facts: Facts) -> dict[str, Any]:
    """Return what the reasons are told from later, without amounts: those have columns of their own."""
    return {
        "registered": facts.registered,
        "members": facts.members,
        "able": facts.able,
        "risks": list(facts.risks),
        "sudden": list(facts.sudden),
        "answers": dict(facts.answers),
        "worked": list(facts.worked),
        "found": facts.found,
        "fast_track": facts.fast_track,
    }


def facts_kept(row: Judged) -> Facts:
    """Return the facts that a conclusion rests on, as they stood."""
    told: dict[str, Any] = dict(row.facts)
    for name in ("risks", "sudden", "worked"):
        told[name] = tuple(told.get(name, ()))
    return Facts(
        day=row.day,
        area=row.case.area_id,
        visit=row.visit_id,
        net=row.net_per_head,
        reference=row.reference_per_head,
        line=row.line,
        **told,
    )


def computed_kept(row: Judged) -> Computed:
    """Return what was computed when a conclusion was confirmed."""
    told = dict(row.computed)
    told["risk_types"] = tuple(told["risk_types"])
    return Computed(facts=facts_kept(row), **told)


def note(rows: Sequence[Conclusion], actors: Mapping[str, Actor]) -> None:
    """Write the entry of each conclusion; which risks a household has is only committed to."""
    today, by_actor = clock.today(), dict[Actor, list[Act]]()
    for row in rows:
        area = row.case.area_id
        details = {"conclusion": row.pk, "category": row.category, "changed": bool(row.changed_because)}
        act = Act(
            "case.concluded", "assistance.case", str(row.case_id), today, today, area=area, details=details,
            personal={"risk_types": row.risk_types, "reason": row.changed_because},
        )  # fmt: skip
        by_actor.setdefault(actors[area], []).append(act)
    for actor, acts in by_actor.items():
        record_many(acts, by=actor)
