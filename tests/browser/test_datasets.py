"""Contracts in a real browser: clean at every size, and an officer gets from the list to the empty workbook."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from python_calamine import CalamineWorkbook

from monitoring.contracts.book import contract
from tests.browser.looking import CHINESE, DESKTOP, NARROW, PHONE, Watch, small_targets, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
PAGES = {
    "xian": ["/datasets/", "/datasets/?department=fire", "/datasets/household_registration/", "/duty-list/"],
    "yibao": ["/datasets/", "/datasets/medical_settlement/", "/duty-list/"],
}


@pytest.mark.parametrize(("who", "address"), [(who, page) for who, pages in PAGES.items() for page in pages])
def test_the_pages_of_contracts_are_clean(
    open_context: Window, screenshots: Path, who: str, address: str
) -> None:
    for size in (PHONE, DESKTOP, NARROW):
        page = open_context(who, size, CHINESE).new_page()
        watch = Watch(page)
        page.goto(address)
        name = address.strip("/").replace("/", "-").replace("?", "-")
        take_picture(page, screenshots / f"{name}-{who}-{size.name}.png")
        assert watch.faults() + (small_targets(page) if size is PHONE else []) == [], (
            f"{address} at {size.name}"
        )


def test_an_officer_finds_the_contract_and_takes_the_empty_workbook(
    open_context: Window, tmp_path: Path
) -> None:
    page = open_context("yibao", PHONE, CHINESE).new_page()
    page.goto("/datasets/")
    expect(page.locator("tbody tr")).to_have_count(2)
    page.get_by_role("link", name="医疗费用结算").click()
    expect(page.locator("main")).to_contain_text("三重保障")
    with page.expect_download() as begun:
        page.get_by_role("link", name="空白模板").click()
    assert begun.value.suggested_filename == "医疗费用结算.xlsx"
    begun.value.save_as(tmp_path / "empty.xlsx")
    (header,) = CalamineWorkbook.from_path(tmp_path / "empty.xlsx").get_sheet_by_index(0).to_python()
    assert header == [column.header for column in contract("medical_settlement").columns]


def test_the_duty_list_is_printed_as_a_sheet_alone(open_context: Window) -> None:
    page = open_context("xian", DESKTOP, CHINESE).new_page()
    page.goto("/duty-list/")
    page.emulate_media(media="print")
    expect(page.locator(".page-actions")).to_be_hidden()
    expect(page.locator("tbody tr").first).to_be_visible()
