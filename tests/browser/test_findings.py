"""What the comparison found, in a real browser: explained, why there is no warning, an office that answers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.findings import BELOW, CREMATED, OVER
from tests.browser.looking import CHINESE, DESKTOP, ENGLISH, PHONE, Size, Watch, small_targets, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=lambda size: size.name)
def test_from_the_list_to_the_rows_and_to_every_standard(
    open_context: Window, screenshots: Path, size: Size
) -> None:
    page = open_context("xian", size, CHINESE).new_page()
    watch = Watch(page)

    def looked_at(name: str) -> None:
        take_picture(page, screenshots / f"findings-{name}-{size.name}.png")
        assert watch.faults() == []
        assert size is not PHONE or small_targets(page) == []

    page.goto(f"/findings/?household={OVER}&standard=medical_self_paid_half_year")
    looked_at("list")
    page.locator("table.data tbody a").first.click()
    expect(page.locator(".message-success")).to_be_visible()
    looked_at("finding")
    page.locator(".page-actions a").first.click()
    expect(page.locator(".why-standard")).not_to_have_count(0)
    looked_at("standards")
    page.goto("/findings/?household=nobody")
    looked_at("none")


def test_why_a_household_has_no_warning(open_context: Window, screenshots: Path) -> None:
    page = open_context("xian", PHONE, ENGLISH).new_page()
    watch = Watch(page)
    page.goto("/households/?head=陶夏至")
    page.locator("table.data tbody a").first.click()
    assert BELOW in page.content()
    page.get_by_role("link", name="Why is there no warning?").click()
    expect(page.get_by_text("700.00 yuan", exact=True)).to_be_visible()
    page.locator(".why-standard summary").first.click()
    take_picture(page, screenshots / "findings-why-not-open.png")
    page.get_by_label("as of").fill("2026-10-19")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("No department has delivered a row about this household")).to_be_visible()
    assert watch.faults() == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=lambda size: size.name)
def test_an_office_answers(open_context: Window, screenshots: Path, size: Size) -> None:
    page = open_context("jingban", size, ENGLISH).new_page()
    watch = Watch(page)
    page.goto("/reminders/")
    take_picture(page, screenshots / f"reminders-{size.name}.png")
    assert watch.faults() == []
    page.locator("table.data tbody a").first.click()
    assert CREMATED not in page.content()
    take_picture(page, screenshots / f"reminder-{size.name}.png")
    assert watch.faults() == []
    again = page.get_by_role("link", name="Answer again")
    if again.count():
        again.click()
        page.get_by_label("Reason").fill("名册仍未更新")
        page.locator("main form button").first.click()
    page.get_by_role("link", name="Aid kept").click()
    page.get_by_label("Reason").fill("当月仍应发放")
    page.locator("main form button").first.click()
    expect(page.get_by_text("当月仍应发放").first).to_be_visible()
    assert watch.faults() == []
    assert size is not PHONE or small_targets(page) == []
