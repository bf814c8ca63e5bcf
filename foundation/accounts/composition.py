"""How a low storey reaches what stands above it without importing it.

The low package declares a Protocol and calls `parts("NAME")`; config/composition.py lists, in order, the
import strings that answer. Nothing else crosses floors upward.
"""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def parts(name: str) -> tuple[Any, ...]:
    """Return the objects that config/composition.py lists under `name`, in its order."""
    paths: Iterable[str] = getattr(import_module(settings.COMPOSITION), name)
    return tuple(import_string(path) for path in paths)
