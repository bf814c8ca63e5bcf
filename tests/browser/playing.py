"""What people do on the pages of the played demonstration: come in, press a form's button, look."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page

from foundation.accounts.models import User
from tests.browser.looking import DESKTOP, Size, Watch, small_targets, take_picture


class Doors(Protocol):
    """The doors of the first page of the demonstration."""

    def __call__(self, username: str, size: Size = DESKTOP, story: str = "") -> Page:
        """Press somebody's door, or that of the story whose sentence has these words; returns their page."""


@contextmanager
def window_of(browser: Browser, address: str, user: User, size: Size) -> Iterator[Page]:
    """Open a window of somebody who has no door on the first page, as if they had signed in."""
    client = Client()
    client.force_login(user)
    context = browser.new_context(viewport=size.viewport, base_url=address, locale="zh-CN")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
    yield context.new_page()
    context.close()


def follow(pressed: Locator) -> None:
    """Press what leads to another page, and wait until that page is there to its end.

    A press alone returns when the next page has begun; who counts what stands on it then may count the half of it.
    """
    with pressed.page.expect_navigation():
        pressed.click()


def submit(page: Page) -> None:
    """Press the form's own button."""
    follow(page.locator("main form .form-buttons button").first)


def look(page: Page, size: Size, picture: Path) -> None:
    """Take the page's picture; what is wrong with it fails the story."""
    watch = Watch(page)
    page.reload()
    take_picture(page, picture)
    found = watch.faults() + (small_targets(page) if size.name == "phone" else [])
    assert not found, found
