"""Monitored objects and income in a real browser: figures and lists at both sizes, and an income stated on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.homes import CHANGED, find
from tests.browser.looking import CHINESE, DESKTOP, ENGLISH, PHONE, Size, Watch, small_targets, take_picture
from tests.people import NEIGHBOUR_COUNTY, NEIGHBOUR_VILLAGE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
PAGES = {
    "county": ("lin_xian", "/monitored/"),
    "village": ("lin_cun", f"/monitored/{NEIGHBOUR_VILLAGE}/"),
    "empty": ("xian", "/monitored/"),
    "hand-in": ("lin_xian", "/monitored/import/"),
    "take-out": ("lin_xian", f"/monitored/{NEIGHBOUR_COUNTY}/take-out/"),
}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=lambda size: size.name)
@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_clean(open_context: Window, screenshots: Path, name: str, size: Size) -> None:
    who, address = PAGES[name]
    page = open_context(who, size, CHINESE).new_page()
    watch = Watch(page)
    answer = page.goto(address)
    take_picture(page, screenshots / f"monitored-{name}-{size.name}.png")
    assert answer is not None
    assert answer.ok
    assert watch.faults() == []
    assert size is not PHONE or small_targets(page) == []


def test_an_income_is_stated_on_a_phone_and_stands_with_its_sum(
    open_context: Window, screenshots: Path
) -> None:
    page = open_context("lin_xian", PHONE, ENGLISH).new_page()
    watch = Watch(page)
    find(page, CHANGED)
    page.get_by_role("link", name="State the income").click()
    page.get_by_text("A Wages", exact=True).click()
    page.get_by_label("A1 wages of work away or nearby").fill("52000")
    take_picture(page, screenshots / "income-form-phone.png")
    assert small_targets(page) == []
    page.get_by_role("button", name="Work out and save").click()
    page.get_by_text("How the newest period was worked out").click()
    expect(page.get_by_text("52,000.00 ÷")).to_have_count(2)
    take_picture(page, screenshots / "income-panel-phone.png")
    assert watch.faults() == []
