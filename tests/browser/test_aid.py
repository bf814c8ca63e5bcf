"""Aid in a real browser: recorded with one thumb, acknowledged, stopped; a difference explained; pages looked at."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.enrolling import HELPED, OFFICES
from tests.browser.looking import CHINESE, DESKTOP, PHONE, Looker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
VILLAGE_ASSISTANT = OFFICES["cun"][0]


def test_aid_is_recorded_acknowledged_and_compared(open_context: Window, screenshots: Path) -> None:
    faults: list[str] = []
    phone = Looker(open_context(VILLAGE_ASSISTANT, PHONE, CHINESE), PHONE, screenshots / "aid", faults)
    desk = Looker(open_context(VILLAGE_ASSISTANT, DESKTOP, CHINESE), DESKTOP, screenshots / "aid", faults)
    page = desk.page
    page.goto("/cases/aid/matching/")
    desk.look("gaps")
    page.locator("tr", has_text=HELPED).locator("a").first.click()
    desk.look("gap")
    page.locator("a[href$='/explain/']").click()
    page.fill("[name=reason]", "十月起改为发放实物")
    page.click("main .btn-primary")
    expect(page.locator(".message-success")).to_be_visible()
    thumb = phone.page
    thumb.goto(page.url)
    thumb.locator("#aid a[href$='/aid/of/" + thumb.url.rstrip("/").rsplit("/", 1)[-1] + "/']").click()
    phone.look("choose")
    thumb.locator("summary").last.scroll_into_view_if_needed()
    thumb.goto(f"{thumb.url}?code=dibao")
    thumb.check("[name=per][value=month]")
    thumb.fill("[name=amount]", "420")
    phone.look("form")
    thumb.click("main .btn-primary")
    expect(thumb.locator(".message-success")).to_be_visible()
    phone.look("record")
    thumb.locator("a[href$='/phone/']").click()
    thumb.fill("[name=who]", "户主")
    thumb.click("main .btn-primary")
    expect(thumb.locator(".message-success")).to_be_visible()
    thumb.locator("a[href$='/stop/']").click()
    phone.look("stop")
    thumb.fill("[name=reason]", "已退出低保")
    thumb.click("main form .btn-danger")
    expect(thumb.locator(".message-success")).to_be_visible()
    page.reload()
    page.locator("#aid-title").scroll_into_view_if_needed()
    desk.look("case")
    thumb.goto(page.url)
    phone.look("case")
    page.goto("/cases/aid/")
    desk.look("records")
    assert faults == []
