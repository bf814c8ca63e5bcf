"""Who a program is: the token it shows, or the session of a person's browser; and what they must do first."""

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from foundation.accounts.entry import passwords, second_factor
from foundation.accounts.models import ApiToken, User
from foundation.accounts.programs import tokens

#: Longer than any token.
_LONGEST = 200


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer shouwang_…`. Comes first, so that a request of nobody is answered 401, not 403."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return whose token it is, acting by its posting alone; None where no token is shown."""
        scheme, _blank, word = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        found = tokens.bearer(word.strip()) if len(word) <= _LONGEST else None
        if found is None:
            raise AuthenticationFailed(_("This token opens nothing, or no longer does: make a new one."))
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        """Say how to sign in."""
        return 'Bearer realm="Shouwang"'


class BrowserAuthentication(SessionAuthentication):
    """The session of a person's browser; what changes something carries the token of our forms."""

    def enforce_csrf(self, request: Request) -> None:
        """Refuse what another site may have let the browser send."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied as forged:
            raise PermissionDenied(
                _("A browser's request that changes something needs the header X-CSRFToken.")
            ) from forged


def why_not_ready(user: User) -> str:
    """Say what somebody must do on the pages before anything else, or "" where they may go on."""
    if user.must_change_password or passwords.is_over(user):
        return _("Your password must be changed first: sign in to the pages.")
    if second_factor.is_required_of(user) and not second_factor.is_set_up(user):
        return _("Your post asks for a second factor: sign in to the pages and set it up.")
    return ""
