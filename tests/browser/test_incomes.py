"""Income and expense on a phone: begun, filled, confirmed; every page is looked at in both sizes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.enrolling import OFFICES
from tests.browser.looking import CHINESE, DESKTOP, PHONE, Looker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]


def test_an_income_sheet_is_written_in_a_few_thumbs(open_context: Window, screenshots: Path) -> None:
    faults: list[str] = []
    phone = Looker(open_context(OFFICES["cun"][0], PHONE, CHINESE), PHONE, screenshots / "incomes", faults)
    page = phone.page
    page.goto("/cases/incomes/?missing=yes")
    phone.look("collection")
    page.locator(".table-frame td a").first.click()
    phone.look("sheets")
    page.locator("[href$='/begin/']").first.click()
    phone.look("begin")
    page.click("main .btn-primary")
    page.fill("[name=members]", "3")
    page.fill("[name=item_A]", "36000")
    page.fill("[name=item_G]", "3000")
    phone.look("write")
    page.locator("[name=act][value=confirm]").click()
    expect(page.locator(".message-success")).to_be_visible()
    phone.look("sheet")
    desk = Looker(
        open_context(OFFICES["zhen"][0], DESKTOP, CHINESE), DESKTOP, screenshots / "incomes", faults
    )
    desk.page.goto(page.url)
    desk.look("sheet")
    desk.page.locator("[data-up]").click()
    expect(desk.page.locator(".income-chart")).to_be_visible()
    desk.look("sheets")
    desk.page.goto("/cases/incomes/")
    desk.look("collection")
    assert faults == []
