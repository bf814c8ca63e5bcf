"""Work that makes many rows at once, without Python's search for circles among them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let Python not look for circles of objects meanwhile.

    Thousands of rows that live to the end of a piece of work would be looked through again and again, and are in none.
    What is in no circle is freed at once, as ever. For pieces of work of seconds; also as a decorator.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
