"""How often a program may ask: counted by person and token, of nobody by network, in one statement (accounts.limits).

Django REST framework's own throttles are documented as no security control: they are not atomic, and believe whatever
stands in X-Forwarded-For. These count in the database, by the address that our own proxy stamped.
"""

from django.conf import settings
from rest_framework.exceptions import Throttled
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from foundation.accounts.limits import Limit, network_of, wait
from foundation.accounts.models import ApiToken, User


def count(request: Request) -> None:
    """Count a request of somebody; Throttled, with the seconds to wait, where it is one too many."""
    user, token = request.user, request.auth
    if not isinstance(user, User):
        return count_nobody(request)
    who = f"token {token.pk}" if isinstance(token, ApiToken) else f"person {user.pk}"
    asked = [Limit("api", who, settings.API_REQUESTS_A_MINUTE, 60)]
    if request.method not in SAFE_METHODS:
        asked.append(Limit("api act", who, settings.API_ACTS_A_MINUTE, 60))
    _refuse(wait(asked))
    return None


def count_nobody(request: Request) -> None:
    """Count a request of nobody, or with a token that opens nothing, against the network it comes from."""
    network = network_of(request._request)
    _refuse(wait([Limit("api of nobody", network, settings.API_REQUESTS_OF_NOBODY_A_MINUTE, 60)]))


def _refuse(seconds: int) -> None:
    if seconds:
        raise Throttled(wait=seconds)
