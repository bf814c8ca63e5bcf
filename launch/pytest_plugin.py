"""What ./test adds to pytest: browser tests stay together, and static failures stand beside the summary."""

import os

import pytest


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give browser tests to one process, so that two browsers never fight over two cores."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Repeat what failed before the tests, where the reader looks."""
    failed = os.environ.get("SHOUWANG_STATIC_CHECKS")
    if failed:
        terminalreporter.section("static checks")
        terminalreporter.line(f"FAILED: {failed} (see above)", red=True)
