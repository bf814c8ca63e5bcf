"""Stories of the demonstration played in a real browser from its first page on, each person by their own door."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alerts.models import Alert
from foundation.accounts.models import User
from households.models import Household
from tests.alerts.verification.made import reported
from tests.browser.looking import DESKTOP, PHONE
from tests.browser.playing import Doors, look, submit
from tests.households.families import make_household

#: The demonstration is loaded once for the process that plays it.
pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("demonstration")]
#: What the assistant presses at the door of S1.
PRESSED = {
    "house_safe": "yes", "all_at_school": "yes", "all_insured": "yes", "water_safe": "yes", "income_part": "near",
    "expense_part": "heavy", "hardship_part": "grave", "coping_part": "unable", "opinion": "propose",
}  # fmt: skip


@pytest.fixture(scope="module")
def waiting(line: str) -> list[Alert]:
    """Twenty-two reports of the village's assistant that nobody should be enrolled."""
    people = {name: User.objects.get(username=name) for name in ("xian", "zhen", "cun")}
    homes = [make_household(f"YT{number:06d}", f"陈{number}", by=people["xian"]) for number in range(1, 23)]
    return [reported(people, home=home) for home in homes]


def test_s1_from_the_first_page_to_the_proposal(enter: Doors, screenshots: Path) -> None:
    address = address_of("YS000001")
    dispatcher = enter("xian")
    dispatcher.goto("/alerts/?q=YS000001")
    dispatcher.locator("tbody a").first.click()
    dispatcher.get_by_role("link", name="交办乡镇").click()
    submit(dispatcher)

    verifier = enter("zhen")
    verifier.goto(address)
    verifier.get_by_role("link", name="分派入户").click()
    verifier.locator("label", has_text="赵小满").first.click()
    submit(verifier)
    expect(verifier.locator("main")).to_contain_text("待入户")

    assistant = enter("cun", PHONE)
    expect(assistant.locator(".tiles li")).to_have_count(4)
    assistant.goto("/alerts/mine/")
    assistant.locator(".own-work", has_text="YS000001").locator("a.btn-primary").click()
    expect(assistant.locator(".visit-due").first).to_contain_text("30,000 至 100,000 元")
    check(assistant)
    look(assistant, PHONE, screenshots / "s1-checked.png")
    expect(assistant.locator(".visit-steps a").first).to_have_text("请农户授权")
    assistant.locator(".visit-steps a").first.click()
    expect(assistant.locator("[name=purposes][value=asset_check]")).to_be_checked()

    verifier.goto(address)
    verifier.get_by_role("link", name="审核入户核实").click()
    expect(verifier.locator("main")).to_contain_text("31,615.50 元")
    look(verifier, DESKTOP, screenshots / "s1-review.png")
    verifier.get_by_role("link", name="拟纳入").click()
    verifier.fill("main [name=reason]", "情况属实，符合突发严重困难户的情形，提请民主评议。")
    submit(verifier)
    verifier.goto(address)
    expect(verifier.locator("main h1")).to_contain_text("拟纳入")
    look(verifier, DESKTOP, screenshots / "s1-proposed.png")


def test_a_verifier_returns_one_confirms_one_and_twenty_together(
    enter: Doors, waiting: list[Alert], screenshots: Path
) -> None:
    verifier = enter("zhen")
    back, sole, *others = waiting
    verifier.goto(f"/alerts/{back.pk}/review/")
    verifier.get_by_role("link", name="退回补充").click()
    verifier.locator("main [name=items]").first.check()
    verifier.fill("main [name=reason]", "缺少住院发票照片")
    submit(verifier)
    expect(verifier.locator("main h1")).to_contain_text("退回补充")
    look(verifier, DESKTOP, screenshots / "verifier-returned.png")

    verifier.goto(f"/alerts/{sole.pk}/review/")
    verifier.get_by_role("link", name="审核办结").click()
    verifier.locator("main [name=outcome]").select_option("not_eligible")
    verifier.fill("main [name=reason]", "收入稳定，没有大额支出")
    submit(verifier)
    verifier.goto(f"/alerts/{sole.pk}/")
    expect(verifier.locator("main h1")).to_contain_text("不纳入")

    verifier.goto("/alerts/batches/")
    verifier.get_by_role("link", name="不符合条件").click()
    expect(verifier.locator(".batch-list li")).to_have_count(len(others))
    look(verifier, DESKTOP, screenshots / "verifier-batch.png")
    submit(verifier)
    expect(verifier.locator("main")).to_contain_text("复核")
    look(verifier, DESKTOP, screenshots / "verifier-batched.png")
    states = list(Alert.objects.filter(pk__in=[each.pk for each in others]).values_list("state", flat=True))
    assert (states.count("closed"), states.count("reported")) == (18, 2), "a tenth is drawn"


def test_s6_the_wrong_person_ends_and_the_department_has_its_row_to_correct(
    enter: Doors, screenshots: Path
) -> None:
    dispatcher = enter("xian")
    dispatcher.goto(address_of("YS000006"))
    expect(dispatcher.locator("main")).to_contain_text("信息有误")
    officer = enter("yibao")
    officer.goto("/corrections/")
    expect(officer.locator("main")).to_contain_text("雷")
    officer.goto("/outcomes/")
    expect(officer.locator("main")).to_contain_text("信息有误")
    look(officer, DESKTOP, screenshots / "s6-outcomes.png")


def test_s13_who_does_not_authorise_is_taken_up_again_any_day(enter: Doors, screenshots: Path) -> None:
    address = address_of("YS000013")
    dispatcher = enter("xian")
    dispatcher.goto(address)
    expect(dispatcher.locator("main h1")).to_contain_text("未授权")
    look(dispatcher, DESKTOP, screenshots / "s13-unauthorised.png")


def test_s14_the_next_village_went_and_what_it_found_is_checked_once_more(
    enter: Doors, screenshots: Path
) -> None:
    address = address_of("YS000014")
    neighbour = enter("cun", PHONE)
    neighbour.goto(address)
    expect(neighbour.locator("main h1")).to_contain_text("待乡镇审核")
    look(neighbour, PHONE, screenshots / "s14-neighbour.png")

    verifier = enter("zhen")
    verifier.goto(f"{address}review/")
    expect(verifier.locator("main")).to_contain_text("屋顶漏雨")
    verifier.get_by_role("link", name="登记复核结果").click()
    verifier.locator("main [name=way]").first.check()
    verifier.locator("main [name=holds]").first.check()
    verifier.fill("main [name=reason]", "电话核对：住建局已上门，下月动工。")
    submit(verifier)
    verifier.goto(f"{address}review/")
    verifier.get_by_role("link", name="审核办结").click()
    verifier.locator("main [name=outcome]").select_option("solved_by_policy")
    verifier.fill("main [name=reason]", "危房改造已列入计划，情况属实")
    submit(verifier)
    verifier.goto(address)
    expect(verifier.locator("main h1")).to_contain_text("不纳入")
    look(verifier, DESKTOP, screenshots / "s14-ended.png")

    answer = neighbour.goto(address)
    assert answer is not None
    assert answer.status == 404, "the work is over, and so is the loan"


def test_s16_600_short_and_a_row_that_nobody_was_found_for(enter: Doors, screenshots: Path) -> None:
    dispatcher = enter("xian")
    dispatcher.goto(f"/households/{Household.objects.get(code='YS000016').pk}/")
    dispatcher.get_by_role("link", name="为什么没有预警").first.click()
    expect(dispatcher.locator("main")).to_contain_text("600.00")
    look(dispatcher, DESKTOP, screenshots / "s16-why-not.png")


def address_of(code: str) -> str:
    """Return the address of the newest warning of a household."""
    alert = Alert.objects.filter(household__code=code).order_by("-pk").first()
    assert alert is not None
    return f"/alerts/{alert.pk}/"


def check(page: Page) -> None:
    """Fill in the doorstep check of S1 and hand it in."""
    page.locator(".visit-known").evaluate_all("all => all.forEach((each) => { each.open = true; })")
    page.locator("[name=met]").first.check()
    page.select_option("[name=no_place]", "no_signal")
    page.fill("[name=q_medical_paid]", "31615.50")
    for question, answer in PRESSED.items():
        page.check(f"[name=q_{question}][value={answer}]")
    page.fill("[name=q_found]", "孩子三次住院自付三万一千多元，存款用完，向亲戚借了两万元。")
    page.click("form[data-visit] .form-buttons .btn-primary")
