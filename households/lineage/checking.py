"""What stands before a family event: who may, which days can be, whose head is missing."""

import datetime
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from foundation.accounts import clock
from foundation.accounts.refusals import Refused
from households.identity import keeping
from households.identity.numbers import IdFault, read_id_number
from households.lineage.plans import Newcomer, OutOfPlaceError, ReadNewcomer
from households.models import Household, Identity, Resident
from households.models.households import HEAD
from households.words import Words


class LivesElsewhereError(Refused):
    """Who would come is a member elsewhere: whoever enters it may note the pair (households.pairs.noting)."""

    def __init__(self, sentence: str, *, subject: UUID, household: Household, name: str) -> None:
        """Say the sentence; of the household that was entered, never of the other one."""
        super().__init__(sentence, field="id_number")
        self.subject, self.household, self.name = subject, household, name


def day_of(on: datetime.date, reason: str) -> datetime.date:
    """Return the day of an event, today at the latest; a late one says why."""
    return clock.happened(on, reason=reason)


def check_lives(household: Household, sentence: str = "", *, field: str = "") -> None:
    """Refuse a household that was dissolved."""
    if household.dissolved_on is not None:
        raise Refused(sentence or _("This household was dissolved: nobody can come to it."), field=field)


def check_began(household: Household, on: datetime.date) -> None:
    """Refuse a day before a household that split off began: nobody lived there then."""
    if household.began_on is not None and on < household.began_on:
        raise Refused(
            pgettext("lineage", "Household %(code)s began on %(day)s: nobody lived there before.")
            % {"code": household.code, "day": household.began_on},
            field="happened_on",
        )


def check_closes(household: Household, on: datetime.date) -> None:
    """Refuse to close a household on a day after which somebody lived there still."""
    longer = Resident.objects.filter(_for_a_day(), household=household.pk, left_on__gt=on)
    if last := longer.order_by("-left_on").first():
        raise Refused(
            pgettext(
                "lineage", "%(name)s lived in household %(code)s until %(day)s: it is not closed before."
            )
            % {"name": last.shown_name, "code": household.code, "day": last.left_on},
            field="happened_on",
        )


def check_came_nowhere_later(resident: Resident, left_on: datetime.date) -> None:
    """Refuse to let somebody be a member again who came to another household after `left_on`, and left it since."""
    rows = Resident.objects.filter(_for_a_day(), identity=resident.identity_id, came_on__gte=left_on)
    if later := rows.exclude(pk=resident.pk).order_by("came_on").first():
        raise Refused(
            pgettext(
                "lineage",
                "%(name)s came to another household on %(day)s: enter the return as an event.",
            )
            % {"name": resident.shown_name, "day": later.came_on}
        )


def _for_a_day() -> Q:
    """Keep stays of a day at least: who came and left on one day was there at the end of none."""
    return Q(came_on__isnull=True) | Q(left_on__isnull=True) | Q(left_on__gt=F("came_on"))


def check_leaves(resident: Resident, on: datetime.date) -> None:
    """Refuse a day on which somebody cannot have left."""
    if resident.left_on is not None:
        raise Refused(
            _("This person already left on %(day)s: take that back first.") % {"day": resident.left_on}
        )
    if resident.born_on and on < resident.born_on:
        raise Refused(_("This day lies before the person's birth."), field="happened_on")
    if resident.came_on and on < resident.came_on:
        raise Refused(
            pgettext("lineage", "%(name)s came to this household on %(day)s: nobody leaves before they came.")
            % {"name": resident.shown_name, "day": resident.came_on},
            field="happened_on",
        )


def members_of(household: Household) -> list[Resident]:
    """Return the members of today, the eldest first."""
    rows = Resident.objects.present().filter(household=household.pk)
    return list(rows.select_related("household").order_by("born_on", "pk"))


def head_of(members: Iterable[Resident]) -> Resident | None:
    """Return who is head among members."""
    return next((each for each in members if each.relation == HEAD), None)


def check_successor(
    gone: Collection[Resident], new_head: Resident | None, members: Collection[Resident]
) -> None:
    """The head's place never stands empty while others live there; nobody else's place is given away."""
    stay = [each for each in members if each not in gone]
    if head_of(gone) is None:
        if new_head is not None:
            raise Refused(_("The household keeps its head: leave this field empty."), field="new_head")
        return
    if new_head is None and stay:
        raise Refused(_("The head leaves: choose who is head from now on."), field="new_head")
    if new_head is not None and new_head not in stay:
        raise Refused(_("Choose one of the members who stay."), field="new_head")


def check_relation(relation: str, area: str, field: str) -> None:
    """Refuse a relation that the area's list does not know."""
    if relation not in dict(Words().choices("relation", area)):
        raise Refused(_("This value is not in the list: choose one of the list."), field=field)


def read_newcomer(newcomer: Newcomer, household: Household, on: datetime.date) -> ReadNewcomer:
    """Return who comes; refused where it cannot be, or where the person lives somewhere. Writes nothing."""
    number = newcomer.id_number
    if newcomer.identity is not None:
        kept = Identity.objects.get(pk=newcomer.identity)
        number = keeping.opened(kept.subject, kept.sealed)
    read, name = read_id_number(number), " ".join(newcomer.name.split())
    if isinstance(read, IdFault):
        raise Refused(read.label, field="id_number")
    if read.born_on > on:
        raise Refused(_("This day lies before the person's birth."), field="happened_on")
    if not name:
        raise Refused(_("Enter the person's name."), field="name")
    check_relation(newcomer.relation, household.area_id, "relation")
    _check_place(newcomer.relation, household)
    subject = keeping.subject_of(Identity.Kind.ID_NUMBER, read.number)
    if subject is not None:
        check_lives_nowhere_else(subject, household, on, name)
    return ReadNewcomer(name, newcomer.relation, read.number, read.sex, read.born_on)


def _check_place(relation: str, household: Household) -> None:
    """Refuse a second head, and who comes to nobody as anything but the head."""
    members = members_of(household)
    head = head_of(members)
    if relation == HEAD and head is not None:
        raise Refused(
            _("%(name)s is the head of this household: correct that relation first.") % {"name": head.name},
            field="relation",
        )
    if relation != HEAD and not members:
        raise Refused(
            pgettext("lineage", "Nobody lives in this household: who comes first is its head."),
            field="relation",
        )


def check_lives_nowhere_else(subject: UUID, household: Household, on: datetime.date, name: str = "") -> None:
    """Refuse who is a member somewhere, or was on a day from `on` on; where, is not said: it may be out of sight."""
    living = Resident.objects.filter(identity=subject, left_on__isnull=True).first()
    if living is None:
        longer = Resident.objects.filter(_for_a_day(), identity=subject, left_on__gt=on)
        if left_on := longer.order_by("-left_on").values_list("left_on", flat=True).first():
            raise Refused(
                pgettext(
                    "lineage",
                    "This person was a member of a household until %(day)s: choose that day or later.",
                )
                % {"day": left_on},
                field="happened_on",
            )
        return
    if living.household_id == household.pk:
        raise Refused(_("%(name)s is a member of this household already.") % {"name": living.name})
    sentence = _(
        "This person is a member of another household: first that household's village enters that they left."
    )
    raise LivesElsewhereError(sentence, subject=subject, household=household, name=name)


def check_heads(households: Iterable[Household], headless: Collection[int]) -> None:
    """Refuse what would leave people without a head; `headless` are those that had none before (marked on the page).

    The database holds that there are not two.
    """
    for household in households:
        members = members_of(household)
        if members and head_of(members) is None and household.pk not in headless:
            raise OutOfPlaceError(
                pgettext("lineage", "Household %(code)s would be without a head.") % {"code": household.code}
            )
        if members and household.dissolved_on is not None:
            raise OutOfPlaceError(
                pgettext("lineage", "People would live in household %(code)s, which was dissolved.")
                % {"code": household.code}
            )


def headless_of(households: Iterable[Household]) -> set[int]:
    """Return the keys of those households in which people live and nobody is head."""
    lived_in = ((each.pk, members_of(each)) for each in households)
    return {key for key, members in lived_in if members and head_of(members) is None}
