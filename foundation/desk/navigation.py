"""Navigation: what stands in the left rail and the bottom bar, by the person's rights.

Any app adds an item: a `NavItem` object, named in `config/composition.py` under NAVIGATION.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from foundation.accounts.composition import parts
from foundation.accounts.models import User
from foundation.accounts.roles import Right

#: Places in the bottom bar of a phone; what finds none there stands behind “more”.
PHONE_PLACES = 4


@dataclass(frozen=True, slots=True, eq=False)  # each is itself: comparing labels would translate them
class NavItem:
    """One place to go.

    `right` is what the person must hold somewhere (None: every signed-in person); lower `order` stands first;
    `phone` claims a place in the bottom bar of a phone, where not all have room. `icon` is a file of
    templates/components/icons/. Who was lent a row of the model `lent` finds the place without the right; with `lent`
    and no right it is for those alone.
    """

    label: str | Promise
    url_name: str
    icon: str
    right: Right | None = None
    order: int = 100
    phone: bool = False
    lent: str = ""

    def is_for(self, user: User) -> bool:
        """Say whether `user` has anything to do there."""
        if self.right is None and not self.lent:
            return True
        if self.right is not None and user.holds(self.right):
            return True
        return bool(self.lent) and user.borrows(self.lent)


@dataclass(frozen=True, slots=True)
class Place:
    """A `NavItem` as one request shows it; `here` marks the section of the present page."""

    label: str | Promise
    url: str
    icon: str
    here: bool


@dataclass(frozen=True, slots=True)
class Navigation:
    """The places of one person: all of them (rail), the bottom bar of a phone, and what is behind “more”."""

    rail: tuple[Place, ...]
    bar: tuple[Place, ...]
    more: tuple[Place, ...]


def items_for(user: User) -> list[NavItem]:
    """Return the items that are for `user`, in their order."""
    items = [item for item in parts("NAVIGATION") if item.is_for(user)]
    return sorted(items, key=lambda item: item.order)


def navigation(request: HttpRequest) -> Navigation:
    """Return the navigation of the signed-in person of this request."""
    assert isinstance(request.user, User)  # noqa: S101  (the shell asks only for signed-in people)
    items = items_for(request.user)
    urls = {item: reverse(item.url_name) for item in items}
    here = _section(request.path, list(urls.values()))
    places = {item: Place(item.label, url, item.icon, url == here) for item, url in urls.items()}
    bar = items if len(items) <= PHONE_PLACES else [item for item in items if item.phone][:PHONE_PLACES]
    return Navigation(
        rail=tuple(places.values()),
        bar=tuple(places[item] for item in bar),
        more=tuple(place for item, place in places.items() if item not in bar),
    )


def _section(path: str, urls: list[str]) -> str:
    """Return the longest of `urls` that `path` lies under; the home page has only itself under it."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=len, default="")
