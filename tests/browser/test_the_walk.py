"""Enrolment in a real browser from the demonstration's first page on: stories, and S1 carried to enrolled."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from alerts.demo.acts import holder
from alerts.models import Alert
from assistance.demo import days, last_day
from assistance.models import Case
from foundation.accounts.roles import Role
from households.models import Household
from tests.browser.at_the_door import SAFE, visit
from tests.browser.looking import DESKTOP, PHONE, Watch, take_picture
from tests.browser.playing import Doors, follow, look, submit, window_of
from tests.browser.procedure import send

#: The demonstration is loaded once for the process that plays it.
pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("demonstration")]
PRESSES = 9
#: What the assistant presses at the door of S13, once she speaks with him again.
FOUND = SAFE | {
    "changes": ["school"], "risks": ["09"], "income_part": ["near"], "expense_part": ["none"],
    "hardship_part": ["some"], "coping_part": ["partly"], "all_at_school": ["no"], "opinion": ["propose"],
}  # fmt: skip


def test_s10_an_objection_on_the_last_day_holds_one_household_and_the_batch_goes_on(
    enter: Doors, screenshots: Path
) -> None:
    verifier = enter("zhen", story="盛处暑")
    made = last_day.notice()
    assert made is not None
    others = [item.case for item in made.items.exclude(case__household__code="YS000010")]
    assert others
    expect(verifier.locator(".notice-lines", has_text="有异议")).to_be_visible()
    expect(verifier.locator(".notice-lines tr", has_text="期满无异议")).to_have_count(len(others))
    look(verifier, DESKTOP, screenshots / "s10-notice.png")

    verifier.goto("/cases/reviews/")
    expect(verifier.locator("tbody")).to_contain_text(others[0].household.code)
    expect(verifier.locator("tbody")).not_to_contain_text("YS000010")
    verifier.goto("/cases/reviews/new/?" + "&".join(f"row={case.pk}" for case in others))
    verifier.check("main [name=as_computed]")
    submit(verifier)
    look(verifier, DESKTOP, screenshots / "s10-others-reviewed.png")
    assert [fresh(case).waits_for for case in others] == [["decide"]] * len(others)
    contested = Case.objects.get(household__code="YS000010")
    assert contested.waits_for == ["notice"], "nobody passes it on while the objection is open"

    objection = last_day.objection()
    assert objection is not None
    verifier.goto(f"/cases/objections/{objection.pk}/")
    expect(verifier.locator("main")).to_contain_text("他家有一辆小车")
    look(verifier, DESKTOP, screenshots / "s10-objection.png")
    verifier.check("main [name=outcome][value=recheck]")
    verifier.fill("main [name=answer]", "将到车管所核对他弟弟名下的车由谁出资、由谁使用，核对后再答复。")
    submit(verifier)
    verifier.goto(f"/cases/{contested.pk}/")
    look(verifier, DESKTOP, screenshots / "s10-back-to-the-check.png")
    assert (fresh(contested).state, fresh(contested).waits_for) == ("open", ["compare"])
    assert [fresh(case).waits_for for case in others] == [["decide"]] * len(others)


def test_s5_one_event_help_first_and_a_meeting_tonight(enter: Doors, screenshots: Path) -> None:
    verifier = enter("zhen", story="芒种村")
    disaster, meeting = days.flood(), days.meeting()
    assert disaster is not None
    assert meeting is not None
    invited = [item.case for item in meeting.items.all()]
    expect(verifier.locator("main h1")).to_contain_text("芒种村")
    expect(verifier.locator("main tbody")).to_contain_text("YS000005")
    look(verifier, DESKTOP, screenshots / "s5-event.png")
    owing = verifier.locator(".struck-counts li", has_text="手续").first.inner_text()

    phone = enter("zhen", PHONE)
    phone.goto(f"/cases/disasters/{disaster.pk}/phone/")
    look(phone, PHONE, screenshots / "s5-by-list.png")

    phone.goto(f"/cases/evaluations/{meeting.pk}/")
    expect(phone.locator(".meeting-list li")).to_have_count(len(invited))
    phone.get_by_role("link", name="登记到会情况").first.click()
    for name, said in {"came": "31", "chair": "严立夏", "recorder": "许白露"}.items():
        phone.fill(f"main [name={name}]", said)
    submit(phone)
    for _household in invited:
        phone.goto(f"/cases/evaluations/{meeting.pk}/")
        phone.locator(".meeting-next").get_by_role("link", name="录入票数").click()
        phone.fill("main [name=agree]", "31")
        phone.fill("main [name=against]", "0")
        submit(phone)
    phone.goto(f"/cases/evaluations/{meeting.pk}/conclude/")
    phone.fill("main [name=minutes]", "逐户看了房屋照片，逐户表决，全部同意。")
    submit(phone)
    look(phone, PHONE, screenshots / "s5-meeting.png")
    assert [fresh(case).waits_for for case in invited] == [["post"]] * len(invited)
    verifier.reload()
    assert verifier.locator(".struck-counts li", has_text="手续").first.inner_text() == owing, "still owed"


def test_s15_who_came_from_the_old_register_is_on_the_villages_list(enter: Doors, screenshots: Path) -> None:
    verifier = enter("zhen", story="顾小雪")
    lacks = verifier.locator("article.quality-home", has_text="YS000015")
    expect(lacks).to_contain_text("R-13")
    look(verifier, DESKTOP, screenshots / "s15-lacks.png")
    verifier.goto(f"/cases/{Case.objects.get(household__code='YS000015').pk}/")
    expect(verifier.locator("main h1")).to_contain_text("已纳入")
    look(verifier, DESKTOP, screenshots / "s15-case.png")


def test_s13_who_does_not_authorise_in_the_procedure_is_not_refused(
    browser: Browser, line: str, enter: Doors, screenshots: Path
) -> None:
    county = enter("xian", story="姜大雪")
    expect(county.locator("main h1")).to_contain_text("未授权")
    home = Household.objects.get(code="YS000013")
    verifies, assists = (
        holder(role, home.area_id) for role in (Role.TOWNSHIP_VERIFIER, Role.VILLAGE_ASSISTANT)
    )
    with (
        window_of(browser, line, verifies, DESKTOP) as verifier,
        window_of(browser, line, assists, PHONE) as assistant,
    ):
        case = proposed(verifier, assistant)
        address = f"/cases/{case.pk}/"
        assistant.goto(f"{address}mark_unauthorised/")
        expect(assistant.locator("main")).to_contain_text("未授权不等于不符合条件")
        assistant.fill("main [name=reason]", "户主还是不同意查房产和车辆，愿意再想一想。")
        submit(assistant)
        assistant.goto(address)
        expect(assistant.locator("main h1")).to_contain_text("未授权")
        look(assistant, PHONE, screenshots / "s13-case.png")
        county.goto(address)
        expect(county.locator("main h1")).to_contain_text("未授权")
        warning = Alert.objects.get(pk=case.alert_id)
        assert (warning.is_open, warning.outcome, fresh(case).ended_on) == (True, "", None)
        assistant.goto(f"{address}resume/")
        assistant.fill("main [name=reason]", "户主愿意签了。")
        submit(assistant)
    assert (fresh(case).state, fresh(case).waits_for) == ("open", ["apply"])


def test_s1_is_enrolled_after_nine_presses_of_which_each_is_made_by_whose_work_it_is(
    browser: Browser, line: str, screenshots: Path
) -> None:
    context = browser.new_context(viewport=DESKTOP.viewport, base_url=line, locale="zh-CN")
    page = context.new_page()
    watch = Watch(page)
    page.goto("/")
    told = page.locator(".demo-walk p").inner_text()
    page.locator(".demo-walk button").click()
    people, pressed = [], 1
    while (button := page.locator(".walk-here")).count():
        people.append(page.locator(".walk-step span").inner_text())
        take_picture(page, screenshots / f"walk-{pressed}.png")
        assert watch.faults() == []
        follow(button)
        pressed += 1
    expect(page.locator("main")).to_contain_text("走完了全程")
    assert str(PRESSES) in told
    assert pressed == PRESSES
    assert people == ["王春分", "吴寒露", "赵小满", "吴寒露", "赵小满", "吴寒露", "冯立秋", "吴寒露"]
    case = Case.objects.get(household__code="YS000001")
    assert (case.state, case.category, case.standing.kind) == ("enrolled", "sudden", "sudden")
    assert case.alert.outcome == "enrolled"
    context.close()


def proposed(verifier: Page, assistant: Page) -> Case:
    """The township takes the household of S13 up again, the assistant goes there, and it is proposed."""
    address = f"/alerts/{Alert.objects.open().get(household__code='YS000013').pk}/"
    verifier.goto(address)
    verifier.locator("main a[href$='/way/resume/']").click()
    verifier.fill("main [name=reason]", "户主愿意再谈。")
    send(verifier)
    verifier.locator("main a[href$='/way/assign/']").click()
    verifier.locator("label", has_text="村协查员").first.click()
    send(verifier)
    assistant.goto("/alerts/mine/")
    follow(assistant.locator(".own-work", has_text="YS000013").locator("a.btn-primary"))
    visit(assistant, FOUND, {"found": "孩子还在外地，母亲愿意劝他回校。"})
    verifier.goto(f"{address}review/")
    verifier.get_by_role("link", name="拟纳入").click()
    verifier.fill("main [name=reason]", "义务教育没有保障，提请民主评议。")
    send(verifier)
    return Case.objects.select_related("household").get(household__code="YS000013")


def fresh(case: Case) -> Case:
    """Return a case as it stands now."""
    return Case.objects.get(pk=case.pk)
