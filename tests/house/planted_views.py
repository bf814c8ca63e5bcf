"""Saved views that the walks look at."""

from collections.abc import Iterator

from foundation.accounts.models import User
from foundation.desk.models import SavedView
from tests.house.things import ALL_POSTS, Thing


def saved_views(people: dict[str, User]) -> Iterator[Thing]:
    """Let everybody keep a view, called as they are, for themselves alone."""
    for username, person in people.items():
        made = SavedView.objects.create(owner=person, table="alerts", path="/alerts/", name=person.name[:30])
        yield Thing(made.pk, ALL_POSTS[username][1], owner=username)
