"""What comes back when a family event is taken back, said before it is: of the register's rows, and by followers."""

from collections.abc import Iterable
from typing import Any, Protocol, runtime_checkable

from django.utils.translation import pgettext

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from households.lineage.changes import read
from households.models import Household, LineageAct, LineagePerson, Resident, Revision


@runtime_checkable
class LooksBack(Protocol):
    """A follower of family events (households.lineage.followers) that says what it brings back."""

    name: str

    def brings_back(self, act: LineageAct, kept: dict[str, Any], user: User) -> Iterable[str]:
        """Say what `unfollow` would do, as far as `user` may see it; writes nothing."""


def brought_back(act: LineageAct, user: User) -> list[str]:
    """Return sentences: who is where again, which household opens, what followers bring back, and what stays.

    People of households that the reader may not see are not named.
    """
    homes = {
        part.household_id: part.household for part in act.parts.select_related("household") if part.household
    }
    seen = set(Household.objects.visible_to(user).filter(pk__in=list(homes)).values_list("pk", flat=True))
    people = act.people.select_related("resident__household", "became__household").order_by("pk")
    told = [sentence for person in people for sentence in _of(person, seen)]
    for change in read(act.changes):
        if change.row == "household" and change.pk in seen:
            said = _of_household(change.did, "dissolved_on" in change.after)
            told += [said % {"code": homes[change.pk].code}] if said else []
    for follower in parts("LINEAGE_FOLLOWERS"):
        if isinstance(follower, LooksBack):
            told += follower.brings_back(act, act.followed.get(follower.name, {}), user)
    if act.revision.kind == Revision.Kind.FEED:
        told.append(
            pgettext("lineage", "What the department registered waits again, to be entered or refused.")
        )
    told.append(pgettext("lineage", "What waits at a case because of it stays to be answered."))
    return told


def _of(person: LineagePerson, seen: set[int]) -> Iterable[str]:
    for row in (person.resident, person.became):
        if row is None:
            continue
        if row.household_id not in seen:
            yield _unseen(person, row)
            continue
        if person.stayed:
            said = pgettext("lineage", "%(name)s has the relation to the head again that they had before.")
        elif row == person.resident:
            said = pgettext(
                "lineage",
                "%(name)s is a member of household %(code)s again, with relation and standing as before.",
            )
        else:
            said = pgettext("lineage", "%(name)s is a member of household %(code)s no more.")
        yield said % {"name": row.shown_name, "code": row.household.code}


def _unseen(person: LineagePerson, row: Resident) -> str:
    """Say the same of a household that the reader may not see: neither who, nor which."""
    if person.stayed:
        return pgettext(
            "lineage", "Somebody of another area has the relation to the head again that they had before."
        )
    if row == person.resident:
        return pgettext(
            "lineage",
            "In another area somebody is a member of their household again, with relation and standing as before.",
        )
    return pgettext("lineage", "In another area somebody is a member of their household no more.")


def _of_household(did: str, closed: bool) -> str:
    if did == "made":
        return pgettext("lineage", "Household %(code)s, which the event made, goes.")
    return pgettext("lineage", "Household %(code)s, which the event closed, is open again.") if closed else ""
