"""Programs by page: a token is made, shown once, used, and revoked; and the description of the API is read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.looking import CHINESE, DESKTOP, PHONE, Looker, Size
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=lambda size: size.name)
DATASETS = "/api/v1/datasets/"


@SIZES
def test_a_token_is_made_shown_once_used_and_revoked(
    open_context: Window, server: str, screenshots: Path, size: Size
) -> None:
    faults: list[str] = []
    desk = Looker(open_context("yibao", size, CHINESE), size, screenshots / "api", faults)
    page = desk.page
    page.goto("/me/")
    page.click("main a[href='/me/tokens/']")
    expect(page.locator("main a[href='/me/tokens/make/']").first).to_be_visible()
    desk.look("tokens")
    page.click("main a[href='/me/tokens/make/']")
    expect(page.locator("[name=name]")).to_be_visible()
    desk.look("token-new")
    page.fill("[name=name]", f"医保报送 {size.name}")
    page.fill("[name=password]", PASSWORD)
    page.click("main .btn-primary")
    word = page.locator(".secret").inner_text()
    desk.look("token-once")
    asked = {"Authorization": f"Bearer {word}"}
    program = open_context()
    assert program.request.get(DATASETS, headers=asked).status == 200
    page.click("main .btn-primary")
    mine = page.locator("li", has_text=f"医保报送 {size.name}")
    expect(mine).to_be_visible()
    assert word not in page.content()
    desk.look("tokens-one")
    mine.locator("a.btn").click()
    expect(page.locator(".card-danger")).to_be_visible()
    desk.look("token-revoke")
    page.click("main form button")
    expect(page.locator(".message").first).to_be_visible()
    assert program.request.get(DATASETS, headers=asked).status == 401
    assert not faults, "\n".join(faults)


@SIZES
def test_the_description_is_read_by_people(
    open_context: Window, server: str, screenshots: Path, size: Size
) -> None:
    faults: list[str] = []
    desk = Looker(open_context("yibao", size, CHINESE), size, screenshots / "api", faults)
    page = desk.page
    page.goto("/api/v1/docs/")
    upload = page.locator("details", has_text="POST").filter(has_text="/api/v1/deliveries/")
    expect(upload).to_be_visible()
    desk.look("docs")
    upload.locator("summary").click()
    expect(upload.get_by_text("Idempotency-Key").first).to_be_visible()
    desk.look("docs-open")
    assert not faults, "\n".join(faults)
