"""How often one may scan: per address of the network, per code, per member of staff.

The counts stand in the database, so a restart forgets none and all web processes share them; one statement counts and
answers, so two requests at once are two. What is kept is a keyed digest, never an address. Whole villages and whole
mobile networks come out of one address: the limit there is wide, and the one of a household's code is narrow. The code
of a village has none of its own: everybody of an assembly may scan it.
"""

import datetime
import ipaddress
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from households.codes.tokens import read
from households.models import ScanCount

#: Scans in a window of so many seconds.
WINDOW_SECONDS = 600
PER_ADDRESS, PER_CODE, PER_PERSON = 600, 60, 600
#: Half of an IPv6 address belongs to one connection.
_V6_PREFIX = 64
_SALT = "households.codes.limits"
_COUNT = """
    INSERT INTO households_scancount AS kept (key, began_at, count)
    SELECT unnest(%(keys)s), now(), 1 ORDER BY 1
    ON CONFLICT (key) DO UPDATE SET
        began_at = CASE WHEN kept.began_at > now() - %(window)s::interval THEN kept.began_at ELSE now() END,
        count = CASE WHEN kept.began_at > now() - %(window)s::interval THEN kept.count + 1 ELSE 1 END
    RETURNING key, count, began_at + %(window)s::interval
"""


@dataclass(frozen=True, slots=True)
class _Limit:
    key: str
    most: int


def wait(request: HttpRequest, word: str) -> int:
    """Count a scan; returns after how many seconds the next one is answered (0: this one is)."""
    return _wait(_limits(request, word))


def wait_for(request: HttpRequest, kind: str, most: int) -> int:
    """Do the same for another act that everybody may do: `most` of a network in a window, counted under `kind`."""
    return _wait([_Limit(_digest(kind, network_of(request)), most)])


def _wait(asked: list[_Limit]) -> int:
    limits = {each.key: each.most for each in asked}
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"keys": sorted(limits), "window": f"{WINDOW_SECONDS} seconds"})
        counted = cursor.fetchall()
    ends = [until for key, count, until in counted if count > limits[key]]
    return max(int((max(ends) - timezone.now()).total_seconds()) + 1, 1) if ends else 0


def forget_old() -> int:
    """Take away the counts of windows that are over; returns how many there were."""
    over = timezone.now() - datetime.timedelta(seconds=WINDOW_SECONDS)
    return ScanCount.objects.filter(began_at__lte=over).delete()[0]


def network_of(request: HttpRequest) -> str:
    """Return the network that a request comes from: an IPv4 address, or the /64 of an IPv6 one.

    Behind a proxy it is what that proxy added last: anything before it the visitor may have written.
    """
    stamped = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    written = stamped if settings.BEHIND_PROXY else request.META.get("REMOTE_ADDR", "")
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, _V6_PREFIX), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


def _limits(request: HttpRequest, word: str) -> list[_Limit]:
    who = request.user
    if who.is_authenticated:
        return [_Limit(_digest("person", str(who.pk)), PER_PERSON)]
    limits = [_Limit(_digest("address", network_of(request)), PER_ADDRESS)]
    if read(word).token:
        limits.append(_Limit(_digest("code", word), PER_CODE))
    return limits


def _digest(kind: str, text: str) -> str:
    return salted_hmac(_SALT, f"{kind}:{text}", algorithm="sha256").hexdigest()
