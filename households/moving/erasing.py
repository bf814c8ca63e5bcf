"""What moves follow: a person who is erased."""

from collections.abc import Collection

from django.db.models import Q

from foundation.accounts.models import User
from foundation.files.retention import erase_with_person
from households.models import HouseholdMove
from households.models.households import NAMELESS


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Blank what was typed about the household of a person who is erased, or about who went alone; destroy the papers.

    See households.followers.ErasureFollower.
    """
    system = User.objects.built_in("system")
    about = Q(household__residents__in=residents) | Q(event__people__became__in=residents)
    # Of who came to a household and was taken back from there, the row before stands in the moves from there.
    about |= Q(person__in=residents)
    keys = list(HouseholdMove.objects.filter(about).distinct().values_list("pk", flat=True))
    for row in HouseholdMove.objects.filter(pk__in=keys):
        erase_with_person(row, by=system)
    HouseholdMove.objects.filter(pk__in=keys).update(head=NAMELESS, why=NAMELESS, document=NAMELESS)
    HouseholdMove.objects.filter(pk__in=keys).exclude(kind="").update(to_address=NAMELESS)
