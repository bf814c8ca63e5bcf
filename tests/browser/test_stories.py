"""What people do from one page to the next, as they would: a local deadline, a posting by two people, clean pages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.looking import CHINESE, DESKTOP, PHONE, Watch, take_picture
from tests.people import VILLAGE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
#: Who opens which pages: the main page of every part of the house, seen by somebody whose work it is.
PAGES = {
    "anquan": ["/staff/", "/postings/", "/grants/", "/stand-ins/", "/vacancies/", "/roles/", "/inbox/"],
    "xitong": ["/areas/", "/areas/999901/", "/areas/999901001/merge/", "/jobs/", "/jobs/import-areas/"],
    "xian": ["/regulations/", "/regulations/helper_days/", "/regulations/local/", "/regulations/calendar/"],
    "shenjiyuan": ["/record/"],
    "cun": ["/me/kin/", "/inbox/preferences/", "/areas/", "/staff/"],
}


@pytest.mark.parametrize(("who", "address"), [(who, page) for who, pages in PAGES.items() for page in pages])
def test_the_pages_of_the_house_are_clean(
    open_context: Window, screenshots: Path, who: str, address: str
) -> None:
    for size in (PHONE, DESKTOP):
        page = open_context(who, size, CHINESE).new_page()
        watch = Watch(page)
        response = page.goto(address)
        assert response is not None
        assert response.status == 200
        name = address.strip("/").replace("/", "-")
        take_picture(page, screenshots / f"{name}-{who}-{size.name}.png")
        assert watch.faults() == [], f"{address} at {size.name}"


def test_a_county_sets_its_own_deadline_and_everybody_sees_by_which_document(open_context: Window) -> None:
    officer = open_context("xian", DESKTOP, CHINESE).new_page()
    officer.goto("/regulations/helper_days/propose/?area=999901")
    fill(
        officer,
        from_day="2026-11-01",
        amount="4",
        source_title="示例县防止返贫监测帮扶实施细则",
        source_issuer="示例县农业农村局",
        source_issued="2026-10-20",
        why="县里人手充足，缩短一天",
    )
    officer.locator("select[name=unit]").select_option("working days")
    officer.get_by_role("button", name="提出").click()
    expect(officer.locator("main")).to_contain_text("待审批")
    proposal = officer.url
    officer.goto(proposal + "approve/")
    submit(officer)
    expect(officer.locator(".error-summary")).to_contain_text("无权")

    approver = open_context("shending", PHONE, CHINESE).new_page()
    approver.goto(proposal + "approve/")
    submit(approver)
    expect(approver.locator("main")).not_to_contain_text("待审批")

    reader = open_context("lingdao", DESKTOP, CHINESE).new_page()
    reader.goto("/regulations/helper_days/?area=999901")
    expect(reader.locator("main")).to_contain_text("4 个工作日")
    expect(reader.locator("main")).to_contain_text("示例县防止返贫监测帮扶实施细则")


def test_a_proposed_posting_reaches_the_second_person_who_acts_from_the_notice(open_context: Window) -> None:
    proposer = open_context("anquan", DESKTOP, CHINESE).new_page()
    proposer.goto("/staff/")
    proposer.get_by_role("link", name="wangge", exact=True).first.click()
    proposer.goto(proposer.url.rstrip("/") + "/propose/")
    proposer.locator("select[name=role]").select_option("first_secretary")
    fill(proposer, area=VILLAGE, from_day="2026-11-04", reason="县委组织部任职通知")
    submit(proposer)
    expect(proposer.locator("main")).to_contain_text("待审批")

    second = open_context("xitong", PHONE, CHINESE).new_page()
    second.goto("/inbox/")
    second.get_by_role("link", name="待您审批的拟任岗").first.click()
    second.get_by_role("button", name="去办理").click()
    second.get_by_role("link", name="同意", exact=True).click()
    submit(second)
    expect(second.locator("main")).to_contain_text("已任岗")

    proposer.goto("/inbox/")
    expect(proposer.locator("main")).to_contain_text("您提出的任岗已审批")


def fill(page: Page, **fields: str) -> None:
    """Type into the fields of the page's form."""
    for name, value in fields.items():
        page.fill(f"main [name={name}]", value)


def submit(page: Page) -> None:
    """Press the form's own button."""
    page.locator("main form .form-buttons button").first.click()
