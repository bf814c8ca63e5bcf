"""What authorisations follow: a person who is erased."""

from collections.abc import Collection

from foundation.ledger.models import Opening
from households.models import Authorisation, AuthorisationMember
from households.models.households import NAMELESS


def forget(residents: Collection[int], subjects: Collection[object]) -> None:
    """Take the name of an erased person from what was signed; the signed bytes only committed to it.

    What was typed as the reason of an end may name them too (households.followers.ErasureFollower).
    """
    covering = AuthorisationMember.objects.filter(resident__in=residents)
    keys = [str(key) for key in covering.values_list("authorisation", flat=True)]
    covering.update(name=NAMELESS, salt=b"")
    Opening.objects.filter(
        entry__object_type=Authorisation._meta.label_lower, entry__object_id__in=keys
    ).delete()
