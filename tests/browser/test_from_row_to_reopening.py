"""S1 from a department's row to its removal and its second identification: one household, each by whose work it is.

Everything that people do is done on pages in a real browser, each person by their own door: the county's dispatcher,
approver and director, the township's verifier and an office on the desk, the village's assistant and the helper on the
phone. By call, because nobody presses them: the days pass by the pinned day of the demonstration, and of its nights
those that matter here are made (the worker reads the file and the night compares it, notices end, authorisations run
out). The first row was handed in when the demonstration was made; the second is handed in here.
"""

import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from alerts.models import Alert
from assistance.demo import acts
from assistance.models import Case, IncomeSheet, Measure, Plan, Removal
from assistance.notices import ending
from foundation.accounts.models import Installation, User
from households.authorisations import ending as authorisations
from households.models import Standing
from monitoring.models import Finding
from tests.browser.at_the_door import GONE, STANDING, TOLD, TROUBLED, authorise, visit
from tests.browser.delivering import compared, hand_in_stay
from tests.browser.looking import DESKTOP, PHONE
from tests.browser.playing import Doors, follow, look, submit
from tests.browser.procedure import (
    apply,
    decide,
    five_measures_are_six_presses,
    hang,
    meet,
    press_first,
    send,
    take_down,
)
from tests.browser.signing import everybody_signs

#: The demonstration is loaded once for the process that plays it.
pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("demonstration")]
HOME, HEAD = "YS000001", "沈立夏"
ENROLLED, HELPED, PLANNED, PAID = (datetime.date(2026, 11, day) for day in (12, 16, 17, 20))
#: The days on which the year's income is asked for, what is typed beside all that is known, and net income per head.
COLLECTED = (
    (datetime.date(2026, 12, 7), {}, "15,120.00"),
    (
        datetime.date(2027, 10, 20),
        {"A": "55120", "B": "9600", "C": "800", "D": "2200", "E": "4120"},
        "15,900.00",
    ),
)
CHECKED, PASSED, REMOVED = (datetime.date(2027, 11, day) for day in (1, 10, 12))
STAYED, STRUCK, AGAIN = datetime.date(2028, 1, 18), datetime.date(2028, 2, 21), datetime.date(2028, 3, 8)
VOTED = "逐户表决通过。"
BOARD = {"place": "石桥村村务公开栏"}


def test_one_household_from_a_departments_row_to_its_second_identification(
    enter: Doors, screenshots: Path, settings: Any
) -> None:
    settings.SHOUWANG_TODAY = None  # the demonstration's own day counts
    folder, come = screenshots / "story", cache(enter)  # whoever came in stays
    warned(come("xian"), folder / "warning.png")
    case = enrolled(come, ENROLLED)
    helped(come, case, folder)
    record_is_acknowledged(come("bangfu", PHONE), case, folder)
    over_the_years(come("bangfu", PHONE), case)
    removal = removed(come, case, folder)
    again = identified_again(come, case, folder)
    assert (now(case).state, Removal.objects.get(pk=removal.pk).state) == ("removed", "removed")
    held = Standing.objects.filter(household=case.household_id, kind__in=Standing.MONITORED).order_by(
        "from_day"
    )
    assert [(row.pk, row.until_day is None) for row in held] == [
        (now(case).standing_id, False),
        (now(again).standing_id, True),
    ]


def warned(dispatcher: Page, picture: Path) -> None:
    """The dispatcher sees the department's rows under the warning of the night."""
    finding = (
        Finding.objects.living().filter(household__code=HOME, standard="medical_single_stay").latest("pk")
    )
    dispatcher.goto(f"/alerts/?q={HOME}")
    dispatcher.locator("tbody a").first.click()
    expect(dispatcher.locator("main")).to_contain_text(f"{finding.measured:,.2f}")
    look(dispatcher, DESKTOP, picture)


def enrolled(enter: Doors, until: datetime.date) -> Case:
    """Take the household from its warning to the announcement that it is monitored; returns its case."""
    village, township, county = enter("cun", PHONE), enter("zhen"), enter("shending")
    proposed(enter("xian"), township, village)
    case = Case.objects.filter(household__code=HOME).latest("pk")
    page = f"/cases/{case.pk}/"
    apply(village, page, "住院花费大，存款用完。")
    meet(village, page, HOME, VOTED)
    notice = hang(village, page, HOME)
    turn_to(until)
    take_down(village, notice)
    press_first(township, page, "确认类别和风险")
    expect(township.locator("[name=risk_main]")).to_have_value("01")
    send(township)
    decide(township, page, "乡镇审核", {})
    decide(county, page, "县级审定", {"number": f"示防返〔{until.year}〕18号"})
    decide(township, page, "公告", BOARD)
    township.goto(page)
    expect(township.locator("h1")).to_contain_text("已纳入")
    return now(case)


def proposed(dispatcher: Page, township: Page, village: Page) -> None:
    """The county hands the warning over, the township sends the assistant, who asks at the door; it is proposed."""
    alert = Alert.objects.open().get(household__code=HOME)
    page = f"/alerts/{alert.pk}/"
    dispatcher.goto(page)
    dispatcher.get_by_role("link", name="交办乡镇").click()
    send(dispatcher)
    township.goto(page)
    township.get_by_role("link", name="分派入户").click()
    township.locator("label", has_text="赵小满").first.click()
    send(township)
    village.goto("/alerts/mine/")
    follow(village.locator(".own-work", has_text=HOME).locator("a.btn-primary"))
    visit(village, TROUBLED, TOLD)
    everybody_signs(village, 2)
    authorise(village, 4)
    township.goto(page)
    township.get_by_role("link", name="审核入户核实").click()
    expect(township.locator("main")).to_contain_text("31,615.50 元")
    township.get_by_role("link", name="拟纳入").click()
    township.fill("main [name=reason]", "情况属实，提请民主评议。")
    send(township)
    expect(township.locator("main h1")).to_contain_text("拟纳入")


def helped(enter: Doors, case: Case, folder: Path) -> None:
    """The township names a helper, who accepts; the village ticks measures and makes the plan; an office answers."""
    turn_to(HELPED)
    verifier, helper, village = enter("zhen"), enter("bangfu", PHONE), enter("cun", PHONE)
    verifier.goto(f"/cases/helpers/of-case/{case.pk}/?place=helper")
    verifier.locator("label", has_text="周清明").first.click()
    verifier.click("main .btn-primary")
    helper.goto("/cases/helpers/mine/")
    mine = helper.locator(".own-work", has_text=HEAD)
    mine.locator(".own-acts .btn-primary").click()
    helper.locator("label", has_text="接受").first.click()
    helper.click("main .btn-primary")
    expect(helper.locator(".own-work", has_text=HEAD)).to_be_visible()
    look(helper, PHONE, folder / "my-households.png")

    turn_to(PLANNED)
    village.goto(f"/cases/measures/of/{case.pk}/")
    five_measures_are_six_presses(village)
    village.locator(".help-others summary").click()
    for code in ("family_doctor", "premium_subsidy"):
        village.check(f"[name=other][value={code}]")
        village.select_option(f"[name=for_{code}]", label="沈秋分")
    village.locator("[name=tick][value^='skill_training:']").first.check()
    village.fill("[name=note]", "孩子出院不久，请尽快签约")
    village.click(".help-bar .btn-primary")
    expect(village.locator(".message-success")).to_be_visible()
    village.goto(f"/cases/plans/of/{case.pk}/")
    village.fill("[name=aim]", "一年内借款还清，医药费有稳定报销。")
    submit(village)
    verifier.goto(f"/cases/plans/{Plan.objects.get(case=case).pk}/")
    look(verifier, DESKTOP, folder / "plan.png")
    verifier.locator("a[href$='/approve/']").click()
    submit(verifier)
    assert Plan.objects.get(case=case).state == "approved"

    turn_to(PAID)
    measure = Measure.objects.get(case=case, code="premium_subsidy")
    office = enter("yibao")
    office.goto("/cases/measures/?state=asked")
    look(office, DESKTOP, folder / "tasks.png")
    office.goto(f"/cases/measures/{measure.pk}/land/")
    office.fill("main [name=landed_on]", str(PAID))
    office.fill("main [name=amount]", "380")
    office.select_option("main [name=per]", "once")
    office.uncheck("main [name=record]")  # the helper records it below, with the receipt
    submit(office)
    measure.refresh_from_db()
    assert (measure.state, measure.landed_on) == ("landed", PAID)


def record_is_acknowledged(helper: Page, case: Case, folder: Path) -> None:
    """The helper writes the aid down with its receipt, and that the household says it came."""
    measure = Measure.objects.get(case=case, code="premium_subsidy")
    helper.goto(f"/cases/aid/of-measure/{measure.pk}/")
    if helper.locator("[name=per][value=once]").count():
        helper.check("[name=per][value=once]")
    helper.fill("[name=amount]", "380")
    receipt = {"name": "receipt.png", "mimeType": "image/png", "buffer": acts.scrawl("缴费补贴")}
    helper.set_input_files("[name=photo]", receipt)  # type: ignore[arg-type]
    helper.locator("main form .btn-primary").first.click()
    expect(helper.locator(".message-success")).to_be_visible()
    helper.locator("a[href$='/phone/']").click()
    helper.fill("[name=who]", HEAD)
    submit(helper)
    record = case.aid_records.get()
    assert (record.acknowledged_how, record.amount, record.landed_on) == ("phone", 380, PAID)
    look(helper, PHONE, folder / "aid.png")


def over_the_years(helper: Page, case: Case) -> None:
    """The helper calls twice and asks for the year's income, both times above the line of its day."""
    for day, typed, per_head in COLLECTED:
        turn_to(day)
        helper.goto("/cases/helpers/mine/")
        follow(helper.locator(".own-work", has_text=HEAD).get_by_role("link", name="登记入户"))
        visit(helper, {"risk_seen": ["none"]}, {"found": "孩子恢复得好，夫妻都在务工。"})
        helper.locator(".visit-steps .btn-primary", has_text="填写收支账").click()
        send(helper)  # the collection of the year stands first
        for item, yuan in typed.items():
            helper.fill(f"[name=item_{item}]", yuan)
        helper.locator("[name=act][value=confirm]").click()
        expect(helper.locator(".message-success")).to_contain_text(f"人均纯收入 {per_head} 元")
    sheets = IncomeSheet.objects.counting().filter(case=case).order_by("until_day")
    assert [sheet.net_per_head > sheet.line for sheet in sheets] == [True, True]
    assert case.follow_ups.filter(visit__isnull=False).count() == len(COLLECTED)


def removed(enter: Doors, case: Case, folder: Path) -> Removal:
    """The village checks and proposes, every guard with its evidence; meeting, notice, decision; announced."""
    village, township, county = enter("cun", PHONE), enter("zhen"), enter("shending")
    turn_to(CHECKED)
    village.goto(f"/cases/removals/of-case/{case.pk}/")
    expect(village.locator("section .guard-fails").first).to_be_visible()
    follow(village.locator("a[href*='form=removal_check']").first)
    visit(village, GONE, STANDING)
    everybody_signs(village, 2)
    village.goto(f"/cases/removals/of-case/{case.pk}/")
    expect(village.locator("section .guard-holds").first).to_be_visible()
    expect(village.locator("section .guard-fails")).to_have_count(0)
    look(village, PHONE, folder / "guards.png")
    village.check("main [name=way][value=assisted]")
    village.fill("main [name=why]", "孩子痊愈，借款还清，夫妻稳定务工，收入稳定在监测线以上。")
    village.fill("main [name=contact_name]", "周清明")
    village.fill("main [name=contact_phone]", "15400009054")
    send(village)
    removal = Removal.objects.get(case=case)
    page = f"/cases/removals/{removal.pk}/"
    meet(village, page, HOME, VOTED)
    notice = hang(village, page, HOME)
    turn_to(PASSED)
    take_down(village, notice)
    decide(township, page, "乡镇审核", {})
    decide(county, page, "县级审定", {"number": "示防返〔2027〕21号"})
    turn_to(REMOVED)
    decide(township, page, "公告", BOARD)
    village.goto(page)
    expect(village.locator("h1")).to_contain_text("风险已消除")
    look(village, PHONE, folder / "removed.png")
    return removal


def identified_again(enter: Doors, case: Case, folder: Path) -> Case:
    """Within a year a department's row and the village's word warn anew: a new case, and the first stays history."""
    turn_to(STRUCK - datetime.timedelta(days=1))
    hand_in_stay(enter("yibao"), case.household.residents.get(name="沈秋分"), STAYED, "24360.00")
    turn_to(STRUCK)
    compared(STRUCK)
    village, director = enter("cun", PHONE), enter("lingdao")
    village.goto(f"/alerts/report/{case.household_id}/")
    village.check("main [name=channel][value=visit]")
    village.select_option("main [name=event_kind]", "illness")
    village.fill("main [name=text]", "孩子旧病复发，又住院手术，花了两万多元。")
    send(village)
    warned(enter("xian"), folder / "warned-again.png")
    expect(enter("xian").locator(".alert-signal")).to_have_count(2)
    again = enrolled(enter, AGAIN)
    assert again.pk != case.pk
    director.goto(f"/cases/{again.pk}/")
    look(director, DESKTOP, folder / "identified-again.png")
    director.goto("/cases/overview/")
    expect(director.locator(".overview-numbers")).to_contain_text("消除后一年内返回")
    look(director, DESKTOP, folder / "overview.png")
    return again


def turn_to(day: datetime.date) -> None:
    """Let it be another day in the demonstration, and the nights before it end what ran out by then."""
    Installation.objects.update(pinned_day=day)
    system = User.objects.built_in("system")
    ending.night_work(by=system, on=day)
    authorisations.night_work(by=system, on=day)


def now(case: Case) -> Case:
    """Return a case as it stands now."""
    return Case.objects.select_related("household", "area", "standing", "visit").get(pk=case.pk)
