"""Data quality in a real browser: the village's worklist on a phone, the county's overview on a desk, and an act."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.looking import CHINESE, DESKTOP, ENGLISH, PHONE, Size, Watch, small_targets, take_picture
from tests.people import VILLAGE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
PAGES = {
    "overview": ("xian", "/quality/"),
    "worklist": ("cun", f"/quality/{VILLAGE}/"),
    "judged": ("cun", f"/quality/{VILLAGE}/?shown=judged"),
    "one-rule": ("cun", f"/quality/{VILLAGE}/?rule=R-32"),
    "empty": ("lin_cun", "/quality/999902001001/"),
    "findings": ("cun", "/quality/findings/"),
    "rules": ("cun", "/quality/rules/"),
    "check": ("xian", "/quality/check/"),
}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=lambda size: size.name)
@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_clean(open_context: Window, screenshots: Path, name: str, size: Size) -> None:
    who, address = PAGES[name]
    page = open_context(who, size, CHINESE).new_page()
    watch = Watch(page)
    answer = page.goto(address)
    take_picture(page, screenshots / f"quality-{name}-{size.name}.png")
    assert answer is not None
    assert answer.ok
    assert watch.faults() == []
    assert size is not PHONE or small_targets(page) == []


def test_a_finding_is_judged_right_and_doubted_again_on_a_phone(
    open_context: Window, screenshots: Path
) -> None:
    page = open_context("cun", PHONE, ENGLISH).new_page()
    watch = Watch(page)
    page.goto(f"/quality/{VILLAGE}/?rule=R-13")
    page.get_by_role("link", name="Right as it is", exact=True).click()
    page.get_by_role("button", name="It is right as it is").click()
    assert page.url.endswith("/right/"), "a reason is needed"
    page.get_by_label("Reason").fill("帮扶措施已落实，待补录")
    page.get_by_role("button", name="It is right as it is").click()
    page.wait_for_url(f"**/quality/{VILLAGE}/")
    page.goto(f"/quality/{VILLAGE}/?shown=judged")
    expect(page.get_by_text("帮扶措施已落实，待补录")).to_be_visible()
    take_picture(page, screenshots / "quality-judged-phone.png")
    page.get_by_role("link", name="Doubt again").click()
    page.get_by_label("Reason").fill("记错")
    page.get_by_role("button", name="Doubt again").click()
    page.wait_for_url(f"**/quality/{VILLAGE}/")
    expect(page.get_by_text("and no measure after")).to_be_visible()
    assert watch.faults() == []
