"""The register in a real browser: list, page, correction, number and paper, at both sizes."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
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


def faults(page: Page, watch: Watch, size: Size, picture: Path) -> list[str]:
    """Take the page's picture, and return what is wrong with it."""
    take_picture(page, picture)
    return watch.faults() + (small_targets(page) if size is PHONE else [])


@SIZES
@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_list_and_page_are_clean(open_context: Window, screenshots: Path, size: Size, language: str) -> None:
    page = open_context("lin_cun", size, language).new_page()
    watch = Watch(page)
    page.goto("/households/")
    expect(page.locator("tbody tr")).to_have_count(50)
    assert faults(page, watch, size, screenshots / f"households-{size.name}-{language}.png") == []
    find(page, SHOWN)
    assert faults(page, watch, size, screenshots / f"household-{size.name}-{language}.png") == []


def test_the_next_page_and_filters_come_without_a_whole_page(open_context: Window) -> None:
    page = open_context("lin_cun", DESKTOP, CHINESE).new_page()
    page.goto("/households/")
    page.click(".pager [rel=next]")
    expect(page.locator("tbody tr")).to_have_count(5)
    page.select_option("[name=monitored]", "yes")
    expect(page.locator("tbody tr")).to_have_count(12)
    page.fill("[name=head]", "沈立夏")
    page.press("[name=head]", "Enter")
    expect(page.locator("tbody tr")).to_have_count(1)


@pytest.mark.parametrize("size", [PHONE, DESKTOP, NARROW], ids=lambda size: size.name)
def test_the_page_is_readable_by_night_and_on_narrow_phones(
    open_context: Window, screenshots: Path, size: Size
) -> None:
    page = open_context("lin_cun", size, CHINESE, color_scheme="dark").new_page()
    watch = Watch(page)
    find(page, SHOWN)
    assert faults(page, watch, size, screenshots / f"household-dark-{size.name}.png") == []


@SIZES
def test_nobody_to_show_is_said(open_context: Window, screenshots: Path, size: Size) -> None:
    page = open_context(NOBODYS, size, CHINESE).new_page()
    watch = Watch(page)
    page.goto("/households/")
    expect(page.locator(".empty-state")).to_be_visible()
    assert faults(page, watch, size, screenshots / f"households-empty-{size.name}.png") == []


@SIZES
def test_a_correction_is_refused_then_taken(open_context: Window, screenshots: Path, size: Size) -> None:
    page = open_context("lin_cun", size, CHINESE).new_page()
    watch = Watch(page)
    find(page, CHANGED)
    page.click(".page-actions .btn-primary")
    before = page.input_value("[name=house_grade]")
    page.fill("[name=address]", f"新址 {size.width} 号")
    page.fill("[name=happened_on]", "2027-01-01")
    page.click("main .btn-primary")
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.input_value("[name=address]") == f"新址 {size.width} 号"
    assert faults(page, watch, size, screenshots / f"household-wrong-{size.name}.png") == []
    page.fill("[name=happened_on]", "2026-11-04")
    page.select_option("[name=house_grade]", "D" if before == "A" else "A")
    page.click("main .btn-primary")
    expect(page.locator(".message-success")).to_be_visible()
    expect(page.locator(".household-history")).to_contain_text(f"新址 {size.width} 号")
    assert faults(page, watch, size, screenshots / f"household-corrected-{size.name}.png") == []


@SIZES
def test_forms_of_members_are_clean(open_context: Window, screenshots: Path, size: Size) -> None:
    page = open_context("lin_cun", size, CHINESE).new_page()
    watch = Watch(page)
    for number, name in enumerate(("correct", "left", "dibao")):
        find(page, SHOWN)
        place = page.locator(".row-acts").first.locator("a").nth(number)
        (page.locator(".benefit a").first if name == "dibao" else place).click()
        expect(page.locator("form.sheet-form")).to_be_visible()
        assert faults(page, watch, size, screenshots / f"member-{name}-{size.name}.png") == []


@SIZES
def test_a_telephone_is_shown_once_with_a_reason(open_context: Window, screenshots: Path, size: Size) -> None:
    page = open_context("lin_cun", size, CHINESE).new_page()
    watch = Watch(page)
    find(page, SHOWN)
    assert "13800001234" not in page.content()
    page.click(".facts .btn-quiet")
    assert faults(page, watch, size, screenshots / f"reveal-ask-{size.name}.png") == []
    page.fill("[name=reason]", "约入户时间")
    page.click("main .btn-primary")
    expect(page.locator(".secret")).to_have_text("13800001234")
    expect(page.locator("a[href='tel:13800001234']")).to_be_visible()
    assert faults(page, watch, size, screenshots / f"reveal-{size.name}.png") == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP, NARROW], ids=lambda size: size.name)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_income_is_drawn_and_leaves_as_picture_and_table(
    open_context: Window, screenshots: Path, size: Size, scheme: str
) -> None:
    page = open_context("lin_cun", size, CHINESE, color_scheme=scheme, reduced_motion="reduce").new_page()
    watch = Watch(page)
    find(page, SHOWN)
    page.locator(".household-income").scroll_into_view_if_needed()
    expect(page.locator(".chart-place canvas")).to_be_visible()
    expect(page.locator(".chart-drawing")).to_be_hidden()
    assert faults(page, watch, size, screenshots / f"chart-{scheme}-{size.name}.png") == []
    for button, ending in (("[data-chart-png]", ".png"), (".chart-acts [value=xlsx]", ".xlsx")):
        with page.expect_download() as waiting:
            page.click(button)
        assert waiting.value.suggested_filename.endswith(ending)
        kept = screenshots / f"income-{scheme}-{size.name}{ending}"
        waiting.value.save_as(kept)
        assert kept.read_bytes()[:4] in (b"\x89PNG", b"PK\x03\x04")
    assert watch.faults() == []


def test_without_the_library_the_drawing_of_the_server_stays(open_context: Window) -> None:
    page = open_context("lin_cun", PHONE, CHINESE).new_page()
    page.route("**/echarts*", lambda route: route.abort())
    find(page, SHOWN)
    page.locator(".household-income").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    expect(page.locator(".chart-drawing .income-chart")).to_be_visible()
    expect(page.locator("[data-chart-png]")).to_be_hidden()


def test_on_paper_a_household_is_one_sheet(open_context: Window, screenshots: Path) -> None:
    page = open_context("lin_cun", DESKTOP, CHINESE).new_page()
    find(page, SHOWN)
    pdf = page.pdf(format="A4", path=screenshots / "household.pdf")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    page.emulate_media(media="print")
    for part in (".household-members", ".household-standing", ".household-sources", ".on-paper"):
        expect(page.locator(part)).to_be_visible()
    for part in (".household-history", ".household-looked", ".quality-home", ".rail", ".page-actions"):
        expect(page.locator(part)).to_be_hidden()
