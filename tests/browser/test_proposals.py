"""What deliveries propose, in a real browser: deciding on several, a row that may mean somebody, a row found wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.feeds import VILLAGE
from tests.browser.looking import CHINESE, DESKTOP, ENGLISH, PHONE, Size, Watch, small_targets, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
PAGES = {
    "worklist": ("zhen", f"/proposals/?area={VILLAGE}"),
    "list": ("zhen", "/proposals/all/"),
    "empty": ("lin_cun", "/proposals/"),
    "candidates": ("yibao", "/candidates/"),
    "candidates-list": ("yibao", "/candidates/all/"),
    "corrections": ("yibao", "/corrections/"),
}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=lambda size: size.name)
@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_clean(open_context: Window, screenshots: Path, name: str, size: Size) -> None:
    who, address = PAGES[name]
    page = open_context(who, size, CHINESE).new_page()
    watch = Watch(page)
    answer = page.goto(address)
    take_picture(page, screenshots / f"proposals-{name}-{size.name}.png")
    assert answer is not None
    assert answer.ok
    assert watch.faults() == []
    assert size is not PHONE or small_targets(page) == []


def test_several_are_taken_at_once_on_a_phone(open_context: Window, screenshots: Path) -> None:
    page = open_context("zhen", PHONE, ENGLISH).new_page()
    watch = Watch(page)
    page.goto(f"/proposals/?area={VILLAGE}")
    page.get_by_role("button", name="Take the marked ones").click()
    expect(page.get_by_text("Mark the changes that you decide on first.")).to_be_visible()
    page.get_by_label("Mark all on this page").check()
    assert page.locator('input[name="proposal"]:checked').count() == 2
    page.get_by_role("button", name="Take the marked ones").click()
    expect(page.get_by_text("Taken into the register: 2.")).to_be_visible()
    expect(page.get_by_text("Nothing waits here")).to_be_visible()
    take_picture(page, screenshots / "proposals-taken-phone.png")
    assert watch.faults() == []


def test_an_officer_confirms_who_is_meant_and_contests_a_row(open_context: Window) -> None:
    page = open_context("yibao", DESKTOP, ENGLISH).new_page()
    page.goto("/candidates/")
    page.locator('input[name="candidate"]').first.check()
    page.get_by_role("button", name="It is this person").click()
    expect(page.get_by_text("1 corrected rows are delivered")).to_be_visible()
    page.goto("/corrections/")
    page.locator("table.data tbody a").first.click()
    page.get_by_role("button", name="Show the row").click()
    expect(page.get_by_text("参保年度")).to_be_visible()
    page.get_by_role("link", name="The row is right").click()
    page.get_by_label("Reason").fill("系统显示已参保")
    page.get_by_role("button", name="The row is right").click()
    expect(page.get_by_text("系统显示已参保")).to_be_visible()


def test_a_number_is_checked_while_it_is_typed(open_context: Window) -> None:
    page = open_context("zhen", PHONE, ENGLISH).new_page()
    watch = Watch(page)
    page.goto("/households/")
    page.get_by_role("link", name="芒立夏").first.click()
    page.goto(f"{page.url}came/")
    page.get_by_label("ID number").press_sequentially("9999O1198003050015")
    expect(page.get_by_text("only digits stand there")).to_be_visible()
    assert watch.faults() == []
