"""One server and one headless Chromium for all browser tests; people sign in through the page like anybody."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.factors import code_now
from tests.browser.looking import CHROMIUM_FLAGS, DESKTOP, ENGLISH, PHONE, PICTURES, Size
from tests.browser.playing import Doors, follow
from tests.people import PASSWORD

CHROMIUM = "SHOUWANG_CHROMIUM"
#: How long a session of the tests is used; a real one may rest for 15 to 30 minutes.
_SESSION_SECONDS = 8 * 60


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser; without one the browser tests fail, they are never skipped."""
    path = os.environ.get(CHROMIUM, "")
    if not path or not Path(path).exists():
        pytest.fail(
            f"No Chromium: set {CHROMIUM} to its path, or start through ./test, which finds or installs it."
        )
    return path


@pytest.fixture(scope="session")
def server(served_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the product's own web process on a database of its own, on the demo's day."""
    place = tmp_path_factory.mktemp("served")
    environment = os.environ | {
        "SHOUWANG_VAR": str(place),
        "SHOUWANG_TODAY": "2026-11-04",
        "DATABASE_URL": with_database(os.environ["DATABASE_URL"], served_database),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    # Numbers are sealed with the server's own keys, so its households are made in its own environment.
    plant = [sys.executable, "manage.py", "shell", "-c", "from tests.browser.homes import plant; plant()"]
    subprocess.run(plant, env=environment, cwd=settings.ROOT, check=True, stdout=subprocess.DEVNULL)
    with serve(environment, place / "server.log") as address:
        yield address


@contextmanager
def serve(environment: dict[str, str], log_file: Path) -> Iterator[str]:
    """Run the product's own web process in an environment; yields its address."""
    manage = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(manage, env=environment, cwd=settings.ROOT, check=True)
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "8",
    ]
    with log_file.open("w") as log:
        process = subprocess.Popen(
            command, env=environment, cwd=settings.ROOT, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/healthz/", process, log_file)
            yield address
        finally:
            process.terminate()
            process.wait(60)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for the whole run.

    Playwright keeps an event loop in this thread as long as it lives; Django must be told that the database
    may be asked all the same, here and in every test that comes after.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=30_000)  # of milliseconds; on a busy machine a page is slow, not wrong
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def cookies(browser: Browser, server: str) -> Callable[[str], list[dict[str, object]]]:
    """Cookies of somebody who signed in through the page, once in a while."""
    kept: dict[str, tuple[float, list[dict[str, object]]]] = {}

    def of(username: str) -> list[dict[str, object]]:
        # A session that nobody used for a while is over: whoever comes back later signs in again.
        if username not in kept or time.monotonic() - kept[username][0] > _SESSION_SECONDS:
            context = browser.new_context(locale="en")
            sign_in(context.new_page(), server, username)
            found = [dict(cookie) for cookie in context.cookies() if cookie["name"] == "sessionid"]
            kept[username] = (time.monotonic(), found)
            context.close()
        return kept[username][1]

    return of


@pytest.fixture
def open_context(
    browser: Browser, server: str, cookies: Callable[[str], list[dict[str, object]]]
) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser window: `username` (empty: signed out), `size`, `language`, and Playwright's options."""
    opened: list[BrowserContext] = []

    def window(
        username: str = "", size: Size = PHONE, language: str = ENGLISH, **options: object
    ) -> BrowserContext:
        context = browser.new_context(viewport=size.viewport, base_url=server, **options)  # type: ignore[arg-type]
        opened.append(context)
        if username:
            context.add_cookies(cookies(username))  # type: ignore[arg-type]
        context.add_cookies([{"name": "django_language", "value": language, "url": server}])
        return context

    yield window
    for each in opened:
        each.close()


@pytest.fixture(scope="module")
def line(
    played: dict[str, int], _folder_of_files: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Address of a server of the played demonstration, on its own day, with its keys and files."""
    place = tmp_path_factory.mktemp("line")
    for name, kept in LINKS.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (_folder_of_files / kept).mkdir(parents=True, exist_ok=True)
        (place / name).symlink_to(_folder_of_files / kept)
    # Lists that wait for a worker lie where the process of the test, which is the worker, looks for them.
    (spool := settings.VAR / "uploads" / "spool").mkdir(parents=True, exist_ok=True)
    (place / "uploads" / "spool").symlink_to(spool)
    environment = {key: value for key, value in os.environ.items() if key != "SHOUWANG_TODAY"} | {
        "SHOUWANG_VAR": str(place),
        "DATABASE_URL": with_database(os.environ["DATABASE_URL"], str(connection.settings_dict["NAME"])),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    with serve(environment, place / "server.log") as address:
        yield address


@pytest.fixture
def enter(browser: Browser, line: str) -> Iterator[Doors]:
    """Press somebody's door on the first page of the demonstration, or a story's; returns their page."""
    opened: list[BrowserContext] = []

    def door(username: str, size: Size = DESKTOP, story: str = "") -> Page:
        context = browser.new_context(viewport=size.viewport, base_url=line, locale="zh-CN")
        opened.append(context)
        page = context.new_page()
        page.goto("/")
        own = page.locator(f"form:has(input[value='{username}']) button, button[value='{username}']")
        told = page.locator(".demo-news form", has_text=story).locator("button")
        follow((told if story else own).first)
        return page

    yield door
    for each in opened:
        each.close()


#: Where an installation keeps what the demonstration of the tests keeps elsewhere.
LINKS = {
    "keys": "keys",
    "uploads/incoming": "incoming",
    "uploads/kept": "kept",
    "archive/incoming": "demonstration/drafts",
    "archive/kept": "demonstration/archive",
    "archive/cache": "demonstration/cache",
}


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder for pictures of this run; they are taken where SHOUWANG_SCREENSHOTS names one (take_picture)."""
    if chosen := os.environ.get(PICTURES):
        Path(chosen).mkdir(parents=True, exist_ok=True)
        return Path(chosen)
    return tmp_path_factory.mktemp("screenshots")


def sign_in(page: Page, server: str, username: str) -> None:
    """Sign in through the page."""
    page.goto(f"{server}/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(lambda address: not address.endswith("/sign-in/"))
    if "/sign-in/code/" in page.url:
        # A code is taken once: whoever signs in twice within half a minute types the next one.
        for later in (-1, 0, 1):
            page.fill("[name=code]", code_now(later=later))
            follow(page.locator("main button"))
            if "/sign-in/code/" not in page.url:
                break
    page.wait_for_url(f"{server}/")


def with_database(url: str, name: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"/{name}"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120  # perhaps on a busy machine
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The server of the browser tests did not start:\n{log.read_text()}")
