"""Comparisons in a real browser: clean pages on both sizes, and what is held back is looked at and released."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.looking import CHINESE, DESKTOP, ENGLISH, PHONE, Size, Watch, small_targets, take_picture
from tests.browser.playing import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
#: Page → the address to begin at, and the link to follow from there.
PAGES = {
    "list": ("/comparisons/", ""),
    "run": ("/comparisons/", ".table tbody a"),
    "held": ("/comparisons/held/", ".table tbody a"),
    "ask": ("/comparisons/ask/", ""),
    "trial": ("/comparisons/trials/", ".table tbody a"),
    "trial-ask": ("/comparisons/trials/ask/", ""),
}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=lambda size: size.name)
def test_the_pages_are_clean(open_context: Window, screenshots: Path, size: Size) -> None:
    page = open_context("lin_xian", size, CHINESE).new_page()
    watch = Watch(page)
    for name, (address, link) in PAGES.items():
        page.goto(address)
        if link:
            follow(page.locator(link).first)
        take_picture(page, screenshots / f"comparisons-{name}-{size.name}.png")
        assert watch.faults() == [], name
        assert size is not PHONE or small_targets(page) == [], name


def test_held_findings_are_looked_at_and_released(open_context: Window) -> None:
    page = open_context("lin_xian", DESKTOP, ENGLISH).new_page()
    watch = Watch(page)
    page.goto("/comparisons/held/")
    page.locator(".table tbody a").first.click()
    expect(page.get_by_text("12 findings, where 2 are usual: 6.0 times as many.")).to_be_visible()
    expect(page.locator(".sample tbody tr")).to_have_count(10)
    page.get_by_role("link", name="Release", exact=True).click()
    page.get_by_role("button", name="Release").click()
    assert "/release/" in page.url, "a reason is needed"
    page.get_by_label("Reason").fill("已与医保局核实")
    page.get_by_role("button", name="Release").click()
    expect(page.get_by_text("Released: 12 findings become warnings.")).to_be_visible()
    page.goto("/comparisons/held/")
    expect(page.get_by_text("Nothing is held back.")).to_be_visible()
    assert watch.faults() == []
