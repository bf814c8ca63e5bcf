"""Why something could not be asked, in words: no answer is no all-clear."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from assistance.models import AssetCheck
from foundation.regulations.units import in_language

_WORDS: dict[str, Promise] = {
    "no_dataset": pgettext_lazy("asset check", "no department delivers it to the platform yet"),
    "no_delivery": pgettext_lazy("asset check", "the department has delivered nothing for this area"),
    "not_authorised": pgettext_lazy("asset check", "the household did not authorise it"),
    "unreadable": pgettext_lazy(
        "asset check", "what was delivered cannot be read: tell who runs the platform"
    ),
    "no_number": pgettext_lazy("asset check", "the register has no ID number of theirs"),
}


@dataclass(frozen=True, slots=True)
class Why:
    """What was not asked for one reason, and the reason."""

    what: str
    why: str


def told(check: AssetCheck) -> Sequence[Why]:
    """Return what a check could not ask, reason by reason; members without a number are counted, not named."""
    by_reason: dict[str, list[str]] = {}
    for each in check.not_asked:
        if "code" in each:
            by_reason.setdefault(each["why"], []).append(in_language(each["zh"], each["en"]))
    people = sum("member" in each for each in check.not_asked)
    if people:
        by_reason["no_number"] = [_("%(count)d members") % {"count": people}]
    return [Why("、".join(names), str(_WORDS[reason])) for reason, names in by_reason.items()]
