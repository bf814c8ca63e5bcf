"""Warnings in a real browser: the queue under the keyboard, closing one, and what the village sees on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.looking import CHINESE, DESKTOP, ENGLISH, PHONE, Size, Watch, small_targets, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
PAGES = {
    "queue": ("lin_xian", "/alerts/"),
    "all": ("lin_xian", "/alerts/all/"),
    "empty": ("lin_xian", "/alerts/?state=watched"),
    "village": ("lin_cun", "/alerts/"),
    "filters": ("lin_xian", "/alerts/?event=illness&sum_from=20000&age_from=1"),
    "acts": ("lin_xian", "/alerts/bulk/acts/"),
    "rules": ("lin_xian", "/alerts/rules/"),
    "rule": ("lin_zhen", "/alerts/rules/new/?kind=assign"),
    "save": ("lin_xian", "/views/save/?address=/alerts/%3Fstate%3Draised"),
    "which": ("lin_xian", "/alerts/report/"),
}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=lambda size: size.name)
@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_clean(open_context: Window, screenshots: Path, name: str, size: Size) -> None:
    who, address = PAGES[name]
    page = open_context(who, size, CHINESE).new_page()
    watch = Watch(page)
    answer = page.goto(address)
    take_picture(page, screenshots / f"alerts-{name}-{size.name}.png")
    assert answer is not None
    assert answer.ok
    assert watch.faults() == []
    assert size is not PHONE or small_targets(page) == []


@pytest.mark.parametrize(("who", "amount"), [("lin_xian", "61,000.00"), ("lin_cun", "30,000 至 100,000 元")])
def test_a_warning_is_clean_on_a_phone(
    open_context: Window, screenshots: Path, who: str, amount: str
) -> None:
    page = open_context(who, PHONE, CHINESE).new_page()
    watch = Watch(page)
    page.goto("/alerts/")
    page.locator(".table-block tbody tr a").first.click()
    expect(page.get_by_text(amount)).to_be_visible()
    take_picture(page, screenshots / f"alert-{who}-phone.png")
    assert watch.faults() == []
    assert small_targets(page) == []


def test_a_dispatcher_walks_the_queue_and_closes_by_keyboard(open_context: Window, screenshots: Path) -> None:
    page = open_context("lin_xian", DESKTOP, ENGLISH).new_page()
    watch = Watch(page)
    page.goto("/alerts/?state=raised&standard=large_loss_claim&not=standard")
    page.keyboard.press("?")
    expect(page.get_by_text("next and previous")).to_be_visible()
    for key in "jjk":
        page.keyboard.press(key)
    expect(page.locator("tr.queue-here")).to_have_count(1)
    assert page.locator(".table-block tbody tr").first.get_attribute("class") == "queue-here"
    page.keyboard.press("j")
    take_picture(page, screenshots / "alerts-keyboard-desktop.png", whole=False)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Close", exact=True).click()
    assert watch.faults() == []
    page.get_by_role("button", name="Close the warning").click()
    expect(page.get_by_text("Nothing was saved yet")).to_be_visible()
    page.get_by_label("Outcome").select_option("not_eligible")
    page.get_by_label("Reason").fill("收入稳定")
    page.get_by_role("button", name="Close the warning").click()
    expect(page.get_by_text("The warning is closed.")).to_be_visible()
    expect(page.get_by_text("Cool-down until 2027-02-02")).to_be_visible()
    assert watch.faults() == []


def test_the_reasons_stand_beside_the_list(open_context: Window, screenshots: Path) -> None:
    page = open_context("lin_xian", DESKTOP, CHINESE).new_page()
    watch = Watch(page)
    page.goto("/alerts/")
    page.keyboard.press("e")
    expect(page.locator("dialog.glance")).to_contain_text("合计")
    take_picture(page, screenshots / "alerts-glance-desktop.png", whole=False)
    assert watch.faults() == []
    page.keyboard.press("Escape")
    expect(page.locator("dialog.glance")).to_be_hidden()
    page.locator("button.why").last.click()
    expect(page.locator("dialog.glance")).to_be_visible()


def test_a_dispatcher_clears_thirty_by_keyboard(open_context: Window, screenshots: Path) -> None:
    page = open_context("lin_xian", DESKTOP, ENGLISH).new_page()
    watch = Watch(page)
    page.goto("/alerts/?standard=large_loss_claim&state=raised")
    rows = page.locator(".table-block tbody tr")
    expect(rows).to_have_count(30)
    # The first two are looked at, one after the other, and the view is there again.
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    first = page.url
    expect(page.get_by_text("Next warning")).to_be_visible()
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != first)
    expect(page.get_by_text("Next warning")).to_be_visible()
    page.keyboard.press("u")
    expect(rows).to_have_count(30)
    for _number in range(20):
        page.keyboard.press("x")
    expect(page.get_by_text("Ticked: 20")).to_be_visible()
    take_picture(page, screenshots / "alerts-ticked-desktop.png", whole=False)
    assert watch.faults() == []
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    expect(page.get_by_text("20 warnings are chosen.")).to_be_visible()
    take_picture(page, screenshots / "alerts-bulk-ask-desktop.png", whole=False)
    assert watch.faults() == []
    page.keyboard.press("Enter")
    expect(page.get_by_text("“Dispatch”: 20 warnings done.")).to_be_visible()
    expect(rows).to_have_count(10)
    # The others are closed with an outcome and a reason, which are typed.
    for _number in range(10):
        page.keyboard.press("x")
    page.keyboard.press("a")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("10 warnings are chosen.")).to_be_visible()
    expect(page.get_by_label("Outcome")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("insurance has paid")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("10 warnings done.")).to_be_visible()
    expect(rows).to_have_count(0)
    page.goto("/alerts/bulk/acts/")
    page.get_by_role("link", name="Close with a cool-down").click()
    take_picture(page, screenshots / "alerts-bulk-act-desktop.png", whole=False)
    expect(page.get_by_role("button", name="Undo where nobody has gone on")).to_be_visible()
    assert watch.faults() == []
