"""What meetings and notices follow: an area that gives way, and a person who is erased."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q

from assistance.models import Evaluation, EvaluationItem, Notice, NoticeItem, Objection
from foundation.accounts.models import Area, User
from households.models import Resident
from households.models.households import HEAD, NAMELESS


@dataclass(frozen=True, slots=True)
class BatchesFollow:
    """A meeting or notice goes on in what takes its place; where that was split, in the place above."""

    claims = ("assistance.Evaluation.area", "assistance.Notice.area")

    def __call__(self, predecessor: Area, successors: Sequence[Area], *, by: User, on: datetime.date) -> None:
        """Write the new code; two statements."""
        place = successors[0] if len(successors) == 1 else predecessor.parent
        if place is not None:
            Evaluation.objects.filter(area=predecessor).update(area=place)
            Notice.objects.filter(area=predecessor).update(area=place)


areas = BatchesFollow()


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Blank what names or was typed about a person who is erased (households.followers.ErasureFollower)."""
    heads = Resident.objects.filter(pk__in=residents, relation=HEAD).values("household")
    lines = NoticeItem.objects.filter(Q(case__household__in=heads) | Q(assessed__household__in=heads))
    lines.exclude(name_wall="").update(name_wall=NAMELESS, name_online=NAMELESS)
    homes = Resident.objects.filter(pk__in=residents).values("household")
    against = Q(item__case__household__in=homes) | Q(item__assessed__household__in=homes)
    Objection.objects.filter(against).update(text=NAMELESS, by_whom="", answer="")
    voted_on = Q(case__household__in=homes) | Q(assessed__household__in=homes)
    EvaluationItem.objects.filter(voted_on).update(questions="", withdrew_who="")
