"""The household says that the aid came: under its signature, by its code at the door, or told by telephone."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.aid.rules import recorder
from assistance.aid.wording import given, payer_of, span
from assistance.models import AidRecord
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.ledger.record import canonical
from foundation.workflow.move import Request, move
from households.codes import tokens
from households.identity.masking import masked_text
from households.models import HouseholdCode, Resident, Signature
from households.models.households import HEAD
from households.signing.asking import Party, ask_signatures, needs_guardian
from households.signing.documents import SignedDocument
from households.signing.selectors import signatures_of

_CLEARED: dict[str, Any] = {"acknowledged_how": "", "acknowledged_on": None, "acknowledged_by": ""}


@transaction.atomic
def by_code(row: AidRecord, word: str, *, by: User) -> AidRecord:
    """Take the code in force of this household, scanned at its door, as its word for the aid.

    `word` is the address behind the code or its last part.
    """
    recorder(row.case, by, row.measure)
    token = tokens.read(word.strip().rstrip("/").rsplit("/", 1)[-1]).token
    here = HouseholdCode.objects.in_force().filter(household=row.case.household_id, token=token)
    if not token or not here.exists():
        raise Refused(
            _("This is not the code in force of this household: scan the one on its door."), field="code"
        )
    return _acknowledge(row, AidRecord.How.CODE, "", by)


@transaction.atomic
def by_phone(row: AidRecord, who: str, *, by: User) -> AidRecord:
    """Write down who of the household said on the telephone that the aid came."""
    recorder(row.case, by, row.measure)
    said = masked_text(who.strip())[:60]
    if not said:
        raise Refused(_("Say who told it on the telephone."), field="who")
    return _acknowledge(row, AidRecord.How.PHONE, said, by)


@transaction.atomic
def ask_signature(row: AidRecord, *, by: User) -> Signature:
    """Let the household owe a signature under this record: the member it is for, else its head, else a grown one."""
    recorder(row.case, by, row.measure)
    _check_open(row)
    if owed := next((each for each in signatures_of(row) if each.state in ("owed", "refused")), None):
        return owed
    here = Resident.objects.present().filter(household=row.case.household_id).order_by("relation", "pk")
    grown = [each for each in here if not needs_guardian(each)]
    first = [each for each in grown if each.pk == row.resident_id] or [
        each for each in grown if each.relation == HEAD
    ]
    signer = next(iter([*first, *grown]), None)
    if signer is None:
        raise Refused(_("Nobody grown lives in this household: let it be told by telephone."))
    party = Party(Signature.Party.MEMBER, resident=signer)
    (made,) = ask_signatures(
        row, household=row.case.household, parties=[party], document=content_of(row), by=by
    )
    return made


@transaction.atomic
def take_back(row: AidRecord, reason: str, *, by: User) -> AidRecord:
    """Take an acknowledgement back that was written down by mistake; a signature is taken back on its own page."""
    recorder(row.case, by, row.measure)
    if row.acknowledged_how == AidRecord.How.SIGNED:
        raise Refused(_("The household signed: take the signature back on its page."))
    if not row.acknowledged_how:
        raise Refused(_("Nobody has acknowledged it."))
    asked = Request(
        "take_acknowledgement_back",
        reason=masked_text(reason.strip()),
        writes=_CLEARED | {"touched_on": clock.today()},
    )
    return move(row, asked, by=by)


def content_of(row: AidRecord) -> bytes:
    """Return the exact bytes that are signed: what, since when, how much; neither name nor number."""
    return canonical(
        {
            "schema": 1, "record": row.pk, "code": row.code, "per": row.per, "since": row.landed_on.isoformat(),
            "amount": str(row.amount) if row.amount is not None else "", "service": row.service,
            "department": row.department_id or "", "payer": row.payer,
        }
    )  # fmt: skip


def after_signature(row: AidRecord, signature: Signature, *, by: User) -> None:
    """Let a given signature acknowledge the aid, and one that is taken back acknowledge it no more."""
    signed = [each for each in signatures_of(row) if each.state == "signed"]
    said: dict[str, Any] = _CLEARED
    if signed:
        said = {
            "acknowledged_how": AidRecord.How.SIGNED, "acknowledged_on": signed[-1].signed_on, "acknowledged_by": "",
        }  # fmt: skip
    elif row.acknowledged_how != AidRecord.How.SIGNED:
        return
    AidRecord.objects.filter(pk=row.pk).update(**said)


def _check_open(row: AidRecord) -> None:
    if row.acknowledged_how:
        raise Refused(_("The household has acknowledged it already."))


def _acknowledge(row: AidRecord, how: AidRecord.How, who: str, by: User) -> AidRecord:
    _check_open(row)
    today = clock.today()
    writes = {
        "acknowledged_how": how, "acknowledged_on": today, "acknowledged_by": who, "touched_on": today,
    }  # fmt: skip
    return move(row, Request("acknowledge", writes=writes, details={"how": str(how)}), by=by)


def _closed(row: AidRecord) -> str:
    return "" if row.state == "recorded" else _("This record was struck out: nobody signs it.")


RECEIPT = SignedDocument(
    model=AidRecord,
    title=lambda row: row.name,
    url=lambda row: reverse("cases:aid_record", args=[row.pk]),
    content=content_of,
    template="assistance/aid/_signed.html",
    context=lambda row: {"row": row, "given": given(row), "span": span(row), "payer": payer_of(row)},
    closed=_closed,
    after=after_signature,
)
