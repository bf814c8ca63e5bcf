"""Income and expense on a phone: begun, filled, confirmed; every page is looked at in both sizes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.enrolling import OFFICES
from tests.browser.looking import CHINESE, DESKTOP, PHONE, Size, Watch, small_targets, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]


def test_an_income_sheet_is_written_in_a_few_thumbs(open_context: Window, screenshots: Path) -> None:
    faults: list[str] = []
    page = open_context(OFFICES["cun"][0], PHONE, CHINESE).new_page()
    watch = Watch(page)

    def look(name: str, shown: Page = page, size: Size = PHONE, seen: Watch = watch) -> None:
        take_picture(shown, screenshots / f"incomes-{name}-{size.name}.png")
        thumbs = small_targets(shown) if size is PHONE else []
        faults.extend(f"{name}: {fault}" for fault in (*seen.faults(), *thumbs))

    page.goto("/cases/incomes/?missing=yes")
    look("collection")
    page.locator(".table-frame td a").first.click()
    look("sheets")
    page.locator("[href$='/begin/']").first.click()
    look("begin")
    page.click("main .btn-primary")
    page.fill("[name=members]", "3")
    page.fill("[name=item_A]", "36000")
    page.fill("[name=item_G]", "3000")
    look("write")
    page.locator("[name=act][value=confirm]").click()
    expect(page.locator(".message-success")).to_be_visible()
    look("sheet")
    desk = open_context(OFFICES["zhen"][0], DESKTOP, CHINESE).new_page()
    at_desk = Watch(desk)
    desk.goto(page.url)
    look("sheet", desk, DESKTOP, at_desk)
    desk.locator("[data-up]").click()
    expect(desk.locator(".income-chart")).to_be_visible()
    look("sheets", desk, DESKTOP, at_desk)
    desk.goto("/cases/incomes/")
    look("collection", desk, DESKTOP, at_desk)
    assert faults == []
