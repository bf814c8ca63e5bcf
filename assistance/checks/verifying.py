"""Every hit is looked into by a person: a flag to verify, never a refusal. When all are, the step is done."""

from django.db import transaction
from django.utils.translation import gettext as _

from assistance.enrolment.moved import advance
from assistance.models import AssetCheck, AssetHit, Case
from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.workflow.move import Request
from households.identity.masking import masked_text

LONGEST = 400
_STEP = "compare"


@transaction.atomic
def verify(hit: AssetHit, verdict: str, note: str, *, by: User) -> AssetHit:
    """Write down what verifying a hit came to; the last one completes the step of the chain.

    May be written anew until then. Numbers of people in the note are masked. Refused without words: whoever decides
    reads them beside kind and band.
    """
    check = hit.asset_check
    case = Case.objects.select_for_update(of=("self",)).select_related("household").get(pk=check.case_id)
    actor = by.authority(Right.PREPARE_CASES, case.area_id)
    if rule := recused(by, case.household.recusal_keys):
        raise Refused(rule)
    if not check.is_done or _newer(check):
        raise Refused(_("A later check took the place of this one: verify its hits."))
    if _STEP not in case.waits_for:
        raise Refused(_("The check is complete: what was written stays. A return opens it again."))
    if verdict not in AssetHit.Verdict.values:
        raise Refused(_("Choose what it came to."), field="verdict")
    words = masked_text(note.strip())
    if not words or len(words) > LONGEST:
        raise Refused(_("Say how you verified it: who was asked, what was seen."), field="note")
    before, today = hit.verdict, clock.today()
    hit.verdict, hit.note, hit.verified_on, hit.verified_by = verdict, words, today, by
    hit.save(update_fields=["verdict", "note", "verified_on", "verified_by"])
    record(
        Act("asset_check.hit_verified", check._meta.label_lower, str(check.pk), today, today, area=case.area_id,
            before=before or None, after=verdict, details={"hit": hit.pk, "case": case.pk}, personal={"note": words}),
        by=actor,
    )  # fmt: skip
    if not check.hits.to_verify().exists():
        complete(check, by=by)
    return hit


@transaction.atomic
def complete(check: AssetCheck, *, by: User) -> Case:
    """Let the chain go on: the check is done and every hit of it verified."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("household")
    case = rows.get(pk=check.case_id)
    if not check.is_done or _newer(check):
        raise Refused(_("A later check took the place of this one: verify its hits."))
    if left := check.hits.to_verify().count():
        raise Refused(_("Hits to be verified first: %(count)d.") % {"count": left})
    told = {
        "check": check.pk, "hits": check.hits.count(), "kept": check.hits.filter(verdict="kept").count(),
    }  # fmt: skip
    return advance(case, Request(_STEP, given={"check": check.pk}, details=told), by=by)


def _newer(check: AssetCheck) -> bool:
    return AssetCheck.objects.done().filter(case=check.case_id, pk__gt=check.pk).exists()
