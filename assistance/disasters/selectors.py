"""What the pages of a disaster read: its counts, and the rows of its list with all that they show."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from assistance.lifecycle import HELD, UNDER_WAY
from assistance.models import Disaster, DisasterHousehold, FirstHelp
from assistance.querysets_of_disasters import DisasterHouseholdQuerySet
from foundation.accounts import clock
from foundation.accounts.models import User
from foundation.regulations.lookup import value
from foundation.regulations.units import in_language
from households.models import Resident
from households.models.households import HEAD

Harm = DisasterHousehold.Harm


@dataclass(frozen=True, slots=True)
class Counts:
    """A disaster in numbers, of the areas of one reader: households."""

    listed: int
    heavy: int
    safe: int
    helped: int
    opened: int
    owing: int
    overdue: int
    enrolled: int
    left: int


def counts_of(disaster: Disaster, user: User) -> Counts:
    """Count what `user` may see of a disaster; one query."""
    rows = DisasterHousehold.objects.visible_to(user).filter(disaster=disaster)
    helped = Exists(FirstHelp.objects.filter(listed=OuterRef("pk")))
    here, owing = Q(left_on__isnull=True), Q(case__fast_track=True, case__state__in=UNDER_WAY)
    return Counts(
        **rows.annotate(was_helped=helped).aggregate(
            listed=Count("pk", filter=here),
            heavy=Count("pk", filter=here & Q(harm=Harm.HEAVY)),
            safe=Count("pk", filter=here & Q(safe_on__isnull=False)),
            helped=Count("pk", filter=here & Q(was_helped=True)),
            opened=Count("pk", filter=here & Q(case__isnull=False)),
            owing=Count("pk", filter=here & owing),
            overdue=Count("pk", filter=here & owing & Q(case__papers_due_on__lt=clock.today())),
            enrolled=Count("pk", filter=here & Q(case__state__in=HELD)),
            left=Count("pk", filter=~here),
        )
    )


def rows_of(disaster: Disaster, user: User) -> DisasterHouseholdQuerySet:
    """Return the households on the list that `user` may see, with heads, help and case; no query per row."""
    heads = Resident.objects.present().filter(relation=HEAD)
    return (
        DisasterHousehold.objects.visible_to(user)
        .filter(disaster=disaster)
        .select_related("household__area", "case")
        .prefetch_related("helps", Prefetch("household__residents", heads, to_attr="heads"))
    )


def without_case(disaster: Disaster, user: User) -> QuerySet[DisasterHousehold]:
    """Return the heavily harmed households that have no case yet."""
    rows = DisasterHousehold.objects.visible_to(user).living().filter(disaster=disaster, case__isnull=True)
    return rows.filter(harm=Harm.HEAVY)


def kinds_of(key: str, area: str) -> list[tuple[str, str]]:
    """Return the codes of a list of the area and their names."""
    return [(each["code"], in_language(each["zh"], each["en"])) for each in value(key, area=area).items]
