"""Judge a finding right as it is, and take that back: the register is believed, and why stands beside it."""

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import Act, Actor, record
from households.models import QualityFinding
from households.quality.checking import count
from households.quality.wording import judge_of


@transaction.atomic
def judge_right(finding: QualityFinding, *, by: User, reason: str) -> QualityFinding:
    """Keep what the register says although a rule doubts it, with the reason.

    The finding waits for nobody any more and comes back only when its facts change. Refused where it has gone or is
    judged already, without a reason, and on one's own or kin's household.
    """
    actor, locked = _held(finding, by)
    if locked.judged_on is not None:
        raise Refused(_("This has been judged right meanwhile."))
    if not reason.strip():
        raise Refused(_("Say why it is right: whoever looks next reads your reason."), field="reason")
    today = clock.today()
    locked.judged_on, locked.judged_by, locked.judged_reason = today, by, reason.strip()
    locked.save(update_fields=["judged_on", "judged_by", "judged_reason"])
    _note("finding.judged_right", locked, actor, "waiting", "judged", reason)
    count(locked.area_id)
    return locked


@transaction.atomic
def doubt_again(finding: QualityFinding, *, by: User, reason: str) -> QualityFinding:
    """Take back that a finding is right as it is; it waits again."""
    actor, locked = _held(finding, by)
    if locked.judged_on is None:
        raise Refused(_("This waits already: nobody judges it right."))
    if not reason.strip():
        raise Refused(_("Say why it is doubted again."), field="reason")
    locked.judged_on, locked.judged_by, locked.judged_reason = None, None, ""
    locked.save(update_fields=["judged_on", "judged_by", "judged_reason"])
    _note("finding.doubted_again", locked, actor, "judged", "waiting", reason)
    count(locked.area_id)
    return locked


def _held(finding: QualityFinding, by: User) -> tuple[Actor, QualityFinding]:
    """Return as whom `by` acts and the finding, locked; refuse who may not, and what has gone."""
    actor = by.authority(judge_of(finding), finding.area_id)
    locked = (
        QualityFinding.objects.select_for_update(of=("self",)).select_related("household").get(pk=finding.pk)
    )
    if refusal := recused(by, locked.household.recusal_keys):
        raise Refused(refusal)
    if locked.gone_on is not None:
        raise Refused(_("This finding has gone: the register says something else now."))
    return actor, locked


def _note(verb: str, row: QualityFinding, actor: Actor, before: str, after: str, reason: str) -> None:
    """Write one entry; the reason is a person's own words and may name people, so it is only committed to."""
    today = clock.today()
    act = Act(
        verb,
        "quality_finding",
        str(row.pk),
        today,
        today,
        area=row.area_id,
        before=before,
        after=after,
        details={"rule": row.rule, "household": row.household_id, "digest": row.digest},
        personal={"reason": reason.strip()},
    )
    record(act, by=actor)
