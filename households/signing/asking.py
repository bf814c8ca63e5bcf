"""Ask for signatures: from now on a row owes them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from foundation.accounts import clock
from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.regulations.lookup import value
from foundation.workflow.move import Request, create_many, move_many
from households.ages import age
from households.models import Household, Resident, Signature

#: Where no value holds (regulations: guardian_age).
GUARDIAN_AGE = 14


@dataclass(frozen=True, slots=True)
class Party:
    """One who is to sign: a member, a member of staff, or somebody else by name; a guardian `signs_for` a child."""

    part: Signature.Party
    resident: Resident | None = None
    user: User | None = None
    name: str = ""
    signs_for: Resident | None = None


@transaction.atomic
def ask_signatures(
    owner: Model, *, household: Household, parties: Sequence[Party], document: bytes, by: User
) -> list[Signature]:
    """Let `owner` owe a signature of each party under the exact bytes of `document`.

    Refused where nobody is to sign, a child below the age of consent would sign without a guardian, somebody is
    named twice, or for one's own and kin's households.
    """
    actor = by.authority(Right.VISIT_HOUSEHOLDS, household.area_id, of=household)
    if rule := recused(by, household.recusal_keys):
        raise Refused(rule)
    if not parties:
        raise Refused(_("Say who is to sign."), field="members")
    for party in parties:
        _check(party, household)
    rows = [_owed(owner, household, party, hashlib.sha256(document).hexdigest()) for party in parties]
    try:
        with transaction.atomic():
            create_many(rows, by=by, actor=actor, details=_told)
    except IntegrityError as twice:
        raise Refused(_("The same person is to sign twice: take one away."), field="members") from twice
    return rows


def drop_signatures(owner: Model, *, by: User, reason: str) -> None:
    """Ask no longer for what of `owner` was not signed: it ended, or took another form."""
    open_rows = list(Signature.objects.of(owner).unsigned().select_related("household"))
    for result in move_many(open_rows, Request("drop", reason=reason), by=by):
        if result.refusal is not None:
            raise result.refusal


def guardian_age(area: str) -> int:
    """Return the age below which somebody does not sign alone in an area (safety.md L34)."""
    rule = value("guardian_age", area=area)
    return GUARDIAN_AGE if rule.silent or rule.amount is None else int(rule.amount)


def needs_guardian(resident: Resident) -> bool:
    """Say whether a guardian signs for a member today; who has no birth date on record signs alone."""
    years = age(resident.born_on, clock.today())
    return years is not None and years < guardian_age(resident.area_id)


def _check(party: Party, household: Household) -> None:
    child = party.signs_for
    if party.resident is None and party.user is None and not party.name.strip():
        raise Refused(_("Say who is to sign."), field="members")
    for member in filter(None, (party.resident, child)):
        if member.household_id != household.pk or member.left_on is not None:
            raise Refused(
                _("%(name)s is no member of this household.") % {"name": member.shown_name}, field="members"
            )
    if party.resident is not None and needs_guardian(party.resident):
        raise Refused(
            _("%(name)s is below the age of %(age)d: a guardian signs.")
            % {"name": party.resident.shown_name, "age": guardian_age(household.area_id)},
            field="guardian",
        )
    if (party.part is Signature.Party.GUARDIAN) != (child is not None):
        raise Refused(_("A guardian signs for a child: say for which."), field="guardian")


def _owed(owner: Model, household: Household, party: Party, digest: str) -> Signature:
    return Signature(
        owner_model=owner._meta.label_lower,
        owner_id=str(owner.pk),
        household=household,
        party=party.part,
        resident=party.resident,
        user=party.user,
        name=party.name.strip(),
        signed_for=party.signs_for,
        document=digest,
    )


def _told(row: Signature) -> dict[str, Any]:
    """Return what the ledger keeps of a signature owed: rows and digests, no names."""
    return {
        "owner": f"{row.owner_model}:{row.owner_id}",
        "document": row.document,
        "party": str(row.party),
        "resident": row.resident_id,
        "staff": row.user_id,
        "for": row.signed_for_id,
    }
