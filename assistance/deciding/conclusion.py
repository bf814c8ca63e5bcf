"""Work out what a case comes to, and keep what people confirm of it."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.deciding.checking import check
from assistance.deciding.computing import Computed, compute
from assistance.deciding.facts import Facts, facts_of
from assistance.deciding.keeping import Chosen, Prepared, note, write
from assistance.models import Case, Conclusion
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.regulations.lookup import book, mark_used, value

#: Values that somebody is judged by with a conclusion.
VALUES = ("risk_level_rules", "risk_types", "risk_types_per_household", "monitoring_line")


def work_out(case: Case) -> Computed:
    """Return what one case comes to."""
    return work_out_many([case])[case.pk]


def work_out_many(cases: Sequence[Case]) -> dict[int, Computed]:
    """Return what each case comes to, by its key; by the values of the day of its check."""
    return {key: computed_of(facts) for key, facts in facts_of(cases).items()}


def computed_of(facts: Facts) -> Computed:
    """Return what facts come to, by the values of their day."""
    values = book()
    rules = [item["code"] for item in values.resolve("risk_level_rules", facts.area, facts.day).items]
    most = values.resolve("risk_types_per_household", facts.area, facts.day).amount
    return compute(facts, rules, int(most or 5))


def holding(cases: Iterable[Case]) -> dict[int, Conclusion]:
    """Return the conclusion that holds of each case, by its key; nothing where nobody has confirmed one."""
    keys = [case.pk for case in cases]
    return {row.case_id: row for row in Conclusion.objects.holding().filter(case__in=keys)}


def right_for(case: Case) -> Right:
    """Return whose word it is now: the county's while its decision is waited for, else the township's."""
    return Right.DECIDE_CASES if "decide" in case.waits_for else Right.REVIEW_CASES


@transaction.atomic
def confirm(case: Case, chosen: Chosen, *, by: User) -> Conclusion:
    """Keep what people conclude of a case; what held before is superseded."""
    case = Case.objects.select_for_update(of=("self",)).select_related("household").get(pk=case.pk)
    right = right_for(case)
    actor = by.authority(right, case.area_id)
    if forbidden := recused(by, case.recusal_keys()):
        raise Refused(forbidden)
    if case.state != "open":
        raise Refused(_("This case is decided: its conclusion stays as it was."))
    computed, before = work_out(case), holding([case]).get(case.pk)
    check(chosen, computed.facts)
    changed = _differs(chosen, computed, before)
    if changed and not chosen.reason.strip():
        raise Refused(
            _("This is not what was computed, or what was confirmed before: say why."), field="reason"
        )
    prepared = Prepared(case, computed, chosen, changed, right is Right.DECIDE_CASES)
    (made,) = write([prepared], by=by)
    note([made], {case.area_id: actor})
    mark_used(*(value(key, area=case.area_id, on=made.day) for key in VALUES))
    return made


def confirm_as_computed(cases: Sequence[Case], *, by: User) -> dict[int, Refused]:
    """Confirm what is computed for cases without a conclusion; returns the refusals by key. A few statements.

    Whoever holds a batch confirms with it: the caller has asked `by` for the right in each village.
    """
    held = holding(cases)
    missing = [case for case in cases if case.pk not in held]
    prepared, refused = [], dict[int, Refused]()
    worked = work_out_many(missing) if missing else {}
    for case in missing:
        computed = worked[case.pk]
        chosen = Chosen(computed.category, computed.risk_types, computed.level, computed.no_labour)
        try:
            check(chosen, computed.facts)
        except Refused as refusal:
            refused[case.pk] = refusal
        else:
            prepared.append(Prepared(case, computed, chosen))
    made = write(prepared, by=by)
    areas = {each.case.area_id for each in prepared}
    note(made, {area: by.authority(Right.REVIEW_CASES, area) for area in areas})
    return refused


def _differs(chosen: Chosen, computed: Computed, before: Conclusion | None) -> bool:
    """Say whether what is confirmed is not what was proposed: what held before, else what was computed."""
    proposed: Conclusion | Computed = before or computed
    return (chosen.category, set(chosen.risk_types), chosen.level, chosen.no_labour) != (
        proposed.category,
        set(proposed.risk_types),
        proposed.level,
        proposed.no_labour,
    )
