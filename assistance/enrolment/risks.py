"""New findings on households whose case runs: a new risk to judge there, with a deadline (alerts.following)."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from alerts.models import Signal
from assistance.enrolment.lasts import last_days
from assistance.models import Case, CaseRisk
from assistance.telling import tell_from_outside
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record, record_many
from monitoring.models import Finding, Run

DAYS = "new_risk_days"


class RisksOfCases:
    """Takes findings on households with a running case there (alerts.following.SignalsOnCases)."""

    def __call__(self, findings: Collection[int], run: Run, *, by: User) -> Collection[int]:
        """Take what belongs to a running case; what its warning rests on is known there and asked nobody again.

        A warning that is open goes on being told what its own signals measure.
        """
        rows = dict(Finding.objects.filter(pk__in=list(findings)).values_list("pk", "household"))
        cases = {
            case.household_id: case for case in Case.objects.running().filter(household__in=rows.values())
        }
        mine = {key: cases[home] for key, home in rows.items() if home in cases}
        known = self._known(mine)
        taken = {key for key in mine if known.get(key) != "open"}
        _tell({key: mine[key] for key in taken if key not in known})
        return taken

    @staticmethod
    def _known(mine: Mapping[int, Case]) -> dict[int, str]:
        """Return by finding how it is known: `open` from the case's open warning, `ended` from any other, `risk`."""
        risks = CaseRisk.objects.filter(finding__in=list(mine), case__in={case.pk for case in mine.values()})
        found = dict.fromkeys(risks.values_list("finding", flat=True), "risk")
        rows = Signal.objects.filter(finding__in=list(mine)).select_related("alert")
        for signal in rows:
            if signal.finding_id is not None and signal.alert_id == mine[signal.finding_id].alert_id:
                found[signal.finding_id] = "open" if signal.alert.is_open else "ended"
        return found


def _tell(found: Mapping[int, Case]) -> None:
    if not found:
        return
    today = clock.today()
    lasts = last_days(DAYS, {case.area_id for case in found.values()})
    CaseRisk.objects.bulk_create(
        CaseRisk(case=case, finding_id=key, told_on=today, due_on=lasts[case.area_id])
        for key, case in found.items()
    )
    acts = [
        Act("case.risk_told", "assistance.case", str(case.pk), today, today, area=case.area_id,
            details={"finding": key})
        for key, case in found.items()
    ]  # fmt: skip
    record_many(acts, by=User.objects.built_in("system").authority(Right.REVIEW_CASES, ""))
    tell_from_outside("case_new_risks", {case.pk: case for case in found.values()}.values())


@transaction.atomic
def judge(risk: CaseRisk, said: str, note: str, *, by: User) -> CaseRisk:
    """Say what a new signal means for the case; the township answers for it."""
    case = risk.case
    actor = by.authority(Right.REVIEW_CASES, case.area_id)
    if forbidden := recused(by, case.recusal_keys()):
        raise Refused(forbidden)
    if said not in CaseRisk.Answer.values:
        raise Refused(_("Choose what it means."), field="answer")
    if not note.strip():
        raise Refused(_("Say in a sentence what was found."), field="note")
    today = clock.today()
    rows = CaseRisk.objects.unanswered().filter(pk=risk.pk)
    if rows.update(answer=said, note=note.strip(), answered_on=today, answered_by=by) != 1:
        raise Refused(_("Somebody else has just answered: look at the case again."))
    act = Act(
        "case.risk_answered", "assistance.case", str(case.pk), today, today, area=case.area_id,
        details={"finding": risk.finding_id, "answer": said}, personal={"note": note.strip()},
    )  # fmt: skip
    record(act, by=actor)
    risk.refresh_from_db()
    return risk


RISKS = RisksOfCases()
