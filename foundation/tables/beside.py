"""One long COPY out of PostgreSQL in a thread of its own, while its transaction goes on with what is no query.

    with copied_beside(lambda cursor: cursor.copy_expert("COPY … TO STDOUT", sink)) as copied:
        …              # opening files, taking lines apart, DuckDB
        copied()       # waits for the end, and raises what the copying raised

A connection of PostgreSQL does one thing at a time. Whatever is asked of it through Django meanwhile waits first, by
itself: nobody has to know that something is on its way.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from typing import Any

from django.db import connection


@contextmanager
def copied_beside(copy: Callable[[Any], None]) -> Iterator[Callable[[], None]]:
    """Call `copy` with a cursor in a thread, and yield what waits for its end.

    The block ends after the thread, also where it raises. What `copy` raises comes out at the first of: waiting, a
    query, the end of the block; after it the transaction is broken. `copy` asks nothing through Django itself.
    """
    here = copy_context()
    with connection.cursor() as cursor, ThreadPoolExecutor(1) as pool:
        copying = pool.submit(here.run, copy, cursor)

        def after_it(execute: Callable[..., Any], *query: Any) -> Any:
            copying.result()
            return execute(*query)

        with connection.execute_wrapper(after_it):
            yield copying.result
        copying.result()
