"""What ./test adds to pytest: browser tests stay together, static failures stand beside the summary, no idle search."""

import gc
import os
from collections.abc import Generator

import pytest

#: Python looks for garbage after so many new objects (700 by itself); most are gone by then without being looked for.
_NEW_OBJECTS = 5_000


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give browser tests to one process, so that two browsers never fight over two cores."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Leave what is imported and collected out of the search for garbage: it stays to the end, and it is much.

    To look through it again and again was a tenth of the run; config/wsgi.py does the same for the web server.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(_NEW_OBJECTS)
        gc.enable()


def pytest_unconfigure() -> None:
    """Let the end of the process find everything, so that no library complains of what was left."""
    gc.unfreeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat what failed before the tests, where the reader looks."""
    failed = os.environ.get("SHOUWANG_STATIC_CHECKS")
    if failed:
        terminalreporter.section("static checks")
        terminalreporter.line(f"FAILED: {failed} (see above)", red=True)
