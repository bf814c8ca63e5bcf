"""The grid in a real browser: drawn, looked after, its gap closed; a pair decided, one passed up; an overdue move."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.gridded import VERIFIER, VILLAGE
from tests.browser.looking import CHINESE, DESKTOP, PHONE, Looker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]


def sent(page: Page, button: str = ".btn-primary") -> None:
    """Send the form of the page, and wait until it says that it is done."""
    page.click(f"main form {button}")
    expect(page.locator(".message-success")).to_be_visible()


def draw(desk: Looker, phone: Looker) -> None:
    """Draw a village by its groups, name who looks after a cell on the phone, and close the gap."""
    page = desk.page
    page.goto("/grid/")
    expect(page.locator("#grid-report")).to_be_visible()
    desk.look("report-before")
    page.goto(f"/grid/of/{VILLAGE}/draw/")
    expect(page.locator("[name=how]").first).to_be_visible()
    desk.look_at_both("draw")
    sent(page)
    expect(page.locator(".grid-report .pill-overdue").first).to_have_text("1")
    desk.look("village")
    phone.page.goto(f"/grid/of/{VILLAGE}/")
    expect(phone.page.locator("#grid-report")).to_be_visible()
    phone.look("village")
    phone.page.locator("main tbody a").first.click()
    expect(phone.page.locator("#cell-members")).to_be_visible()
    address = phone.page.url
    phone.page.locator("a[href$='/members/']").click()
    expect(phone.page.locator("[name=phone]")).to_be_visible()
    phone.page.fill("[name=name]", "滕立秋")
    phone.page.fill("[name=phone]", "13800000002")
    phone.look_at_both("member")
    sent(phone.page)
    phone.look("cell")
    page.goto(address)
    expect(page.locator("#cell-members")).to_be_visible()
    desk.look("cell")
    page.goto("/grid/gap/")
    expect(page.locator("main")).to_contain_text("LG920003")
    desk.look("gap")
    phone.page.goto("/grid/gap/")
    expect(phone.page.locator("main")).to_contain_text("LG920003")
    phone.look("gap")
    page.goto(f"{address}put/")
    page.fill("[name=numbers]", "LG920003")
    page.fill("[name=reason]", "独居，由一组照看")
    sent(page)
    phone.page.goto("/grid/")
    expect(phone.page.locator(".grid-report .pill-done").first).to_have_text("0")
    phone.look("report")
    page.goto("/grid/")
    expect(page.locator(".grid-report .pill-done").first).to_have_text("0")
    desk.look("report")


def test_the_grid_is_drawn_and_pairs_are_decided(open_context: Window, screenshots: Path) -> None:
    faults: list[str] = []
    folder = screenshots / "grid"
    desk = Looker(open_context(VERIFIER, DESKTOP, CHINESE), DESKTOP, folder, faults)
    phone = Looker(open_context(VERIFIER, PHONE, CHINESE), PHONE, folder, faults)
    page = desk.page
    draw(desk, phone)
    for each in (desk, phone):
        each.page.goto("/register/duplicates/?basis=likeness")
        expect(each.page.locator("main")).to_contain_text("水小满")
        each.look("pairs")
        each.page.locator("main a[href*='/register/duplicates/']", has_text="水小满").first.click()
        expect(each.page.locator("#side-2")).to_be_visible()
        each.look("pair")
    page.locator("a[href$='/decide/']").click()
    page.locator("[name=outcome][value=keep]").check()
    page.fill("[name=paper]", "户口簿")
    page.fill("[name=reason]", "查看户口簿：随父母生活")
    desk.look_at_both("decide")
    page.locator("main form .btn-primary").click()
    expect(page.locator("main .consequences").first).to_be_visible()
    desk.look_at_both("decide-follows")
    sent(page)
    expect(page.locator("main .facts strong")).to_be_visible()
    desk.look_at_both("decided")
    page.locator("a[href$='/undo/']").click()
    page.fill("[name=reason]", "看错了户口簿")
    desk.look_at_both("pair-undo")
    sent(page, ".btn-danger")
    expect(page.locator("a[href$='/decide/']")).to_be_visible()
    phone.page.goto("/register/duplicates/?basis=number")
    phone.page.locator("main a[href*='/register/duplicates/']", has_text="鲍").first.click()
    expect(phone.page.locator("a[href$='/pass_up/']")).to_be_visible()
    phone.page.locator("a[href$='/pass_up/']").click()
    phone.page.fill("[name=reason]", "男方在邻县")
    sent(phone.page)
    expect(phone.page.locator("main .message[role=note]")).to_be_visible()
    phone.look_at_both("passed-up")
    for each in (desk, phone):
        each.page.goto("/moves/?state=referred")
        expect(each.page.locator("main")).to_contain_text("范**")
        each.look("moves-overdue")
        each.page.locator("main a", has_text="范**").first.click()
        expect(each.page.locator("#move-what")).to_be_visible()
        each.look("move-overdue")
    assert faults == []
