"""Authorisations in a real browser: asked and signed on a phone, refused, resumed, withdrawn, expired, on paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.authorising import EXPIRED, ON_PAPER, REFUSES, SIGNS, TAKER
from tests.browser.homes import find
from tests.browser.looking import CHINESE, DESKTOP, ENGLISH, PHONE, Size, Watch, small_targets, take_picture
from tests.browser.playing import follow
from tests.browser.signing import SIGN, draw, sign
from tests.households.signing.made import photograph

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=lambda size: size.name)


def faults(page: Page, watch: Watch, size: Size, picture: Path) -> list[str]:
    """Take the page's picture, and return what is wrong with it."""
    take_picture(page, picture)
    return watch.faults() + (small_targets(page) if size is PHONE else [])


def opened(page: Page, code: str) -> None:
    """Go to the authorisation of a household by its line in the list."""
    page.goto("/authorisations/")
    page.locator("tr", has_text=code).locator("a").first.click()
    expect(page.locator(".signature-list")).to_be_visible()


def test_a_family_of_four_signs_on_the_phone_and_withdraws(open_context: Window, screenshots: Path) -> None:
    page = open_context(TAKER, PHONE, ENGLISH).new_page()
    watch = Watch(page)
    find(page, SIGNS)
    page.get_by_role("link", name="Ask for an authorisation").click()
    assert faults(page, watch, PHONE, screenshots / "authorisation-ask.png") == []
    page.click("main .sheet-form .btn-primary")
    expect(page.locator(".signed-count")).to_contain_text("0 of 4")
    page.locator(SIGN).first.click()
    expect(page.locator(".pad")).to_be_visible()
    expect(page.locator("[name=photo]")).to_be_hidden()
    draw(page)
    assert faults(page, watch, PHONE, screenshots / "authorisation-pad.png") == []
    page.click(".sign-form .btn-primary")
    expect(page.locator(".signed-count")).to_contain_text("1 of 4")
    sign(page)
    expect(page.locator(".signed-count")).to_contain_text("2 of 4")
    expect(page.locator(".page-head .pill")).to_have_text("to be signed")
    assert faults(page, watch, PHONE, screenshots / "authorisation-two-of-four.png") == []
    sign(page)
    sign(page)
    expect(page.locator(".signed-count")).to_contain_text("4 of 4")
    expect(page.locator(".page-head .pill")).to_have_text("in force")
    expect(page.get_by_text("unchanged since it was signed")).to_have_count(4)
    pictures = page.locator(".signature-picture img")
    pictures.first.scroll_into_view_if_needed()
    expect(pictures).to_have_count(4)
    page.wait_for_function("document.querySelector('.signature-picture img').naturalWidth > 100")
    assert faults(page, watch, PHONE, screenshots / "authorisation-in-force.png") == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Document as PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    page.get_by_role("link", name="Withdraw", exact=True).click()
    page.fill("[name=reason]", "户主当面说明")
    page.click("main .btn-danger")
    expect(page.locator(".page-head .pill")).to_have_text("withdrawn")
    expect(page.locator(SIGN)).to_have_count(0)
    assert faults(page, watch, PHONE, screenshots / "authorisation-withdrawn.png") == []


def test_an_empty_box_is_refused_and_the_rest_is_kept(open_context: Window, screenshots: Path) -> None:
    page = open_context(TAKER, PHONE, CHINESE).new_page()
    watch = Watch(page)
    opened(page, REFUSES)
    page.locator(SIGN).first.click()
    page.locator("details.part").first.locator("summary").click()
    page.fill("[name=proxy_name]", "杜立春")
    draw(page)
    page.click("[data-pad-clear]")
    page.fill("[name=proxy_relation]", "儿子")
    page.fill("[name=proxy_reason]", "住院")
    page.click(".sign-form .btn-primary")
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.input_value("[name=proxy_name]") == "杜立春"
    assert faults(page, watch, PHONE, screenshots / "authorisation-empty-box.png") == []


def test_a_refusal_is_recorded_and_resumed_by_signing(open_context: Window, screenshots: Path) -> None:
    page = open_context(TAKER, PHONE, ENGLISH).new_page()
    watch = Watch(page)
    opened(page, REFUSES)
    sign(page)
    page.locator(".signature-acts .btn", has_text="Does not sign").click()
    page.click("main .btn-primary")
    expect(page.locator(".error-summary")).to_be_visible()
    page.fill("[name=told]", "不授权不影响其他帮扶，可随时补签")
    page.click("main .btn-primary")
    expect(page.locator(".page-head .pill")).to_have_text("not authorised")
    expect(page.locator("main")).to_contain_text("可随时补签")
    assert faults(page, watch, PHONE, screenshots / "authorisation-refused.png") == []
    sign(page)
    expect(page.locator(".page-head .pill")).to_have_text("in force")


def test_without_scripts_the_photo_of_paper_signs(open_context: Window) -> None:
    page = open_context(TAKER, PHONE, ENGLISH, java_script_enabled=False).new_page()
    opened(page, ON_PAPER)
    page.locator(SIGN).first.click()
    page.check("[name=way][value=thumb]")
    picture = {"name": "paper.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    page.set_input_files("[name=photo]", files=[picture])
    page.fill("[name=written_by]", "纪谷雨")
    page.click(".sign-form .btn-primary")
    expect(page.locator(".page-head .pill")).to_have_text("in force")
    expect(page.locator("main")).to_contain_text("Written by 纪谷雨, read aloud to 骆寒露")


@SIZES
@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_list_and_an_expired_one_are_clean(
    open_context: Window, screenshots: Path, size: Size, language: str
) -> None:
    page = open_context(TAKER, size, language).new_page()
    watch = Watch(page)
    page.goto("/authorisations/?state=expired")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert faults(page, watch, size, screenshots / f"authorisations-{size.name}-{language}.png") == []
    opened(page, EXPIRED)
    expect(page.locator(SIGN)).to_have_count(0)
    expect(page.locator("main .message")).to_contain_text("2026-11-01")
    assert faults(page, watch, size, screenshots / f"authorisation-{size.name}-{language}.png") == []


@SIZES
def test_by_night_and_on_the_desk_the_box_is_readable(
    open_context: Window, screenshots: Path, size: Size
) -> None:
    page = open_context(TAKER, size, CHINESE, color_scheme="dark").new_page()
    watch = Watch(page)
    find(page, SIGNS)
    page.locator("a[href^='/authorisations/of-household']").click()
    follow(page.locator("main .sheet-form .btn-primary"))
    if page.locator(SIGN).count() == 0:  # the other size has asked for it already
        opened(page, SIGNS)
    page.locator(SIGN).first.click()
    draw(page)
    assert faults(page, watch, size, screenshots / f"authorisation-dark-{size.name}.png") == []
