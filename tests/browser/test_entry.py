"""Getting in and staying safe, by page: second factor, a lock-out that spares others, sessions, a post that ends."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.factors import code_now
from tests.browser.homes import AT_THE_DOOR, IN_TWO_PLACES, SET_UP_LATER
from tests.browser.looking import CHINESE, DESKTOP, PHONE, Looker, Size
from tests.browser.playing import follow
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
Write = Callable[..., None]
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=lambda size: size.name)
_LAST_DAY = """
    UPDATE accounts_posting SET until_day = %s WHERE user_id = (SELECT id FROM accounts_user WHERE username = %s)
"""


@pytest.fixture
def served(served_database: str) -> Iterator[Write]:
    """Write into the database of the server, as somebody's act elsewhere would."""
    known = connection.get_connection_params()
    told = {key: known[key] for key in ("user", "password", "host", "port") if key in known}
    own = psycopg2.connect(dbname=served_database, **told)
    own.autocommit = True

    def write(sql: str, *values: object) -> None:
        with own.cursor() as cursor:
            cursor.execute(sql, values)

    yield write
    own.close()


@SIZES
def test_a_second_factor_is_set_up_used_and_taken_away(
    open_context: Window, server: str, screenshots: Path, size: Size
) -> None:
    faults: list[str] = []
    desk = Looker(open_context("", size, CHINESE), size, screenshots / "entry", faults)
    page = desk.page
    _type(page, server, SET_UP_LATER, PASSWORD)
    expect(page).to_have_url(f"{server}/me/second-factor/")
    desk.look("begin")
    words = page.locator(".help .code").inner_text()
    page.fill("[name=code]", "000000")
    page.click("main .btn-primary")
    expect(page.locator(".error-summary")).to_be_focused()
    desk.look("begin-wrong")
    page.fill("[name=code]", code_now(words))
    page.click("main .btn-primary")
    expect(page.locator(".paper-codes li")).to_have_count(10)
    desk.look("paper")
    paper = page.locator(".paper-codes li").all_inner_texts()
    page.click("main .btn-primary")
    expect(page).to_have_url(f"{server}/")
    _leave(page, server)
    _type(page, server, SET_UP_LATER, PASSWORD)
    expect(page.locator("[name=code]")).to_be_focused()
    desk.look("code")
    page.fill("[name=code]", "000000")
    page.click("main .btn-primary")
    expect(page.locator(".error-summary")).to_be_focused()
    page.fill("[name=code]", paper[0])
    page.click("main .btn-primary")
    expect(page).to_have_url(f"{server}/")
    page.goto(f"{server}/me/second-factor/")
    expect(page.locator(".facts")).to_contain_text("9")
    desk.look("set-up")
    page.click("a[href$='/remove/']")
    page.fill("[name=password]", PASSWORD)
    desk.look("remove")
    page.click("main .btn-danger")
    expect(page).to_have_url(f"{server}/me/second-factor/")
    expect(page.locator(".factor-picture")).to_be_visible()
    assert faults == []


def test_wrong_passwords_shut_out_who_types_them_and_nobody_else(
    open_context: Window, server: str, screenshots: Path
) -> None:
    faults: list[str] = []
    own = open_context("", PHONE, CHINESE).new_page()
    sign_in(own, server, AT_THE_DOOR)
    _leave(own, server)
    stranger = Looker(open_context("", PHONE, CHINESE), PHONE, screenshots / "entry", faults)
    for _time in range(5):
        _type(stranger.page, server, AT_THE_DOOR, "wrong")
    _type(stranger.page, server, AT_THE_DOOR, PASSWORD)
    expect(stranger.page.locator(".error-summary")).to_contain_text("15")
    stranger.look("locked")
    wide = Looker(open_context("", DESKTOP, CHINESE), DESKTOP, screenshots / "entry", faults)
    _type(wide.page, server, AT_THE_DOOR, PASSWORD)
    expect(wide.page.locator(".error-summary")).to_contain_text("15")
    wide.look("locked")
    _type(stranger.page, server, "zhen", PASSWORD)
    expect(stranger.page).to_have_url(f"{server}/")
    sign_in(own, server, AT_THE_DOOR)
    assert faults == []


@SIZES
def test_every_other_browser_is_signed_out_and_a_post_that_ends_ends_access(
    browser: Browser, open_context: Window, server: str, served: Write, screenshots: Path, size: Size
) -> None:
    faults: list[str] = []
    here = Looker(open_context("", size, CHINESE), size, screenshots / "entry", faults)
    sign_in(here.page, server, IN_TWO_PLACES)
    elsewhere = open_context("", PHONE, CHINESE).new_page()
    sign_in(elsewhere, server, IN_TWO_PLACES)
    page = here.page
    page.goto(f"{server}/me/sessions/")
    here.look("sessions")
    page.click(".page-actions .btn-danger")
    expect(page.locator(".message-success")).to_be_visible()
    expect(page.locator(".posts li")).to_have_count(1)
    here.look("sessions-one")
    elsewhere.goto(f"{server}/alerts/")
    expect(elsewhere).to_have_url(f"{server}/sign-in/?next=/alerts/")
    page.goto(f"{server}/alerts/")
    served(_LAST_DAY, "2026-11-03", IN_TWO_PLACES)
    try:
        page.reload()
        expect(page.locator("main")).not_to_contain_text("待调度")
        here.look("post-over")
        assert page.evaluate("fetch(location.href).then(answer => answer.status)") == 403
    finally:
        served(_LAST_DAY, None, IN_TWO_PLACES)
    page.reload()
    assert [fault for fault in faults if "403" not in fault] == []


def _type(page: Page, server: str, username: str, password: str) -> None:
    page.goto(f"{server}/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    follow(page.locator("main .btn-primary"))


def _leave(page: Page, server: str) -> None:
    page.goto(f"{server}/me/")
    follow(page.locator(".page-actions form[action='/sign-out/'] button"))
