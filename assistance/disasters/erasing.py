"""What is typed about the household of a person who is erased goes with them (households.followers.ErasureFollower)."""

from collections.abc import Collection

from assistance.models import DisasterHousehold, FirstHelp, ImportedDouble


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Blank running text about help, about leaving a list, and about doubles; what was given and when stays."""
    FirstHelp.objects.filter(household__residents__in=residents).exclude(what="").update(what="")
    left = DisasterHousehold.objects.filter(household__residents__in=residents, left_on__isnull=False)
    left.update(left_reason="*")
    ImportedDouble.objects.filter(case__household__residents__in=residents).update(reason="*")
