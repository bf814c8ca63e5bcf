"""Erasing a person in a real browser: what is said before, the wrong sentence, and what stands there afterwards."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.homes import APPROVER, ERASED, find
from tests.browser.looking import CHINESE, DESKTOP, PHONE, Size, Watch, small_targets, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(("size", "name"), [(PHONE, "祁立冬"), (DESKTOP, "盛小雪")], ids=["phone", "desktop"])
def test_a_person_is_erased_after_the_sentence(
    open_context: Callable[..., BrowserContext], screenshots: Path, size: Size, name: str
) -> None:
    page = open_context(APPROVER, size, CHINESE).new_page()
    watch, shown = Watch(page), []

    def look(step: str) -> None:
        take_picture(page, screenshots / f"erase-{step}-{size.name}.png")
        shown.extend(watch.faults() + (small_targets(page) if size is PHONE else []))

    find(page, ERASED)
    page.locator(".household-members tr", has_text=name).locator("a[href$='/erase/']").click()
    look("ask")
    page.check("[name=ground][value=request]")
    page.fill("[name=sentence]", name)
    page.click("main .btn-danger")
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.is_checked("[name=ground][value=request]")
    look("wrong")
    page.fill("[name=sentence]", f"永久清除{name}")
    page.click("main .btn-danger")
    expect(page.locator(".message-success")).to_be_visible()
    expect(page.locator(".digest").first).to_be_visible()
    look("done")
    page.click(".page-actions a")
    expect(page.locator(".household-members")).not_to_contain_text(name)
    look("household")
    assert shown == []
