"""A removal in a real browser: judged, decided, announced, told by letter, rolled back; every page is looked at."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.enrolling import OFFICES, REMOVED
from tests.browser.looking import CHINESE, DESKTOP, PHONE, Looker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]


def test_a_removal_is_marked_told_and_rolled_back(open_context: Window, screenshots: Path) -> None:
    faults: list[str] = []
    township = Looker(
        open_context(OFFICES["zhen"][0], DESKTOP, CHINESE), DESKTOP, screenshots / "removal", faults
    )
    county = Looker(open_context("shending", DESKTOP, CHINESE), DESKTOP, screenshots / "removal", faults)
    village = Looker(open_context(OFFICES["cun"][0], PHONE, CHINESE), PHONE, screenshots / "removal", faults)
    page = township.page
    page.goto("/cases/removals/?step=review")
    township.look("list")
    page.locator("tr", has_text=REMOVED).locator("a").first.click()
    expect(page.locator("#guards")).to_be_visible()
    here = page.url
    township.look("judged")
    _by_paper(township, "review", {})
    county.page.goto(here)
    county.look("to-decide")
    _by_paper(county, "approval", {"number": "示防贫组〔2026〕11号"})
    page.goto(here)
    _by_paper(township, "announcement", {"place": "村务公开栏"})
    village.page.goto(here)
    expect(village.page.locator("h1")).to_contain_text("风险已消除")
    village.look("marked")
    village.page.goto("/cases/letters/?owed=yes")
    village.page.locator("tr", has_text=REMOVED).locator("a").first.click()
    expect(village.page).to_have_url(re.compile(r"/cases/letters/\d+/"))
    village.look("letter")
    page.goto(here)
    _with_reason(township, "propose_rollback", "家里又断了收入，仍需帮扶")
    county.page.goto(here)
    county.look("rolling-back")
    _with_reason(county, "confirm_rollback", "同意回退")
    village.page.goto(here)
    expect(village.page.locator("h1")).to_contain_text("已回退")
    village.page.locator("main a.btn", has_text="监测对象档案").click()
    expect(village.page.locator("h1")).to_contain_text("已纳入")
    village.look("again-monitored")
    assert faults == []


def _by_paper(office: Looker, name: str, given: dict[str, str]) -> None:
    """Take the step that waits on the paper of one household, and wait until the paper is there."""
    page = office.page
    page.locator(".case-acts .btn-primary").click()
    expect(page.locator("[name=removals]:checked")).to_have_count(1)
    for field, text in given.items():
        page.fill(f"[name={field}]", text)
    office.look(f"{name}")
    page.locator("main .form-buttons .btn-primary").click()
    expect(page).to_have_url(re.compile(r"/papers/\d+/"))
    expect(page.locator("tr", has_text=REMOVED)).to_be_visible()


def _with_reason(office: Looker, verb: str, reason: str) -> None:
    """Press one of the acts that ask for a reason, and give it."""
    page = office.page
    page.locator(f".case-acts a[href*='/{verb}/']").click()
    page.fill("[name=reason]", reason)
    office.look(f"{verb}")
    page.locator("main .form-buttons button").click()
    expect(page.locator("#guards")).to_be_visible()
