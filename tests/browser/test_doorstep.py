"""The doorstep check in a real browser: an assistant finishes one on a phone; what was begun is not lost."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from households.income.calculator import work_out
from households.income.rules import Rule
from tests.browser.looking import CHINESE, DESKTOP, ENGLISH, PHONE, Size, Watch, small_targets, take_picture
from tests.browser.sent import BEGUN, FINISHED

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=lambda size: size.name)
YARD = {"latitude": 34.123456, "longitude": 113.654321, "accuracy": 12}
#: Pressed at every door: question and answer.
PRESSED = {
    "house_safe": "yes", "all_at_school": "yes", "all_insured": "yes", "water_safe": "yes", "income_part": "near",
    "expense_part": "heavy", "hardship_part": "grave", "coping_part": "unable", "opinion": "propose",
}  # fmt: skip


def faults(page: Page, watch: Watch, size: Size, picture: Path) -> list[str]:
    """Take the page's picture, and return what is wrong with it."""
    take_picture(page, picture)
    return watch.faults() + (small_targets(page) if size is PHONE else [])


def begin(page: Page, code: str) -> None:
    """Open the check of a household from the own list."""
    page.goto("/alerts/mine/")
    page.locator(".own-work", has_text=code).locator("a.btn-primary").click()
    expect(page.locator("form[data-visit]")).to_be_visible()


def unfold(page: Page) -> None:
    """Open what is folded away because the register knows it."""
    page.locator(".visit-known").evaluate_all("all => all.forEach((each) => { each.open = true; })")


def press(page: Page, answers: dict[str, str]) -> None:
    """Press the answers of a check."""
    unfold(page)
    for question, answer in answers.items():
        page.check(f"[name=q_{question}][value={answer}]")


def test_an_assistant_finishes_a_check_in_the_yard(open_context: Window, screenshots: Path) -> None:
    window = open_context("lin_cun", PHONE, CHINESE, geolocation=YARD, permissions=["geolocation"])
    page = window.new_page()
    watch = Watch(page)
    page.goto("/")
    expect(page.locator(".tiles li")).to_have_count(4)
    expect(page.locator(".tiles")).to_contain_text(
        re.compile("监测排查.*信息上传.*数据比对.*核查评估", re.DOTALL)
    )
    assert faults(page, watch, PHONE, screenshots / "doorstep-home-phone.png") == []
    page.locator(".tiles a").last.click()
    expect(page.locator(".own-work").first).to_be_visible()
    assert faults(page, watch, PHONE, screenshots / "doorstep-mine-phone.png") == []
    begin(page, FINISHED)
    expect(page.locator("form[data-visit]")).to_contain_text("至少 2 人")
    expect(page.locator(".visit-due").first).to_contain_text("30,000 至 100,000 元")
    assert "31,000" not in page.content()
    expect(page.locator("[name=q_outcome]").first).to_be_hidden()
    assert faults(page, watch, PHONE, screenshots / "doorstep-form-phone.png") == []
    page.locator("[name=met]").first.check()
    page.locator("[name=visitors]").first.check()
    page.click("[data-locate]")
    expect(page.locator("[data-located]")).to_contain_text("12")
    page.fill("[name=q_medical_paid]", "31000")
    press(page, PRESSED)
    page.fill("[name=q_found]", "住院自付三万一，借了两万元")
    expect(page.locator("[data-sum=reference]")).to_have_text("-10,659.50 元")
    # Where the form happens to stand, the bar at the bottom covers half a choice.
    page.evaluate("window.scrollTo({ top: 0, behavior: 'instant' })")
    assert faults(page, watch, PHONE, screenshots / "doorstep-filled-phone.png") == []
    page.click("form[data-visit] .form-buttons .btn-primary")
    expect(page.locator(".visit-steps a").first).to_have_text("请农户授权")
    expect(page.locator(".signature-list li")).to_have_count(3)
    assert faults(page, watch, PHONE, screenshots / "doorstep-done-phone.png") == []
    page.locator(".visit-steps a").first.click()
    expect(page.locator("[name=purposes][value=asset_check]")).to_be_checked()
    page.goto("/alerts/mine/")
    expect(page.locator(".own-done + .own-list")).to_contain_text(FINISHED)


def test_an_opinion_from_income_alone_is_refused_and_nothing_is_lost(
    open_context: Window, screenshots: Path
) -> None:
    page = open_context("lin_cun", PHONE, CHINESE).new_page()
    watch = Watch(page)
    begin(page, BEGUN)
    page.locator("[name=met]").first.check()
    page.select_option("[name=no_place]", "no_signal")
    alone = {
        key: value
        for key, value in PRESSED.items()
        if key not in ("expense_part", "hardship_part", "coping_part")
    }
    press(page, alone)
    page.fill("[name=q_found]", "只看了收入")
    page.click("form[data-visit] .form-buttons .btn-primary")
    expect(page.locator(".error-summary")).to_contain_text("不能只凭收入")
    assert page.input_value("[name=q_found]") == "只看了收入"
    assert faults(page, watch, PHONE, screenshots / "doorstep-refused-phone.png") == []


def test_what_was_begun_is_there_again_and_waits_for_a_connection(
    open_context: Window, screenshots: Path
) -> None:
    window = open_context("lin_cun", PHONE, CHINESE)
    page = window.new_page()
    held: list[Route] = []
    # A slow line: the form stands there before what saves it.
    page.route("**/drafts*.js", lambda route: held.insert(0, route))
    begin(page, BEGUN)
    page.fill("[name=q_medical_paid]", "1200")
    while not held:
        page.wait_for_timeout(50)
    held.pop().continue_()
    expect(page.locator("[data-saved]")).to_contain_text("已保存")
    page.unroute("**/drafts*.js")
    window.set_offline(True)
    page.fill("[name=note]", "断网时写的")
    expect(page.locator("[data-saved]")).to_contain_text("联网后")
    window.set_offline(False)
    expect(page.locator("[data-saved]")).to_contain_text("已保存", timeout=20_000)
    other = window.new_page()
    watch = Watch(other)
    begin(other, BEGUN)
    expect(other.locator(".visit-draft")).to_be_visible()
    assert other.input_value("[name=note]") == "断网时写的"
    assert other.input_value("[name=q_medical_paid]") == "1200"
    assert faults(other, watch, PHONE, screenshots / "doorstep-begun-phone.png") == []
    other.click(".visit-draft button")
    expect(other.locator(".visit-draft")).to_have_count(0)
    assert other.input_value("[name=note]") == ""


@pytest.mark.parametrize(
    "typed",
    [
        {"wages": "24000", "production": "6000.55", "production_cost": "2000", "medical_paid": "12000.01"},
        {"wages": "0.01", "production": "0", "production_cost": "9999.99", "property": "3", "payouts": "0.5"},
        {"wages": "99999999", "transfers": "0.03", "education_paid": "7", "other_losses": "1.11"},
    ],
)
def test_the_browser_and_the_server_work_out_the_same(open_context: Window, typed: dict[str, str]) -> None:
    page = open_context("lin_cun", PHONE, ENGLISH).new_page()
    begin(page, BEGUN)
    unfold(page)
    letters = {
        "wages": "A", "production": "B", "property": "C", "transfers": "D", "production_cost": "E", "payouts": "F",
        "medical_paid": "G", "education_paid": "G", "other_losses": "G",
    }  # fmt: skip
    parts: dict[str, Decimal] = {}
    for question, letter in letters.items():
        page.fill(f"[name=q_{question}]", typed.get(question, ""))
        parts[letter] = parts.get(letter, Decimal(0)) + Decimal(typed.get(question, "0"))
    for members in (1, 3, 7):
        page.fill("[name=q_living_together]", str(members))
        worked = work_out(parts, members, Rule())
        for name, result in (("net", worked.net_per_head), ("reference", worked.reference_per_head)):
            expect(page.locator(f"[data-sum={name}]")).to_have_text(f"{result.amount:,.2f} yuan")


def test_one_press_calls(open_context: Window, screenshots: Path) -> None:
    page = open_context("lin_cun", PHONE, CHINESE).new_page()
    watch = Watch(page)
    page.goto("/alerts/mine/")
    page.locator(".own-work", has_text=BEGUN).get_by_role("button", name="拨号").click()
    expect(page.locator("[data-dial]")).to_have_attribute("href", "tel:13800003333")
    assert faults(page, watch, PHONE, screenshots / "doorstep-call-phone.png") == []


@SIZES
def test_the_pages_are_clean(open_context: Window, screenshots: Path, size: Size) -> None:
    page = open_context("lin_cun", size, ENGLISH, color_scheme="dark").new_page()
    watch = Watch(page)
    page.goto("/alerts/mine/")
    assert faults(page, watch, size, screenshots / f"doorstep-mine-dark-{size.name}.png") == []
    begin(page, BEGUN)
    assert faults(page, watch, size, screenshots / f"doorstep-form-dark-{size.name}.png") == []
    window = open_context("wuhu", size, CHINESE).new_page()
    watch = Watch(window)
    window.goto("/alerts/mine/")
    expect(window.locator(".empty-state")).to_be_visible()
    assert faults(window, watch, size, screenshots / f"doorstep-empty-{size.name}.png") == []
