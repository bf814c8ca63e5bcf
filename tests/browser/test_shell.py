"""The shell in a real browser: every role, both sizes, both languages, light and dark, with and without scripts."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from launch.chromium import knows_chinese
from tests.browser.looking import (
    CHINESE,
    DESKTOP,
    ENGLISH,
    NARROW,
    PHONE,
    ZOOMED,
    Size,
    Watch,
    small_targets,
    speak,
    take_picture,
)
from tests.people import PASSWORD, POSTS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
#: The first page may weigh so much, compressed (interface.md, Manners).
HEAVIEST = 300_000


def look(page: Page, address: str, size: Size, picture: Path) -> list[str]:
    """Open an address, take its picture, and return what is wrong with it."""
    watch = Watch(page)
    page.goto(address)
    take_picture(page, picture, whole=False)
    return watch.faults() + (small_targets(page) if size is PHONE else [])


@pytest.mark.parametrize("who", POSTS)
def test_the_home_of_every_role_is_clean(open_context: Window, screenshots: Path, who: str) -> None:
    for size in (PHONE, DESKTOP):
        window = open_context(who, size)
        for language in (CHINESE, ENGLISH):
            speak(window, language)
            picture = screenshots / f"home-{who}-{size.name}-{language}.png"
            assert look(window.new_page(), "/", size, picture) == [], picture.name


@pytest.mark.parametrize("address", ["/me/", "/me/password/", "/search/", "/search/?q=zzz"])
def test_the_other_pages_of_the_shell_are_clean(
    open_context: Window, screenshots: Path, address: str
) -> None:
    for size in (PHONE, DESKTOP, NARROW, ZOOMED):
        picture = screenshots / f"{address.strip('/').replace('/', '-').partition('?')[0]}-{size.name}.png"
        page = open_context("cun", size, CHINESE).new_page()
        assert look(page, address, size, picture) == [], picture.name


@pytest.mark.parametrize("size", [PHONE, DESKTOP, NARROW], ids=lambda size: size.name)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signing_in_is_clean_by_day_and_by_night(
    open_context: Window, screenshots: Path, size: Size, scheme: str
) -> None:
    context = open_context("", size, CHINESE, color_scheme=scheme)
    page = context.new_page()
    watch = Watch(page)
    page.goto("/sign-in/")
    assert watch.faults() == []
    page.fill("[name=username]", "cun")
    page.click("main button")
    expect(page.locator(".error-summary")).to_be_focused()
    take_picture(page, screenshots / f"sign-in-{size.name}-{scheme}.png", whole=False)
    assert watch.faults() == []
    assert page.input_value("[name=username]") == "cun"


def test_the_home_is_readable_by_night(open_context: Window, screenshots: Path) -> None:
    for size in (PHONE, DESKTOP):
        page = open_context("xian", size, CHINESE, color_scheme="dark").new_page()
        watch = Watch(page)
        page.goto("/")
        take_picture(page, screenshots / f"home-dark-{size.name}.png", whole=False)
        assert watch.faults() == []
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(251, 250, 247)"


@pytest.mark.parametrize("address", ["/nothing/"])
def test_an_error_page_is_clean_but_for_the_browsers_own_note(
    open_context: Window, screenshots: Path, address: str
) -> None:
    for who in ("", "cun"):
        page = open_context(who, PHONE, CHINESE).new_page()
        watch = Watch(page)
        page.goto("/sign-in/")
        page.goto(address)
        take_picture(page, screenshots / f"error-{who or 'visitor'}.png", whole=False)
        assert [fault for fault in watch.faults() if "status of 404" not in fault] == []


def test_the_first_page_is_light(open_context: Window) -> None:
    page = open_context("", PHONE, CHINESE).new_page()
    answers: list[Response] = []

    def collect(answer: Response) -> None:
        answers.append(answer)

    page.on("response", collect)
    page.goto("/sign-in/", wait_until="networkidle")
    sizes = {answer.url: answer.request.sizes()["responseBodySize"] for answer in answers}
    fonts = {url for url in sizes if "noto" in url}
    assert sum(size for url, size in sizes.items() if url not in fonts) < HEAVIEST, sizes
    assert bool(fonts) is not knows_chinese(), "a font is fetched where the machine has no Chinese characters"


def test_without_scripts_people_sign_in_switch_language_and_sign_out(open_context: Window) -> None:
    page = open_context("", DESKTOP, CHINESE, java_script_enabled=False).new_page()
    page.goto("/sign-in/?next=/me/")
    page.fill("[name=username]", "zhen")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    assert page.url.endswith("/me/")
    page.click(".top-bar .language button")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.click(".me summary")
    page.click(".me form button")
    assert page.url.endswith("/sign-in/")


def test_the_keyboard_reaches_the_content_first_and_leaves_a_menu_by_escape(open_context: Window) -> None:
    page = open_context("cun", DESKTOP, ENGLISH).new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    menu = page.locator(".me summary")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".me .menu-list")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".me .menu-list")).to_be_hidden()
    expect(menu).to_be_focused()


def test_a_form_on_its_way_is_not_sent_twice(open_context: Window) -> None:
    page = open_context("cun", DESKTOP, ENGLISH).new_page()
    page.goto("/me/password/")
    posts = count_posts(page)
    page.evaluate("""() => {
        const form = document.querySelector("main form");
        form.requestSubmit(); form.requestSubmit(); form.requestSubmit();
    }""")
    expect(page.locator(".error-summary")).to_be_visible()
    assert len(posts) == 1


def test_without_a_connection_nothing_is_sent_and_nothing_typed_is_lost(open_context: Window) -> None:
    context = open_context("cun", PHONE, ENGLISH)
    page = context.new_page()
    page.goto("/me/password/")
    page.fill("[name=old]", "typed in the yard")
    context.set_offline(True)
    page.click("main form .btn-primary")
    expect(page.get_by_text("No connection: nothing was sent")).to_be_visible()
    assert page.input_value("[name=old]") == "typed in the yard"
    context.set_offline(False)
    page.click("main form .btn-primary")
    expect(page.locator(".error-summary")).to_be_visible()


def test_a_printed_page_is_the_sheet_alone(open_context: Window) -> None:
    page = open_context("cun", DESKTOP, CHINESE).new_page()
    page.goto("/me/")
    page.emulate_media(media="print")
    for part in (".rail", ".top-bar", ".bottom-bar", ".page-actions"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def count_posts(page: Page) -> list[str]:
    """Collect the forms that leave the page."""
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    return posts
