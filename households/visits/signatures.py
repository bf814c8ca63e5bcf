"""Who signs a visit: its checkers, and one grown member of the household, met that day or owing it until later.

The bytes that are signed are everything the visit says (households.visits.told.document_of); a corrected visit is
signed anew, and one that somebody signed is corrected no more.
"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.models import Resident, Signature, Visit
from households.models.households import HEAD
from households.signing.asking import Party, ask_signatures, drop_signatures, needs_guardian
from households.signing.documents import SignedDocument
from households.visits.book import declared_of
from households.visits.page import parts_of, place_words
from households.visits.told import document_of


def owe(visit: Visit, *, by: User) -> None:
    """Let a visit owe its signatures, where its questionnaire is signed and somebody was spoken with."""
    if not declared_of(visit.questionnaire).signed or visit.outcome != Visit.Outcome.MET:
        return
    parties = [Party(Signature.Party.CHECKER, user=each) for each in visit.visitors.order_by("pk")]
    signer = _signer(visit)
    if signer is not None:
        parties.append(Party(Signature.Party.MEMBER, resident=signer))
    ask_signatures(visit, household=visit.household, parties=parties, document=document_of(visit), by=by)


def owe_anew(visit: Visit, *, by: User) -> None:
    """Ask for the signatures of a corrected visit, of whoever took part now."""
    drop_signatures(visit, by=by, reason=_("The visit was corrected."))
    owe(visit, by=by)


def check_unsigned(visit: Visit) -> None:
    """Refuse the correction of a visit that somebody signed."""
    if Signature.objects.of(visit).filter(state="signed").exists():
        raise Refused(_("Somebody signed this visit: take the signature back first, or annul the visit."))


def drop(visit: Visit, *, by: User) -> None:
    """Ask no longer for what was not signed of an annulled visit; what was signed stays."""
    drop_signatures(visit, by=by, reason=_("The visit was annulled."))


def _signer(visit: Visit) -> Resident | None:
    """Return who signs for the household: the head if met, else a grown member who was, else the head, later."""
    met = _grown(visit.met.order_by("relation", "pk"))
    present = visit.household.residents.present(visit.happened_on).filter(relation=HEAD)
    return next(iter([*met, *_grown(present)]), None)


def _grown(people: Iterable[Resident]) -> list[Resident]:
    return [each for each in people if each.left_on is None and not needs_guardian(each)]


def _closed(visit: Visit) -> str:
    return "" if visit.counts else _("This visit was annulled.")


def _read_aloud(visit: Visit) -> dict[str, Any]:
    """Return all that is signed, to be read before: names stand in it, because these people sign together."""
    return {
        "visit": visit,
        "visitors": "、".join(each.name for each in visit.visitors.order_by("pk")),
        "met": "、".join(each.shown_name for each in visit.met.order_by("relation", "pk")),
        "place": place_words(visit),
        "parts": parts_of(visit),
    }


SHEET = SignedDocument(
    model=Visit,
    title=lambda visit: f"{declared_of(visit.questionnaire).paper} · {visit.household.code}",
    url=lambda visit: reverse("households:visit", args=[visit.pk]),
    content=document_of,
    template="households/visits/_signed.html",
    context=_read_aloud,
    closed=_closed,
)
