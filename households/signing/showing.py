"""The signatures of a row as its page shows them: who, how far, the proof, and what this reader may do.

`templates/households/signing/_signatures.html` shows what `shown` returns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.accounts.kin import recused
from foundation.accounts.models import User
from foundation.accounts.roles import Right
from foundation.desk.columns import Badge
from foundation.desk.tables import Tone
from foundation.files.models import Attachment
from households.models import Signature
from households.signing.documents import document_of
from households.signing.proving import Verdict, verdicts
from households.signing.selectors import Progress, signatures_of

_TONES: dict[str, Tone] = {"owed": "soon", "signed": "done", "refused": "overdue"}


@dataclass(frozen=True, slots=True)
class ShownSignature:
    """One line; an address that is empty is something this reader cannot do, or that does not exist."""

    signature: Signature
    who: str
    party: str
    badge: Badge
    words: Sequence[str]
    verdict: Verdict | None
    picture_url: str
    open_url: str
    sign_url: str
    refuse_url: str
    undo_url: str

    @property
    def in_doubt(self) -> bool:
        """Whether something is no longer what was signed."""
        return self.verdict in (Verdict.DOCUMENT_CHANGED, Verdict.SIGNATURE_CHANGED)


@dataclass(frozen=True, slots=True)
class ShownSignatures:
    """The signatures of one row and how far they are; `rule` says why this reader takes none of them."""

    lines: Sequence[ShownSignature]
    progress: Progress
    rule: str

    @property
    def in_doubt(self) -> bool:
        """Whether any of them no longer proves what it should."""
        return any(line.in_doubt for line in self.lines)


def shown(row: Any, user: User) -> ShownSignatures:
    """Return the signatures of a row that `user` came to through its door. At most eight queries."""
    signatures = signatures_of(row)
    if not signatures:
        return ShownSignatures((), Progress(), "")
    document, household = document_of(signatures[0]), signatures[0].household
    rule = document.closed(row) or recused(user, household.recusal_keys) or ""
    takes = user.holds(Right.VISIT_HOUSEHOLDS, household.area_id, of=household) and not rule
    found, pictures = verdicts(signatures, document.content(row)), _pictures(signatures)
    lines = [_line(each, found.get(each.pk), each.pk in pictures, takes) for each in signatures]
    counted = Progress(
        sum(each.state == "signed" for each in signatures),
        len(signatures),
        sum(each.state == "refused" for each in signatures),
    )
    return ShownSignatures(lines, counted, rule)


def party_of(signature: Signature) -> str:
    """Say in which part somebody signs, and for whom."""
    label = str(Signature.Party(signature.party).label)
    if signature.signed_for is None:
        return label
    return _("guardian of %(name)s") % {"name": signature.signed_for.shown_name}


def words_of(signature: Signature) -> list[str]:
    """Return what there is to say about how it was signed, or refused."""
    if signature.state == "refused":
        return [
            _("Refused on %(day)s") % {"day": signature.refused_on},
            _("Told: %(words)s") % {"words": signature.told},
        ]
    if signature.state != "signed":
        return []
    said = [f"{signature.signed_on} · {Signature.Way(signature.way).label}"]
    if signature.proxy_name:
        said.append(
            _("Signed by %(name)s (%(relation)s): %(reason)s")
            % {
                "name": signature.proxy_name,
                "relation": signature.proxy_relation,
                "reason": signature.proxy_reason,
            }
        )
    if signature.written_by:
        said.append(
            _("Written by %(writer)s, read aloud to %(listener)s, print put by %(printer)s")
            % {
                "writer": signature.written_by,
                "listener": signature.read_to,
                "printer": signature.printed_by,
            }
        )
    return said


def _line(signature: Signature, verdict: Verdict | None, has_picture: bool, takes: bool) -> ShownSignature:
    def address(name: str, *states: str) -> str:
        return (
            reverse(f"signatures:{name}", args=[signature.pk]) if takes and signature.state in states else ""
        )

    return ShownSignature(
        signature=signature,
        who=signature.who,
        party=party_of(signature),
        badge=Badge(signature.state_label, _TONES.get(signature.state, "plain")),
        words=words_of(signature),
        verdict=verdict,
        picture_url=reverse("signatures:picture", args=[signature.pk]) if has_picture else "",
        open_url=reverse("signatures:open", args=[signature.pk]) if has_picture else "",
        sign_url=address("signature", "owed", "refused"),
        refuse_url=address("refuse", "owed"),
        undo_url=address("undo", "signed"),
    )


def _pictures(signatures: Sequence[Signature]) -> set[int]:
    """Return the keys of those whose picture is kept."""
    keys = [str(each.pk) for each in signatures]
    kept = Attachment.objects.living().filter(owner_model=Signature._meta.label_lower, owner_id__in=keys)
    return {int(key) for key in kept.values_list("owner_id", flat=True)}
