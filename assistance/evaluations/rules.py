"""What an area asks of a meeting: size of the group, share present, share that agrees; nothing where it is silent.

There is no national rule (domain.md 6, F6): without a value of the area, more than half of those who vote must agree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assistance.models import Evaluation, EvaluationItem
from foundation.regulations.book import Resolved
from foundation.regulations.lookup import mark_used, value
from foundation.regulations.units import rounded

GROUP, PRESENT, PASS = "evaluation_group_min", "evaluation_present_share", "evaluation_pass_share"


@dataclass(frozen=True, slots=True)
class Rules:
    """The values of an area on the day of the meeting; a silent one asks for nothing."""

    group: Resolved
    present: Resolved
    passing: Resolved

    def lacks(self, evaluation: Evaluation) -> Iterator[str]:
        """Say in sentences what the meeting lacks so that it may decide."""
        if not self.group.silent and evaluation.must_come < int(self.group.amount or 0):
            yield ngettext(
                "The group must have at least %(least)d person.",
                "The group must have at least %(least)d people.",
                int(self.group.amount or 0),
            ) % {"least": int(self.group.amount or 0)}
        came = evaluation.came or 0
        if came == 0:
            yield _("Write down how many came.")
        elif not self.present.silent and not _reaches(came, evaluation.must_come, self.present):
            yield _("Too few came: %(came)d of %(must)d; here at least %(share)s must be present.") % {
                "came": came,
                "must": evaluation.must_come,
                "share": in_words(self.present),
            }

    def passes(self, item: EvaluationItem) -> bool:
        """Say whether the votes on a household are enough; relatives who withdrew are not counted."""
        if self.passing.silent:
            return (item.agree or 0) * 2 > item.votes
        return item.votes > 0 and _reaches(item.agree or 0, item.votes, self.passing)

    def sentences(self) -> list[str]:
        """Return what the area asks, for the page and the paper."""
        said = []
        if not self.group.silent:
            said.append(_("at least %(count)d people in the group") % {"count": int(self.group.amount or 0)})
        if not self.present.silent:
            said.append(_("at least %(share)s present") % {"share": in_words(self.present)})
        said.append(
            _("more than half of the votes agree")
            if self.passing.silent
            else _("at least %(share)s of the votes agree") % {"share": in_words(self.passing)}
        )
        return said

    def mark_used(self) -> None:
        """Note that a meeting was judged by these values."""
        mark_used(*(rule for rule in (self.group, self.present, self.passing) if not rule.silent))


def rules_of(evaluation: Evaluation) -> Rules:
    """Return what the area of a meeting asks on its day."""
    group, present, passing = (
        value(key, area=evaluation.area_id, on=evaluation.meets_on) for key in (GROUP, PRESENT, PASS)
    )
    return Rules(group, present, passing)


def in_words(share: Resolved) -> str:
    """Return a share as people write it: the fraction that stands in the value, else per cent."""
    if share.value is not None and share.value.expression:
        return str(share.value.expression).replace(" ", "")
    return f"{(share.amount or 0) * 100:.0f} %"


def _reaches(part: int, whole: int, share: Resolved) -> bool:
    """Compare in the rounding of the value itself: 10 of 15 are two thirds."""
    return whole > 0 and rounded(Decimal(part) / whole, share.unit) >= (share.amount or 0)
