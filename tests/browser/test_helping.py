"""Helpers in a real browser: named by the township, accepted on the phone, handed over; every page is looked at."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.enrolling import HELPED, HELPERS, OFFICES
from tests.browser.handing import GIVER, HEIR, MANY, OFFICE
from tests.browser.looking import CHINESE, DESKTOP, PHONE, Looker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
TOWNSHIP_VERIFIER = OFFICES["zhen"][0]


def test_a_household_gets_a_helper_and_goes_to_the_next(open_context: Window, screenshots: Path) -> None:
    faults: list[str] = []
    first, second = HELPERS
    office = Looker(
        open_context(TOWNSHIP_VERIFIER, DESKTOP, CHINESE), DESKTOP, screenshots / "helpers", faults
    )
    phone = Looker(open_context(first, PHONE, CHINESE), PHONE, screenshots / "helpers", faults)
    page = office.page
    page.goto("/cases/helpers/?lack=any")
    office.look("list")
    page.locator("tr", has_text=HELPED).locator("a").first.click()
    page.locator("#helpers-title").scroll_into_view_if_needed()
    office.look("case")
    page.locator("section:has(#helpers-title) a[href*='place=']").first.click()
    page.locator("label", has_text=first).click()
    office.look("name")
    page.click("main .btn-primary")
    expect(page.locator(".message-success")).to_be_visible()
    phone.page.goto("/")
    phone.look("home")
    phone.page.goto("/cases/helpers/mine/")
    phone.page.locator(".own-acts .btn-primary").click()
    phone.page.locator("label", has_text="接受").first.click()
    phone.look("answer")
    phone.page.click("main .btn-primary")
    expect(phone.page.locator(".own-work")).to_have_count(1)
    phone.look("mine")
    phone.page.locator(".own-work h2 a").click()
    expect(phone.page.locator("#helpers-title")).to_be_visible()
    phone.look("case")
    page.goto("/cases/helpers/hand-overs/new/")
    page.select_option("[name=giver]", index=1)
    page.click("main .btn-primary")
    page.select_option("[name=posting]", label=page.locator("option", has_text=second).first.inner_text())
    page.fill("[name=reason]", "到期轮换")
    office.look("hand-over-new")
    page.click("main .btn-primary")
    expect(page).to_have_url(re.compile(r"/hand-overs/\d+/"))
    office.look("hand-over")
    heir = Looker(open_context(second, PHONE, CHINESE), PHONE, screenshots / "helpers", faults)
    heir.page.goto(page.url)
    heir.look("hand-over")
    heir.page.locator("label", has_text="接受").first.click()
    heir.page.click("main .card-form .btn-primary")
    expect(heir.page.locator(".own-work")).to_have_count(1)
    phone.page.goto("/cases/helpers/mine/")
    expect(phone.page.locator(".own-work")).to_have_count(0)
    page.goto("/cases/helpers/hand-overs/")
    office.look("hand-overs")
    assert faults == []


def test_forty_households_go_to_another_helper_in_one_act(open_context: Window, screenshots: Path) -> None:
    faults: list[str] = []
    folder = screenshots / "helpers"
    office = Looker(open_context(OFFICE, DESKTOP, CHINESE), DESKTOP, folder, faults)
    heir, giver = (Looker(open_context(who, PHONE, CHINESE), PHONE, folder, faults) for who in (HEIR, GIVER))
    page = office.page
    page.goto("/cases/helpers/hand-overs/new/")
    page.select_option("[name=giver]", label=page.locator("option", has_text=GIVER).inner_text())
    page.click("main .btn-primary")
    page.fill("#narrow-places", "LD000140")
    expect(page.locator("label:has([name=places]):visible")).to_have_count(1)
    expect(page.locator("[name=places]:checked")).to_have_count(MANY)
    page.select_option("[name=posting]", label=page.locator("option", has_text=HEIR).inner_text())
    page.fill("[name=reason]", "调往县里")
    office.look("forty-new")
    page.click("main .btn-primary")
    expect(page.locator(".notice-lines tbody tr")).to_have_count(MANY)
    office.look("forty-asked")
    giver.page.goto("/cases/helpers/mine/")
    expect(giver.page.locator(".own-work")).to_have_count(MANY)
    giver.look("forty-still-mine")

    heir.page.goto("/cases/helpers/mine/")
    heir.page.locator(".message-warning a").click()
    heir.page.locator("label", has_text="接受").first.click()
    heir.look("forty-answer")
    heir.page.click("main .card-form .btn-primary")
    expect(heir.page.locator(".own-work")).to_have_count(MANY)
    heir.look("forty-mine")
    giver.page.reload()
    expect(giver.page.locator(".own-work")).to_have_count(0)
    page.reload()
    page.locator("main form[action$='/told/'] button").click()
    expect(page.locator(".message-success")).to_contain_text(str(MANY))
    office.look("forty-told")
    assert faults == []
