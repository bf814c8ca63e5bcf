"""A household moves in a real browser: proposed on the phone, accepted at the desk; another one is refused.

Of the household that stays, one person marries into the one that went.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.homes import find
from tests.browser.leavers import BRIDE, GIVER, LEAVERS, RECEIVER
from tests.browser.looking import CHINESE, DESKTOP, PHONE, Looker
from tests.people import NEIGHBOUR_VILLAGE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]


def propose(giver: Looker, code: str, *, look: bool = False) -> str:
    """Propose that a household moves; returns the address of the move."""
    page = giver.page
    find(page, code)
    page.locator("a[href*='/moves/of-household/']").click()
    if look:
        giver.look_at_both("propose")
    page.fill("[name=to_area]", NEIGHBOUR_VILLAGE)
    page.fill("[name=why]", "随子女迁居")
    page.fill("[name=document]", "户口迁移证（2026年10月29日）")
    page.click("main .card-form .btn-primary")
    expect(page.locator("main .card-form [name=back]")).to_be_visible()
    if look:
        giver.look("what-follows")
    page.click("main .card-form .btn-primary")
    expect(page.locator("#move-what")).to_be_visible()
    if look:
        giver.look_at_both("proposed")
    return page.url


def propose_one(giver: Looker, code: str, name: str) -> str:
    """Propose that one person of a household marries into one of the other county; returns the address of the move."""
    page = giver.page
    find(page, code)
    page.locator("a[href$='/family/']").first.click()
    page.locator("a[href*='/moves/of-person/']").click()
    giver.look_at_both("one-propose")
    page.select_option("[name=member]", label=name)
    page.fill("[name=to_area]", NEIGHBOUR_VILLAGE)
    page.fill("[name=whither]", "东山村祝家")
    page.fill("[name=document]", "结婚证（2026年10月29日）")
    page.fill("[name=why]", "结婚")
    page.click("main .card-form .btn-primary")
    expect(page.locator("main .card-form [name=back]")).to_be_visible()
    giver.look("one-what-follows")
    page.click("main .card-form .btn-primary")
    expect(page.locator("#move-what")).to_be_visible()
    giver.look_at_both("one-proposed")
    return page.url


def take_in(desk: Looker, move: str, into: str, name: str) -> None:
    """Take a person into a household; who they are is read with the acceptance."""
    page = desk.page
    page.goto(move)
    expect(page.locator("main")).to_contain_text("温**")
    expect(page.locator("main")).not_to_contain_text(name)
    page.locator(".case-acts .btn-primary").click()
    page.fill("[name=into]", into)
    page.select_option("[name=relation]", "28")
    page.click("main .card-form .btn-primary")
    expect(page.locator("main .card-form [name=back]")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(name)
    desk.look_at_both("one-accept")
    page.click("main .card-form .btn-primary")
    expect(page.locator(".message-success")).to_be_visible()
    desk.look("one-taken-in")
    page.locator(".page-actions a[href^='/households/']").first.click()
    expect(page.locator("main")).to_contain_text(name)


def test_a_move_is_accepted_and_another_refused(open_context: Window, screenshots: Path) -> None:
    faults: list[str] = []
    first, second = LEAVERS
    giver = Looker(open_context(GIVER, PHONE, CHINESE), PHONE, screenshots / "moving", faults)
    desk = Looker(open_context(RECEIVER, DESKTOP, CHINESE), DESKTOP, screenshots / "moving", faults)
    accepted, refused = propose(giver, first, look=True), propose(giver, second)
    page = desk.page
    page.goto("/moves/?to=yes&state=proposed")
    desk.look("list")
    page.goto(accepted)
    expect(page.locator("main")).to_contain_text("祝**")
    expect(page.locator("main")).not_to_contain_text(LEAVERS[first])
    desk.look_at_both("to-answer")
    page.locator(".case-acts .btn-primary").click()
    desk.look_at_both("accept")
    page.click("main .card-form .btn-primary")
    expect(page.locator(".message-success")).to_be_visible()
    desk.look("accepted")
    page.locator(".page-actions a[href^='/households/']").first.click()
    expect(page.locator("#moves-title")).to_be_visible()
    page.goto(refused)
    page.locator(".case-acts a[href$='/refuse/']").click()
    page.fill("[name=reason]", "户口没有迁来")
    desk.look_at_both("refuse")
    page.click("main .card-form .btn-danger")
    expect(page.locator(".message-success")).to_be_visible()
    giver.page.goto(accepted)
    giver.look("gone")
    giver.page.goto(refused)
    expect(giver.page.locator("main")).to_contain_text("户口没有迁来")
    giver.look_at_both("refused")
    giver.page.goto("/moves/")
    giver.look("list")
    take_in(desk, propose_one(giver, second, BRIDE), first, BRIDE)
    assert faults == []
