"""Tokens of programs that the walks look at."""

from collections.abc import Iterator

from foundation.accounts.models import User
from tests.foundation.accounts.programs.made import made_token
from tests.house.things import ALL_POSTS, Thing


def own_tokens(people: dict[str, User]) -> Iterator[Thing]:
    """Let everybody have a token, called as they are: it is theirs alone."""
    for username, person in people.items():
        token, _word = made_token(person, name=person.name)
        yield Thing(token.pk, ALL_POSTS[username][1], owner=username)


def tokens(people: dict[str, User]) -> Iterator[Thing]:
    """The same as who manages their accounts finds them: nobody's own."""
    for username, person in people.items():
        yield Thing(person.api_tokens.get().pk, ALL_POSTS[username][1])
