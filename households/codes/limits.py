"""How often one may scan: per address of the network, per code, per member of staff.

Counted by foundation/accounts/limits.py. Whole villages and whole mobile networks come out of one address: the limit
there is wide, and the one of a household's code is narrow. The code of a village has none of its own: everybody of an
assembly may scan it.
"""

from django.http import HttpRequest

from foundation.accounts.limits import Limit, network_of
from foundation.accounts.limits import wait as wait_under
from households.codes.tokens import read

#: Scans in a window of so many seconds.
WINDOW_SECONDS = 600
PER_ADDRESS, PER_CODE, PER_PERSON = 600, 60, 600


def wait(request: HttpRequest, word: str) -> int:
    """Count a scan; returns after how many seconds the next one is answered (0: this one is)."""
    return wait_under(_limits(request, word))


def wait_for(request: HttpRequest, kind: str, most: int) -> int:
    """Do the same for another act that everybody may do: `most` of a network in a window, counted under `kind`."""
    return wait_under([Limit(kind, network_of(request), most, WINDOW_SECONDS)])


def _limits(request: HttpRequest, word: str) -> list[Limit]:
    who = request.user
    if who.is_authenticated:
        return [Limit("scan by staff", str(who.pk), PER_PERSON, WINDOW_SECONDS)]
    limits = [Limit("scan from a network", network_of(request), PER_ADDRESS, WINDOW_SECONDS)]
    if read(word).token:
        limits.append(Limit("scan of a code", word, PER_CODE, WINDOW_SECONDS))
    return limits
