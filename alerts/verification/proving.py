"""What the desk can prove: such an alert ends without a visit, and its proof is kept and shown (field.md 2.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alerts import selectors
from alerts.facts import monitored
from alerts.models import Alert
from alerts.verification import barriers
from alerts.verification.moved import advance
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.workflow.move import Request
from households.identity.masking import masked_text
from households.models import Resident

#: Outcomes that papers or the register prove.
PROVABLE = frozenset({"already_monitored", "duplicate", "wrong_household", "deceased", "moved_away"})
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Proof:
    """Something the platform knows that proves an outcome, in words."""

    outcome: str
    words: str


def proofs_of(alert: Alert) -> list[Proof]:
    """Return what the platform itself knows of the household that would end the alert. A few queries."""
    found: list[Proof] = []
    if monitored([alert.household_id], clock.today()):
        found.append(Proof("already_monitored", _("The register: a monitored object today.")))
    found += _of_members(alert)
    differing = alert.signals.living().filter(finding__name_differs=True).count()
    if differing:
        told = ngettext(
            "%(count)d signal bears another name than the register.",
            "%(count)d signals bear another name than the register.",
            differing,
        )
        found.append(Proof("wrong_household", told % {"count": differing}))
    return found


def provable_outcomes(area: str) -> list[tuple[str, str]]:
    """Return the outcomes that the desk can prove, and their names."""
    return [(code, name) for code, name in selectors.outcomes(area) if code in PROVABLE]


@transaction.atomic
def end_by_proof(alert: Alert, outcome: str, proof: str, reason: str, by: User) -> Alert:
    """End an alert that needs no visit, with what proves it; numbers of people in the words are masked."""
    barriers.check("end_by_proof", alert, by)
    if outcome not in dict(provable_outcomes(alert.area_id)):
        raise Refused(
            _("Choose an outcome that the desk can prove; anything else needs a visit."), field="outcome"
        )
    words = shown(proof)
    asked = Request(
        "end_by_proof",
        reason=reason,
        given={"outcome": outcome, "proof": words},
        writes={"outcome": outcome, "proof": words, "closed_on": clock.today()},
        details={"outcome": outcome},
    )
    return advance(alert, asked, by=by)


def shown(proof: str) -> str:
    """Return the words of a proof as they are kept, numbers of people masked; refused where there are none."""
    words = masked_text(proof.strip())
    if not words or len(words) > LONGEST:
        raise Refused(_("Say what proves it: which paper, which register, of which day."), field="proof")
    return words


def _of_members(alert: Alert) -> Sequence[Proof]:
    """Say what became of the members, where none is left."""
    members = Resident.objects.filter(household=alert.household_id)
    if Resident.objects.present().filter(household=alert.household_id).exists():
        return []
    gone = set(members.values_list("departure", flat=True))
    if Resident.Departure.DIED in gone:
        return [
            Proof("deceased", _("The register: nobody of this household is left, and its last members died."))
        ]
    return (
        [Proof("moved_away", _("The register: nobody of this household lives here any more."))]
        if gone
        else []
    )
