"""How often something may be done: counts that all web processes share and no restart forgets.

One statement counts and answers, so two requests at once are two. What is kept is a keyed digest: never an address, a
name or what somebody typed. Whole villages and whole mobile networks come out of one address: who sets a limit for a
network sets it wide.
"""

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from foundation.accounts.models import ActCount

#: Half of an IPv6 address belongs to one connection.
_V6_PREFIX = 64
#: 192.0.2.1:4711 and [2001:db8::1]:4711; brackets alone count too.
_WITH_PORT = re.compile(r"(?P<v4>[0-9.]+):[0-9]{1,5}|\[(?P<v6>[0-9A-Fa-f:.]+)\](:[0-9]{1,5})?")
_SALT = "foundation.accounts.limits"
#: What uses up the last of an allowance begins the window anew where the limit `holds`: the wait is a whole window.
_COUNT = """
    INSERT INTO accounts_actcount AS kept (key, began_at, "window", count)
    SELECT asked.key, now(), asked.seconds * interval '1 second', 1
    FROM unnest(%(keys)s::text[], %(seconds)s::int[], %(held)s::int[]) AS asked (key, seconds, held) ORDER BY asked.key
    ON CONFLICT (key) DO UPDATE SET
        began_at = CASE
            WHEN kept.began_at + kept."window" <= now() THEN now()
            WHEN kept.count + 1 = ANY (
                SELECT asked.held FROM unnest(%(keys)s::text[], %(held)s::int[]) AS asked (key, held)
                WHERE asked.key = kept.key
            ) THEN now()
            ELSE kept.began_at
        END,
        count = CASE WHEN kept.began_at + kept."window" > now() THEN kept.count + 1 ELSE 1 END,
        "window" = excluded."window"
    RETURNING key, count, began_at + "window"
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` acts of a `kind` by `who` within `seconds`; who is over it waits until the window is over.

    With `holds` the window begins anew with the act that uses up the allowance.
    """

    kind: str
    who: str
    most: int
    seconds: int
    holds: bool = False

    @property
    def key(self) -> str:
        """Under what it is counted: a digest that names nobody."""
        return salted_hmac(_SALT, f"{self.kind}:{self.who}", algorithm="sha256").hexdigest()


def wait(asked: Collection[Limit]) -> int:
    """Count one act under each of these limits; returns how many seconds to wait (0: this act is within them all)."""
    limits = {each.key: each for each in asked}
    ordered = [
        limits[key] for key in sorted(limits)
    ]  # always in one order: two requests never wait for each other
    told: dict[str, list[str] | list[int]] = {
        "keys": [each.key for each in ordered],
        "seconds": [each.seconds for each in ordered],
        "held": [each.most if each.holds else 0 for each in ordered],
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, told)
        counted = cursor.fetchall()
    ends = [until for key, count, until in counted if count > limits[key].most]
    return max(int((max(ends) - timezone.now()).total_seconds()) + 1, 1) if ends else 0


def forgive(asked: Collection[Limit]) -> None:
    """Forget what was counted under these limits: the act turned out to be a right one."""
    ActCount.objects.filter(key__in=[each.key for each in asked]).delete()


def take_back(asked: Collection[Limit]) -> None:
    """Take one act back under these limits: it turned out to be a right one, and those of others stay counted."""
    ActCount.objects.filter(key__in=[each.key for each in asked], count__gt=0).update(count=F("count") - 1)


def forget_old() -> int:
    """Take away the counts of windows that are over; returns how many there were."""
    return ActCount.objects.filter(began_at__lte=timezone.now() - F("window")).delete()[0]


def network_of(request: HttpRequest) -> str:
    """Return the network that a request comes from: an IPv4 address, or the /64 of an IPv6 one.

    Behind a proxy it is what that proxy added last: anything before it the visitor may have written. Some proxies add
    the port too: it is no part of the network.
    """
    stamped = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    written = stamped if settings.BEHIND_PROXY else request.META.get("REMOTE_ADDR", "")
    with_port = _WITH_PORT.fullmatch(written)
    try:
        address = ipaddress.ip_address(with_port["v4"] or with_port["v6"] if with_port else written)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, _V6_PREFIX), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)
