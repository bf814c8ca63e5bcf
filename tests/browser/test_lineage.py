"""Family events in a real browser: a birth, a split looked at before, a marriage on the phone, and two taken back."""

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.enrolling import OFFICES
from tests.browser.families import MARRIES, SPLITS
from tests.browser.homes import find
from tests.browser.looking import CHINESE, DESKTOP, PHONE, Looker
from tests.households.families import id_number

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
#: Who leaves by the split, and until when the household has authorised, as the pages write it.
LEAVES, UNTIL = "符冬至", "2026-12-04"
VILLAGE_ASSISTANT = OFFICES["cun"][0]


def told(page: Page, **fields: str) -> None:
    """Fill the fields of a form by their names, whatever they are, and ask what follows."""
    for name, value in fields.items():
        place = page.locator(f"[name={name}]")
        if place.evaluate("each => each.tagName") == "SELECT":
            place.select_option(value)
        else:
            place.fill(value)
    page.click("main .sheet-form .btn-primary")


def confirmed(page: Page) -> None:
    """Say yes to what follows."""
    expect(page.locator("main .consequences").first).to_be_visible()
    page.click("main .sheet-form .btn-primary")
    expect(page.locator(".message-success")).to_be_visible()


def happened(page: Page, code: str, link: str) -> None:
    """Go from a household's page to the form of an event."""
    find(page, code)
    page.locator("a[href$='/family/']").click()
    page.locator(f"main a[href*='{link}']").first.click()


def forms(desk: Looker) -> None:
    """Look at the forms of other events, and at one that a department registered; nothing is sent."""
    page = desk.page
    for name, link, field in (
        ("death", "/left/", "departure"), ("adoption", "kind=adoption", "id_number"),
        ("merge", "/family/merge/", "other"),
    ):  # fmt: skip
        happened(page, MARRIES, link)
        expect(page.locator(f"[name={field}]").first).to_be_visible()
        desk.look_at_both(name)
    find(page, MARRIES)
    page.locator("main a[href*='/proposals/'][href$='/enter/']").first.click()
    expect(page.locator("[name=departure]").first).to_be_visible()
    desk.look_at_both("registered")


def standing_of(page: Page, *, leaves: bool) -> None:
    """See on a household's page what it counts as and has authorised, and whether the dibao of its mother ended."""
    places = page.locator(".household-standing li")
    expect(places.filter(has_text="脱贫户").locator(".pill")).to_be_visible()
    expect(places.filter(has_text=LEAVES).locator(".pill")).to_have_count(0 if leaves else 1)
    expect(page.locator("[aria-labelledby=authorisations-title]")).to_contain_text(UNTIL)


def undone(page: Page, what: str) -> None:
    """Take an event of the household on whose page one is back."""
    page.locator(".household-lineage a.post-title", has_text=what).first.click()
    page.locator("a[href$='/undo/']").click()
    page.fill("[name=reason]", "没有分户")
    page.click("main .sheet-form .btn-danger")
    expect(page.locator(".message-success")).to_be_visible()


def birth(desk: Looker) -> None:
    """Enter that a child was born, after a look at what follows."""
    page = desk.page
    born = id_number("999901", datetime.date(2026, 10, 30), 987)
    happened(page, SPLITS, "kind=birth")
    expect(page.locator("[name=id_number]")).to_be_visible()
    desk.look_at_both("birth")
    told(page, id_number=born, name="元小雪", relation="03", happened_on="2026-11-03", paper="出生医学证明")
    desk.look_at_both("birth-preview")
    confirmed(page)


def test_a_birth_a_split_a_marriage_and_a_way_back(open_context: Window, screenshots: Path) -> None:
    faults: list[str] = []
    folder = screenshots / "families"
    desk = Looker(open_context(VILLAGE_ASSISTANT, DESKTOP, CHINESE), DESKTOP, folder, faults)
    phone = Looker(open_context(VILLAGE_ASSISTANT, PHONE, CHINESE), PHONE, folder, faults)
    page = desk.page
    forms(desk)
    birth(desk)
    find(page, SPLITS)
    page.locator("a[href$='/family/']").click()
    desk.look_at_both("choose")
    page.locator("main a[href$='/family/split/']").click()
    page.locator("select[name^=member_]").first.select_option("01")
    desk.look_at_both("split")
    told(page, happened_on="2026-11-03", paper="分户协议")
    expect(page.locator("main .consequences").first).to_be_visible()
    for each in ("“脱贫户”", f"{LEAVES} 的“低保”", UNTIL):
        expect(page.locator("main .card-form")).to_contain_text(each)
    desk.look_at_both("split-preview")
    confirmed(page)
    expect(page.locator(".household-lineage li")).to_have_count(2)
    standing_of(page, leaves=True)
    desk.look("household")
    happened(phone.page, MARRIES, "/family/join/")
    phone.page.locator("[name=member]").select_option(index=2)
    phone.look_at_both("marriage")
    told(phone.page, other=SPLITS, relation="05", happened_on="2026-11-03", paper="结婚证")
    phone.look_at_both("marriage-preview")
    confirmed(phone.page)
    phone.look("household")
    phone.page.locator(".household-lineage a[href*='/family/']").first.click()
    phone.look_at_both("event")
    phone.page.locator("a[href$='/undo/']").click()
    phone.page.fill("[name=reason]", "登记错户")
    phone.look_at_both("undo")
    phone.page.click("main .sheet-form .btn-danger")
    expect(phone.page).to_have_url(re.compile(r"/family/\d+/"))
    expect(phone.page.locator("a[href$='/undo/']")).to_have_count(0)
    page.goto("/households/")
    find(page, SPLITS)
    expect(page.locator(".household-lineage li")).to_have_count(4)
    undone(page, "分户")
    find(page, SPLITS)
    expect(page.locator(".household-lineage li")).to_have_count(5)
    standing_of(page, leaves=False)
    assert faults == []
