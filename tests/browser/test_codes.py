"""Codes and leaflets in a real browser: printed on paper, read by a telephone, scanned by whoever it is, ticked."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.homes import NOBODYS
from tests.browser.looking import CHINESE, DESKTOP, ENGLISH, PHONE, Size, Watch, small_targets, take_picture
from tests.people import TOWNSHIP, VILLAGE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
EMPTY_VILLAGE = "999901002001"
UNKNOWN = f"/c/{TOWNSHIP}-{'A' * 22}/"
PAGES = {
    "villages": ("xian", "/codes/"),
    "village": ("cun", f"/codes/{VILLAGE}/"),
    "village-read": ("lingdao", f"/codes/{VILLAGE}/"),
    "village-empty": (NOBODYS, f"/codes/{EMPTY_VILLAGE}/"),
    "walk": ("cun", f"/leaflets/{VILLAGE}/"),
    "walk-all": ("cun", f"/leaflets/{VILLAGE}/?shown=all"),
    "walk-empty": (NOBODYS, f"/leaflets/{EMPTY_VILLAGE}/"),
    "public": ("", UNKNOWN),
    "public-nowhere": ("", "/c/nothing-that-can-be-read/"),
    "public-staff": ("lin_cun", UNKNOWN),
}


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=lambda size: size.name)
@pytest.mark.parametrize("name", PAGES)
def test_the_pages_are_clean(open_context: Window, screenshots: Path, name: str, size: Size) -> None:
    who, address = PAGES[name]
    page = open_context(who, size, CHINESE).new_page()
    watch = Watch(page)
    answer = page.goto(address)
    take_picture(page, screenshots / f"codes-{name}-{size.name}.png")
    assert answer is not None
    assert answer.ok
    assert watch.faults() == []
    assert size is not PHONE or small_targets(page) == []


def test_a_village_sheet_is_printed_and_every_code_on_it_can_be_scanned(
    open_context: Window, screenshots: Path
) -> None:
    page = open_context("cun", DESKTOP, ENGLISH).new_page()
    watch = Watch(page)
    _with_codes(page)
    pictures, words = _printed(
        page, page.get_by_role("button", name="Print village sheet"), screenshots, "sheet"
    )
    households = int(re.findall(r"(\d+) of \1 households", page.inner_text("main"))[0])
    found = [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]
    assert len(found) == len(set(found)) == households
    assert all(re.fullmatch(rf"/c/{TOWNSHIP}-[A-Za-z0-9_-]{{22}}/", urlsplit(each).path) for each in found)
    assert words.count("**") >= 1
    assert "cun" in words, "who printed it stands at the foot"
    assert all(_ink(picture) for picture in pictures), "no page is empty"
    assert watch.faults() == []


def test_a_leaflet_is_printed_twice_on_a_page(open_context: Window, screenshots: Path) -> None:
    page = open_context("cun", DESKTOP, ENGLISH).new_page()
    page.goto(f"/codes/{VILLAGE}/")
    pictures, words = _printed(page, page.get_by_role("link", name="Print leaflet"), screenshots, "leaflet")
    (picture,) = pictures
    width, height = picture.size
    assert height / width == pytest.approx(297 / 210, abs=0.01)
    middle = height // 2
    upper, lower = picture.crop((0, 0, width, middle - 8)), picture.crop((0, middle, width, 2 * middle - 8))
    assert _ink(upper) == pytest.approx(_ink(lower), rel=0.01)
    assert _ink(picture.crop((0, middle - 3, width, middle + 3))) > width / 10, "a line to cut along"
    codes = [urlsplit(code.text).path for code in zxingcpp.read_barcodes(picture)]
    assert codes == [f"/c/{VILLAGE}/"] * 2
    assert words.count("防返贫监测帮扶明白纸") == 2
    assert words.count("12317") >= 4


def test_a_code_is_scanned_by_staff_and_by_everybody_else_and_then_revoked(
    open_context: Window, screenshots: Path
) -> None:
    keeper = _with_codes(open_context("cun", PHONE, ENGLISH).new_page())
    keeper.locator("table.data a[href^='/households/']").first.click()
    home = urlsplit(keeper.url).path
    keeper.get_by_text("Code and leaflet").scroll_into_view_if_needed()
    take_picture(keeper, screenshots / "codes-panel-phone.png")
    with keeper.expect_download() as download:
        keeper.get_by_role("link", name="PNG").click()
    (code,) = zxingcpp.read_barcodes(Image.open(download.value.path()))
    address = urlsplit(code.text).path

    assert urlsplit(_scan(keeper, address).url).path == home, "staff in scope"
    visitor = open_context("", PHONE, ENGLISH).new_page()
    watch = Watch(visitor)
    shown = _public(_scan(visitor, address), address)
    assert "12317" in shown
    take_picture(visitor, screenshots / "codes-public-phone.png")
    assert watch.faults() == []
    stranger = open_context("lin_cun", PHONE, ENGLISH).new_page()
    assert _public(_scan(stranger, address), address) == _public(_scan(stranger, UNKNOWN), UNKNOWN)
    assert shown == _public(_scan(visitor, UNKNOWN), UNKNOWN)

    keeper.goto(home)
    keeper.get_by_role("link", name="Revoke").click()
    keeper.get_by_label("Reason").fill("纸张遗失")
    keeper.get_by_role("button", name="Revoke").click()
    expect(keeper.get_by_text("纸张遗失")).to_be_visible()
    assert urlsplit(_scan(keeper, address).url).path == address, "a revoked code leads nobody anywhere"
    assert shown == _public(_scan(visitor, address), address)

    keeper.goto(home)
    keeper.get_by_role("link", name="Give out a code").click()
    keeper.get_by_role("button", name="Give out a new code").click()
    expect(keeper.get_by_role("img", name="The code of this household")).to_be_visible()


def test_who_scans_and_then_signs_in_is_led_on(open_context: Window) -> None:
    page = open_context("", PHONE, ENGLISH).new_page()
    page.goto(UNKNOWN)
    page.get_by_role("link", name="For staff: sign in").click()
    expect(page.locator("main input[name=next]")).to_have_value(UNKNOWN)


def test_leaflets_are_ticked_while_walking_and_a_slip_is_undone(
    open_context: Window, screenshots: Path
) -> None:
    page = open_context("cun", PHONE, ENGLISH).new_page()
    watch = Watch(page)
    page.goto(f"/leaflets/{VILLAGE}/")
    line = page.locator(".code-line").first
    line.get_by_role("button", name="Handed over").click()
    undo = line.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    take_picture(page, screenshots / "codes-walk-ticked-phone.png", whole=False)
    assert page.url.endswith(f"/leaflets/{VILLAGE}/"), "the page stays where it is"
    undo.click()
    expect(line.get_by_role("button", name="Handed over")).to_be_visible()
    assert watch.faults() == []
    assert small_targets(page) == []


def test_leaflets_are_ticked_without_scripts_too(open_context: Window) -> None:
    page = open_context("cun", PHONE, ENGLISH, java_script_enabled=False).new_page()
    page.goto(f"/leaflets/{VILLAGE}/?shown=all")
    line = page.locator(".code-line").last
    line.get_by_role("button", name="Handed over").click()
    page.locator(".code-line").last.get_by_role("button", name="Undo").click()
    expect(page.locator(".code-line").last.get_by_role("button", name="Handed over")).to_be_visible()


def _with_codes(page: Page) -> Page:
    """Open the village, and let every household there have a code."""
    page.goto(f"/codes/{VILLAGE}/")
    give_out = page.get_by_role("button", name=re.compile(r"Give out \d+ codes"))
    if give_out.count():
        give_out.click()
        expect(page.get_by_text("Codes given out")).to_be_visible()
    return page


def _printed(page: Page, button: object, screenshots: Path, name: str) -> tuple[list[Image.Image], str]:
    """Press a button that hands out a PDF; returns its pages as pictures, and its words without blanks."""
    with page.expect_download() as download:
        button.click()  # type: ignore[attr-defined]
    document = pypdfium2.PdfDocument(download.value.path())
    pictures = [each.render(scale=3).to_pil() for each in document]
    for number, picture in enumerate(pictures, start=1):
        picture.save(screenshots / f"codes-{name}-{number}.png")
    words = "".join(each.get_textpage().get_text_bounded() for each in document)
    return pictures, "".join(words.split())


def _ink(picture: Image.Image) -> int:
    """Count the dark points of a picture."""
    drawn = ImageChops.invert(picture.convert("L"))
    return sum(drawn.histogram()[96:])


def _scan(page: Page, address: str) -> Page:
    answer = page.goto(address)
    assert answer is not None
    assert answer.ok
    return page


def _public(page: Page, address: str) -> str:
    """The words of the public page; refused where it is another one."""
    assert urlsplit(page.url).path == address
    return page.inner_text("main")
