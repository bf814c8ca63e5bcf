"""Every page of enrolment in a real browser: one of each kind that links lead to, by three offices, in both sizes."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.enrolling import OFFICES, VILLAGE
from tests.browser.homes import NOBODYS
from tests.browser.looking import CHINESE, DESKTOP, ENGLISH, PHONE, Size, Watch, small_targets, take_picture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
TOWNSHIP_VERIFIER, ASSISTANT, APPROVER = OFFICES["zhen"][0], OFFICES["cun"][0], "shending"
LISTS = (
    "/cases/", "/cases/evaluations/", "/cases/notices/", "/cases/objections/", "/cases/checks/", "/cases/reviews/",
    "/cases/approvals/", "/cases/announcements/", "/cases/corrections/", "/cases/letters/", "/cases/disasters/",
    "/cases/disasters/papers/", "/cases/board/", "/cases/national/", "/cases/imported/",
    "/cases/applications/papers/", "/cases/removals/",
)  # fmt: skip
#: Lists of which the first row is opened whatever was opened before, by who opens it: a case looks otherwise at every
#: step and to every office.
ROWS = {
    ASSISTANT: (
        "/cases/?step=apply", "/cases/?step=compare", "/cases/?step=evaluate", "/cases/?step=post",
        "/cases/evaluations/?open=yes", "/cases/notices/?hanging=no", "/cases/removals/?step=evaluate",
    ),
    TOWNSHIP_VERIFIER: (
        "/cases/notices/?hanging=yes", "/cases/?step=notice", "/cases/?step=review", "/cases/?state=declined",
        "/cases/?origin=import",
        "/cases/?origin=disaster", "/cases/?asks=yes", "/cases/?returned=yes",
    ),
    APPROVER: (
        "/cases/approvals/?late=no", "/cases/?state=approved", "/cases/?state=correcting", "/cases/?state=enrolled",
        "/cases/removals/?state=rolling_back",
    ),
}  # fmt: skip
#: Kinds of pages that the walk must have come to, or it looked at too little.
REACHED = {
    "/cases/N/", "/cases/N/withdraw/", "/cases/applications/N/", "/cases/applications/of-case/N/",
    "/cases/applications/demands/of-case/N/", "/cases/checks/N/", "/cases/checks/hits/N/",
    "/cases/checks/of-case/N/", "/cases/evaluations/N/", "/cases/evaluations/call/N/",
    "/cases/evaluations/items/N/vote/", "/cases/notices/N/", "/cases/notices/draw/N/",
    "/cases/notices/N/object/", "/cases/objections/N/", "/cases/reviews/of/N/", "/cases/reviews/papers/",
    "/cases/reviews/papers/N/", "/cases/corrections/N/", "/cases/letters/N/", "/cases/disasters/N/",
    "/cases/disasters/N/phone/", "/cases/disasters/N/list/", "/cases/disasters/new/",
    "/cases/disasters/help/N/", "/cases/basis/N/", "/cases/risks/N/", "/cases/evaluations/N/attend/",
    "/cases/evaluations/N/conclude/", "/cases/notices/N/post/", "/cases/notices/N/give-up/",
    "/cases/approvals/new/", "/cases/reviews/of/N/refuse/", "/cases/board/N/", "/cases/national/N/",
    "/cases/national/compare/", "/cases/national/compared/N/", "/cases/imported/doubles/",
    "/cases/removals/N/", "/cases/removals/of-case/N/", "/cases/removals/N/withdraw/",
    "/cases/removals/N/confirm_rollback/", "/cases/imported/doubles/N/", "/notices/N/", "/notices/object/W/",
    "/notices/answers/",
}  # fmt: skip
#: Forms that are sent as they stand, by who sends them.
EMPTY_FORMS = {
    f"/cases/evaluations/call/{VILLAGE}/": TOWNSHIP_VERIFIER,
    "/cases/disasters/new/": TOWNSHIP_VERIFIER,
    "/cases/national/compare/": TOWNSHIP_VERIFIER,
    "/notices/answers/": "",
}


@pytest.mark.timeout(900)
def test_every_page_that_links_lead_to_is_clean(open_context: Window, screenshots: Path) -> None:
    seen: dict[str, list[str]] = {}
    for who, rows in ROWS.items():
        page = open_context(who, DESKTOP, CHINESE).new_page()
        watch = Watch(page)
        waiting = [*(LISTS if who == TOWNSHIP_VERIFIER else ()), *(_first(page, each) for each in rows)]
        begun = set(waiting)
        while waiting:
            address = waiting.pop(0)
            kind = f"{address} for {who}" if address in begun else _kind(address)
            if kind not in seen:
                seen[kind] = _faults_in_both_sizes(watch, address, screenshots)
                seen.setdefault(_kind(address), [])
                waiting += [link for link in _links(page) if _kind(link) not in seen]
    assert {kind: faults for kind, faults in seen.items() if faults} == {}
    assert set(seen) >= REACHED


@pytest.mark.parametrize("address", EMPTY_FORMS)
def test_a_form_that_is_sent_empty_says_what_is_missing(
    open_context: Window, screenshots: Path, address: str
) -> None:
    page = open_context(EMPTY_FORMS[address], PHONE, CHINESE).new_page()
    watch = Watch(page)
    page.goto(address)
    page.locator("main form .btn-primary").last.click()
    expect(page.locator(".error-summary")).to_be_focused()
    take_picture(page, screenshots / f"enrolment-wrong{_name(address)}.png")
    assert watch.faults() == []


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=lambda size: size.name)
def test_where_there_is_no_case_every_list_says_how_one_comes(
    open_context: Window, screenshots: Path, size: Size
) -> None:
    page = open_context(NOBODYS, size, CHINESE).new_page()
    for address in ("/cases/", "/cases/evaluations/", "/cases/notices/", "/cases/checks/", "/cases/letters/"):
        assert _faults(page, address, size, screenshots, "empty") == []
        expect(page.locator(".empty-state")).to_be_visible()


@pytest.mark.parametrize(("language", "scheme"), [(ENGLISH, "light"), (CHINESE, "dark")])
def test_a_case_is_readable_in_english_and_by_night(
    open_context: Window, screenshots: Path, language: str, scheme: str
) -> None:
    page = open_context(TOWNSHIP_VERIFIER, PHONE, language, color_scheme=scheme).new_page()
    page.goto("/cases/")
    address = page.locator(".table-block tbody tr a").first.get_attribute("href") or ""
    for each in (address, "/cases/reviews/"):
        assert _faults(page, each, PHONE, screenshots, f"{language}-{scheme}") == []


def _faults(page: Page, address: str, size: Size, folder: Path, about: str) -> list[str]:
    """Open an address, take its picture, and return what is wrong with it."""
    watch = Watch(page)
    answer = page.goto(address)
    take_picture(page, folder / f"enrolment-{about}{_name(address)}-{size.name}.png")
    found = watch.faults() + (small_targets(page) if size is PHONE else [])
    return found if answer is not None and answer.ok else [*found, "is not there"]


def _faults_in_both_sizes(watch: Watch, address: str, folder: Path) -> list[str]:
    """Open an address once, look at it on a desk and then as narrow as a phone, and return what is wrong with it."""
    page, found = watch.page, []
    watch.complaints.clear()
    answer = page.goto(address)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size.viewport)
        take_picture(page, folder / f"enrolment-looks{_name(address)}-{size.name}.png")
        found += [f"{size.name}: {each}" for each in watch.faults()]
    found += small_targets(page)
    page.set_viewport_size(DESKTOP.viewport)
    return found if answer is not None and answer.ok else [*found, "is not there"]


def _first(page: Page, rows: str) -> str:
    """Return the address of the first row of a list."""
    page.goto(rows)
    return page.locator(".table-block tbody a").first.get_attribute("href") or ""


def _links(page: Page) -> Iterator[str]:
    """Yield the addresses of enrolment that the content of a page leads to, files apart."""
    found = page.eval_on_selector_all(
        "main a[href]", "links => links.map((each) => each.getAttribute('href'))"
    )
    for link in found:
        if link.startswith(("/cases/", "/notices/")) and "/files/" not in link:
            yield link


def _kind(address: str) -> str:
    """Return what pages of one kind have in common: a number or a code is any, and so is a sealed word."""
    path = address.partition("?")[0]
    return re.sub(r"/\d+(?=/)", "/N", re.sub(r"/[^/]*~[^/]*(?=/)", "/W", path))


def _name(address: str) -> str:
    return re.sub(r"\W+", "-", _kind(address)).rstrip("-")
