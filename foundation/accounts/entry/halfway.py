"""Between password and second factor: who it is, for five minutes, in a session that opens nothing."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from foundation.accounts.limits import Limit, forgive, wait
from foundation.accounts.models import User

_KEY = "halfway"
SECONDS = 5 * 60
#: Wrong codes of one person, and how long they wait then. Only who knew the password, or found a session open
#: (proof.py), comes as far as this.
FAILURES, WAIT_SECONDS = 5, 15 * 60


def begin(request: HttpRequest, user: User) -> None:
    """Keep who gave the right password; the session gets a new key."""
    request.session.cycle_key()
    request.session[_KEY] = [user.pk, int(timezone.now().timestamp()), user.get_session_auth_hash()]


def who(request: HttpRequest) -> User | None:
    """Return who gave the right password in this session not long ago, and still may sign in."""
    pk, since, sworn = request.session.get(_KEY, [0, 0, ""])
    if timezone.now().timestamp() - since > SECONDS:
        return None
    user = User.objects.filter(pk=pk, is_active=True, is_built_in=False).first()
    if user is None or not constant_time_compare(sworn, user.get_session_auth_hash()):
        return None
    return user


def attempt(user: User) -> bool:
    """Count a code; says whether it may be looked at."""
    return not wait([_limit(user)])


def passed(user: User) -> None:
    """Take back what was counted against this person's codes."""
    forgive([_limit(user)])


def _limit(user: User) -> Limit:
    return Limit("second factor", str(user.pk), FAILURES, WAIT_SECONDS, holds=True)
