"""Show numbers: masked on every page, in full for a reason that stays in the record."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.limits import Limit, wait
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.ledger.record import Act, record
from foundation.vault.keys import UnknownKey
from foundation.vault.sealing import DoesNotOpen
from households.identity import keeping
from households.identity.masking import masked_number, masked_text
from households.models import Household, Identity, Resident

LONGEST_REASON = 200
_DAY_SECONDS = 24 * 3600


def masked(identities: Iterable[Identity | None]) -> dict[uuid.UUID, str]:
    """Return what a page shows of each identity, by subject: its number masked. Opens them, asks no database.

    A number whose seal is damaged, or whose key is not here, is said to be unreadable: the list around it stands.
    """
    return {row.subject: _masked(row) for row in identities if row}


def masked_one(identity: Identity | None) -> str:
    """Return what a page shows of one identity; empty where there is none."""
    return "" if identity is None else masked([identity])[identity.subject]


def _masked(row: Identity) -> str:
    try:
        return masked_number(keeping.opened(row.subject, row.sealed))
    except (DoesNotOpen, UnknownKey):
        return _("unreadable")


@transaction.atomic
def reveal(identity: Identity | None, *, about: Household | Resident, reason: str, by: User) -> str:
    """Return a number in full, and record who saw it of whom and why.

    `about` is whose number it is: a resident's ID number, a household's telephone. Refused without the right in that
    area, without a reason, for one's own or one's kin's household, and beyond what one person needs in a day. Numbers
    in the reason itself are masked.
    """
    household = about if isinstance(about, Household) else about.household
    actor = by.authority(Right.REVEAL_NUMBERS, about.area_id, of=household)
    if rule := recused(by, household.recusal_keys):
        raise Refused(rule)
    said = masked_text(reason.strip())
    if not said:
        raise Refused(_("Say why you need the number: the reason stays in the record."), field="reason")
    if len(said) > LONGEST_REASON:
        raise Refused(_("Say it in at most %(most)d characters.") % {"most": LONGEST_REASON}, field="reason")
    if identity is None or identity.subject != _of(about):
        raise Refused(_("There is no such number here: it was erased, or belongs to somebody else."))
    if wait([Limit("numbers shown", str(by.pk), settings.NUMBERS_SHOWN_A_DAY, _DAY_SECONDS)]):
        raise Refused(
            _(
                "You have looked at %(most)d numbers within a day; more are for an export with its own approval."
            )
            % {"most": settings.NUMBERS_SHOWN_A_DAY}
        )
    day = clock.today()
    kind = about._meta.model_name or ""
    act = Act(
        "identity.revealed",
        kind,
        str(about.pk),
        day,
        day,
        area=about.area_id,
        details={"kind": identity.kind},
        personal={"reason": said},
    )
    record(act, by=actor)
    return keeping.opened(identity.subject, identity.sealed)


def _of(about: Household | Resident) -> uuid.UUID | None:
    """Return the subject of the number that is shown with a household or a resident."""
    return about.phone_id if isinstance(about, Household) else about.identity_id
