"""The three kinds of batches: which step each takes, with which right, and what it needs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.models import CaseBatch
from foundation.accounts.roles import Right

Kind = CaseBatch.Kind


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of batch moves its cases. `word` is its place in addresses and names of routes."""

    kind: str
    word: str
    step: str
    verb: str
    needs: str
    right: Right
    #: What the list, and the act, are called.
    title: str | Promise
    act: str | Promise


RULES: dict[str, Rule] = {
    Kind.REVIEW: Rule(
        Kind.REVIEW, "reviews", "review", "review", "conclusion", Right.REVIEW_CASES,
        pgettext_lazy("case", "Township review"), gettext_lazy("Pass the review"),
    ),
    Kind.APPROVAL: Rule(
        Kind.APPROVAL, "approvals", "decide", "approve", "approval", Right.DECIDE_CASES,
        pgettext_lazy("case", "County approval"), gettext_lazy("Approve"),
    ),
    Kind.ANNOUNCEMENT: Rule(
        Kind.ANNOUNCEMENT, "announcements", "announce", "announce", "announcement", Right.REVIEW_CASES,
        pgettext_lazy("case", "Announcement"), gettext_lazy("Announce"),
    ),
}  # fmt: skip
