"""Visits in a real browser: written down on a phone in the yard, with place and photo; errors that lose nothing."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.homes import CHANGED, NOBODYS, SHOWN, find
from tests.browser.looking import (
    CHINESE,
    DESKTOP,
    ENGLISH,
    NARROW,
    PHONE,
    Size,
    Watch,
    small_targets,
    take_picture,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=lambda size: size.name)
YARD = {"latitude": 34.123456, "longitude": 113.654321, "accuracy": 12}


def faults(page: Page, watch: Watch, size: Size, picture: Path) -> list[str]:
    """Take the page's picture, and return what is wrong with it."""
    take_picture(page, picture)
    return watch.faults() + (small_targets(page) if size in (PHONE, NARROW) else [])


def photo() -> dict[str, object]:
    """Return a photo as the camera gives it."""
    sink = io.BytesIO()
    Image.new("RGB", (1200, 900), "peru").save(sink, "JPEG")
    return {"name": "院子.jpg", "mimeType": "image/jpeg", "buffer": sink.getvalue()}


def begin(page: Page, code: str) -> None:
    """Open the form of a visit from the household's page."""
    find(page, code)
    page.locator(".household-visits .btn").click()
    expect(page.locator("form[data-visit]")).to_be_visible()


def test_a_visit_in_the_yard_with_place_and_photo(open_context: Window, screenshots: Path) -> None:
    window = open_context("lin_cun", PHONE, CHINESE, geolocation=YARD, permissions=["geolocation"])
    page = window.new_page()
    watch = Watch(page)
    begin(page, SHOWN)
    page.locator("[name=met]").first.check()
    page.fill("[name=at]", "09:30")
    page.click("[data-locate]")
    expect(page.locator("[data-located]")).to_contain_text("12")
    page.fill("[name=q_found]", "家里三口人，厨房漏雨")
    page.check("[name=q_risk_seen][value=maybe]")
    assert faults(page, watch, PHONE, screenshots / "visit-form-phone.png") == []
    page.click("form[data-visit] .btn-primary")
    expect(page.locator(".message-success")).to_be_visible()
    expect(page.locator(".facts").first).to_contain_text("34.123456, 113.654321")
    page.set_input_files("#file-camera", photo())  # type: ignore[arg-type]
    expect(page.locator(".file-list li")).to_have_count(1)
    expect(page.locator(".file-list img")).to_have_js_property("complete", True)
    assert faults(page, watch, PHONE, screenshots / "visit-page-phone.png") == []
    with page.expect_download() as copy:
        page.click(".file-list button[value=stamped]")
    copy.value.save_as(screenshots / "visit-stamped.jpg")
    with page.expect_download() as sheet:
        page.click(".page-actions form button")
    assert Path(sheet.value.path()).read_bytes().startswith(b"%PDF")


@SIZES
def test_an_error_keeps_what_was_typed(open_context: Window, screenshots: Path, size: Size) -> None:
    page = open_context("lin_cun", size, CHINESE).new_page()
    watch = Watch(page)
    begin(page, CHANGED)
    page.click(".visit-kinds a:not(.btn-primary)")
    page.wait_for_url("**form=house_check")
    page.check("[name=way][value=phone]")
    page.locator("[name=met]").first.check()
    page.fill("[name=q_found]", f"电话里说一切正常 {size.width}")
    page.fill("[name=note]", "下周再去")
    page.click("form[data-visit] .btn-primary")
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.input_value("[name=q_found]") == f"电话里说一切正常 {size.width}"
    assert page.input_value("[name=note]") == "下周再去"
    assert page.is_checked("[name=way][value=phone]")
    assert faults(page, watch, size, screenshots / f"visit-wrong-{size.name}.png") == []
    page.fill("[name=way_reason]", "全家在广东务工")
    page.check("[name=q_income_trend][value=same]")
    for name in ("q_all_at_school", "q_all_insured", "q_water_safe"):
        if page.locator(f"[name={name}]:checked").count() == 0:
            page.check(f"[name={name}][value=unclear]")
    page.click("form[data-visit] .btn-primary")
    expect(page.locator(".visit-answers").first).to_be_visible()
    expect(page.locator(".signature-list li")).to_have_count(2)
    assert faults(page, watch, size, screenshots / f"visit-checked-{size.name}.png") == []


def test_the_form_asks_only_what_applies(open_context: Window) -> None:
    page = open_context("lin_cun", PHONE, CHINESE).new_page()
    begin(page, CHANGED)
    expect(page.locator("[name=way_reason]")).to_be_hidden()
    page.check("[name=way][value=phone]")
    expect(page.locator("[name=way_reason]")).to_be_visible()
    expect(page.locator("[data-locate]")).to_be_hidden()
    page.check("[name=outcome][value=nobody]")
    expect(page.locator("[name=q_found]")).to_be_hidden()
    page.fill("[name=way_reason]", "电话无人接听")
    page.click("form[data-visit] .btn-primary")
    expect(page.locator("h1 .pill")).to_have_text("未见到人")


@SIZES
def test_a_visit_is_corrected_then_annulled(open_context: Window, screenshots: Path, size: Size) -> None:
    page = open_context("lin_cun", size, CHINESE).new_page()
    watch = Watch(page)
    begin(page, CHANGED)
    page.locator("[name=met]").first.check()
    page.select_option("[name=no_place]", "paper")
    page.fill("[name=q_found]", "初稿")
    page.check("[name=q_risk_seen][value=none]")
    page.click("form[data-visit] .btn-primary")
    page.locator(".page-actions a").first.click()
    assert page.input_value("[name=q_found]") == "初稿"
    page.fill("[name=q_found]", "改稿")
    page.click("form[data-visit] .btn-primary")
    expect(page.locator(".visit-answers")).to_contain_text("改稿")
    page.locator("a[href$='/annul/']").click()
    assert faults(page, watch, size, screenshots / f"visit-annul-{size.name}.png") == []
    page.fill("[name=reason]", "写错了户")
    page.click("main .btn-danger, main .btn-primary")
    expect(page.locator(".message-warning")).to_contain_text("写错了户")
    assert faults(page, watch, size, screenshots / f"visit-annulled-{size.name}.png") == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP, NARROW], ids=lambda size: size.name)
def test_lists_and_forms_are_clean_by_night_and_in_english(
    open_context: Window, screenshots: Path, size: Size
) -> None:
    page = open_context("lin_cun", size, ENGLISH, color_scheme="dark").new_page()
    watch = Watch(page)
    page.goto("/households/visits/")
    assert faults(page, watch, size, screenshots / f"visits-{size.name}.png") == []
    begin(page, SHOWN)
    page.click(".visit-kinds a:not(.btn-primary)")
    page.wait_for_url(re.compile("form=house_check"))
    page.locator(".visit-known summary").first.click()
    assert faults(page, watch, size, screenshots / f"visit-check-{size.name}.png") == []
    find(page, SHOWN)
    take_picture(page.locator(".household-visits"), screenshots / f"visit-panel-{size.name}.png", whole=False)


def test_nothing_written_down_yet_is_said(open_context: Window, screenshots: Path) -> None:
    page = open_context(NOBODYS, PHONE, CHINESE).new_page()
    watch = Watch(page)
    page.goto("/households/visits/")
    expect(page.locator(".empty-state")).to_be_visible()
    assert faults(page, watch, PHONE, screenshots / "visits-empty-phone.png") == []
