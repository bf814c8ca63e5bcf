"""The township proposes another category for a monitored household, and the county decides; the old one stays history.

row = propose(case, chosen, why, by=user)
decide(row, reason, by=county)      # the standing goes on in the new category from today
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assistance.data_checks.following import ask_again
from assistance.deciding import letters
from assistance.deciding.checking import check
from assistance.deciding.keeping import Chosen, Prepared, columns, computed_kept, note, write
from assistance.followups.keeping import level_changed
from assistance.models import Case, Recategorisation
from assistance.recategorising.judging import work_out_today
from assistance.recategorising.telling import tell_decided, tell_proposed
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.regulations.lookup import mark_used, value
from foundation.workflow.move import Request, create, move
from households import standing
from households.identity.masking import masked_text

#: Values that somebody is judged by with a change of category.
VALUES = ("risk_level_rules", "risk_types", "risk_types_per_household", "monitoring_line")


@transaction.atomic
def propose(case: Case, chosen: Chosen, *, by: User) -> Recategorisation:
    """Propose what a monitored household should count as from the county's decision on; `chosen.reason` says why."""
    case = _locked(case)
    actor = by.authority(Right.REVIEW_CASES, case.area_id)
    if forbidden := recused(by, case.recusal_keys()):
        raise Refused(forbidden)
    _check_running(case)
    if not chosen.reason.strip():
        raise Refused(_("Say why: the reason stays in the record."), field="reason")
    computed = work_out_today(case)
    check(chosen, computed.facts)
    if _same(case, chosen):
        raise Refused(_("This is what the household counts as already: nothing would change."))
    row = Recategorisation(
        case=case,
        **columns(computed, chosen),
        category_before=case.category,
        risk_types_before=list(case.risk_types),
        level_before=case.level,
        why=masked_text(chosen.reason.strip())[:300],
        proposed_on=clock.today(),
    )
    try:
        with transaction.atomic():
            create(row, by=by, actor=actor, details={"case": case.pk, "category": chosen.category})
    except IntegrityError as twice:
        raise Refused(_("Another category is proposed for this case already.")) from twice
    mark_used(*(value(key, area=case.area_id, on=row.day) for key in VALUES))
    tell_proposed(row, by=by)
    return row


@transaction.atomic
def decide(row: Recategorisation, reason: str, *, by: User) -> Recategorisation:
    """Let the household count in the proposed category from today on; refused where the case changed meanwhile."""
    case, today = _locked(row.case), clock.today()
    _check_running(case)
    if (case.category, case.level) != (row.category_before, row.level_before):
        raise Refused(
            _("The case was changed since this was proposed: take the proposal back, and propose anew.")
        )
    asked = Request("decide", reason=reason, writes={"decided_on": today}, details={"case": case.pk})
    move(row, asked, by=by)
    held = case.standing
    if held is None:
        raise Refused(_("The register does not have this household as monitored any more."))
    standing.recategorise(
        held, row.category, list(row.risk_types), by=by, reason=row.why, right=Right.DECIDE_CASES
    )
    case.category, case.risk_types, case.level = row.category, list(row.risk_types), row.level
    case.no_labour = row.no_labour
    case.save(update_fields=["category", "risk_types", "level", "no_labour"])
    _conclude(case, row, by)
    level_changed(case)
    if row.category != row.category_before:
        letters.category_changed(case, today)
    ask_again([case.household_id])
    tell_decided(row, by=by)
    return row


@transaction.atomic
def decline(row: Recategorisation, reason: str, *, by: User) -> Recategorisation:
    """Decide that the household goes on as it stands."""
    move(row, Request("decline", reason=reason), by=by)
    tell_decided(row, by=by)
    return row


@transaction.atomic
def withdraw(row: Recategorisation, reason: str, *, by: User) -> Recategorisation:
    """Take a proposal back before the county has decided."""
    return move(row, Request("withdraw", reason=reason), by=by)


def _conclude(case: Case, row: Recategorisation, by: User) -> None:
    """Keep what holds from now on as the conclusion of the case; the one before is superseded, and stays."""
    chosen = Chosen(
        row.category,
        tuple(row.risk_types),
        row.level,
        row.no_labour,
        row.disaster_kind,
        row.other_risk,
        row.why,
    )
    made = write([Prepared(case, computed_kept(row), chosen, changed=True, by_county=True)], by=by)
    note(made, {case.area_id: by.authority(Right.DECIDE_CASES, case.area_id)})


def _locked(case: Case) -> Case:
    rows = Case.objects.select_for_update(of=("self",)).select_related("household", "standing__household")
    return rows.get(pk=case.pk)


def _check_running(case: Case) -> None:
    if case.state != "enrolled":
        raise Refused(
            _("The category is changed while the household is monitored, and nothing else is decided.")
        )
    if case.standing is None or case.standing.until_day is not None:
        raise Refused(_("The register does not have this household as monitored any more."))


def _same(case: Case, chosen: Chosen) -> bool:
    now = (case.category, list(case.risk_types), case.level, case.no_labour)
    return now == (chosen.category, list(chosen.risk_types), chosen.level, chosen.no_labour)
