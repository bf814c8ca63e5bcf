"""Names of visitors, as far as the reader may know them: a colleague's name is no secret where one works."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from households.openings import names_known


class Names:
    """The names that one reader may know; each person is looked up once."""

    def __init__(self, reader: User) -> None:
        """Know nobody yet but the reader."""
        self._reader = reader
        self._known: dict[int, str] = {reader.pk: reader.name}

    def of(self, people: Iterable[User]) -> str:
        """Return the names of people in one line; who may not be known is “a colleague”."""
        asked = list(people)
        self._learn({each.pk for each in asked})
        return "、".join(self._known[each.pk] for each in asked)

    def _learn(self, keys: set[int]) -> None:
        unknown = keys - self._known.keys()
        if unknown:
            found = names_known(unknown, self._reader)
            self._known |= {key: found.get(key) or _("a colleague") for key in unknown}
