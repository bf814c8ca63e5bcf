"""Collect from the npm packages only the files that our pages name, not the megabytes beside them."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder


class ChosenFilesFinder(FileSystemFinder):
    """The folders of STATICFILES_DIRS; under a prefix named in STATICFILES_CHOSEN only the files it lists."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        """Yield the files to collect."""
        for path, storage in super().list(ignore_patterns):
            chosen = settings.STATICFILES_CHOSEN.get(storage.prefix)
            if chosen is None or any(fnmatch(path, pattern) for pattern in chosen):
                yield path, storage
