"""What is done with ticked households of a disaster on the phone: one press each, by name."""

from collections.abc import Callable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assistance.disasters import listing, recording
from assistance.disasters.guarding import Done
from assistance.disasters.opening import open_cases
from assistance.models import Disaster, DisasterHousehold
from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right

Harm = DisasterHousehold.Harm
_Act = Callable[[Disaster, Sequence[int], str, User], Done]

#: Act → its button, the right that it needs, and what it does with the keys and a reason.
ACTS: dict[str, tuple[str | Promise, Right, _Act]] = {
    "safe": (
        pgettext_lazy("disaster", "All are safe"),
        Right.PREPARE_CASES,
        lambda disaster, keys, _why, by: recording.record_safe(disaster, keys, by=by),
    ),
    "heavy": (
        pgettext_lazy("disaster", "Heavily harmed"),
        Right.PREPARE_CASES,
        lambda disaster, keys, _why, by: recording.set_harm(disaster, keys, Harm.HEAVY, by=by),
    ),
    "affected": (
        pgettext_lazy("disaster", "Affected"),
        Right.PREPARE_CASES,
        lambda disaster, keys, _why, by: recording.set_harm(disaster, keys, Harm.AFFECTED, by=by),
    ),
    "open": (
        gettext_lazy("Open their cases"),
        Right.REVIEW_CASES,
        lambda disaster, keys, _why, by: open_cases(disaster, keys, by=by),
    ),
    "unharmed": (
        pgettext_lazy("disaster", "Unharmed: off the list"),
        Right.PREPARE_CASES,
        lambda disaster, keys, why, by: listing.leave_unharmed(disaster, keys, why, by=by),
    ),
    "back": (
        pgettext_lazy("disaster", "Back onto the list"),
        Right.REVIEW_CASES,
        lambda disaster, keys, why, by: listing.put_back(disaster, keys, why, by=by),
    ),
}
#: Acts that need a reason in words.
WITH_REASON = ("unharmed", "back")


def do(disaster: Disaster, act: str, keys: Sequence[int], reason: str, *, by: User) -> Done:
    """Do what was pressed; refused where nobody knows it."""
    if act not in ACTS:
        raise Refused(_("Choose what is to be done."))
    return ACTS[act][2](disaster, keys, reason, by)


def offered(disaster: Disaster, user: User, *, left: bool) -> list[tuple[str, str | Promise]]:
    """Return the acts that a reader may make on a disaster, for what is on the list or for what left it."""
    fitting = ("back",) if left else tuple(act for act in ACTS if act != "back")
    return [(act, ACTS[act][0]) for act in fitting if act not in WITH_REASON and user.holds(ACTS[act][1])]
