"""What every page of the shell needs; each part is read only where a template asks for it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import cached_property

from foundation.accounts import clock
from foundation.accounts.composition import parts
from foundation.accounts.models import Area, User
from foundation.desk import focus
from foundation.desk.navigation import Navigation, navigation
from foundation.inbox.models import Notice


class Shell:
    """The surroundings of one page: navigation, areas, languages, banners. An unused part costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        """Stand around the page of `request`."""
        self._request = request

    @cached_property
    def _user(self) -> User | None:
        user = getattr(self._request, "user", None)
        return user if isinstance(user, User) and user.is_authenticated else None

    @cached_property
    def navigation(self) -> Navigation | None:
        """Where this person can go; nobody signed in, or a password to be chosen first: nowhere."""
        if self._user is None or self._user.must_change_password:
            return None
        return navigation(self._request)

    @cached_property
    def areas(self) -> list[Area]:
        """The areas of the person's duties."""
        return focus.choices(self._user) if self._user else []

    @cached_property
    def area(self) -> Area | None:
        """The one area the person chose to look at, or None for all of theirs."""
        code = focus.current(self._request) if self._user else ""
        return next((area for area in self.areas if area.code == code), None)

    @cached_property
    def unread(self) -> int:
        """How many notices the person has not read; one query, on pages that show the bell."""
        return Notice.objects.visible_to(self._user).unread().count() if self._user else 0

    @property
    def languages(self) -> list[tuple[str, str]]:
        """The other languages, each by its own name."""
        now = translation.get_language()
        return [
            (code, translation.get_language_info(code)["name_local"])
            for code, _name in settings.LANGUAGES
            if code != now
        ]

    @property
    def banners(self) -> list[str]:
        """Templates that stand above every page (composition BANNERS: callable, request → name or None)."""
        return [name for part in parts("BANNERS") if (name := part(self._request))]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the base layout."""
    return {"shell": Shell(request), "business_day": clock.today}
