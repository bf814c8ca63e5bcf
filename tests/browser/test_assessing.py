"""A batch assessment in a real browser, from the rule to what follows; and a list of civil affairs is settled."""

import datetime
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistance.models import AssessedHousehold, Assessment, NoticeItem, Objection, RosterDifference
from assistance.notices import ending
from foundation.accounts import clock
from foundation.accounts.demo.places import VILLAGE
from foundation.accounts.models import User
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from households.models import Household
from tests.browser.looking import DESKTOP, PHONE
from tests.browser.playing import Doors, follow, look, submit
from tests.browser.procedure import put_on_the_wall
from tests.households.families import make_household, stand

#: The demonstration is loaded once for the process that plays it.
pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("demonstration")]
LIST = "身份证号,姓名,救助类别\n999901196001010017,外来人,低保\n999901197203040027,柳谷雨,特困\n"


def test_a_set_goes_from_the_rule_to_removal_and_warning(enter: Doors, screenshots: Path) -> None:
    newcomer = _lifted_out()
    township, village = enter("zhen"), enter("cun", PHONE)
    township.goto("/cases/assessments/declare/")
    look(township, DESKTOP, screenshots / "assessment-declare-desktop.png")
    for kind in ("lifted_out", "unstable", "marginal", "sudden"):
        township.check(f"main [name=whom][value={kind}]")
    submit(township)
    made = Assessment.objects.latest("pk")
    run_here(Job.objects.get(uuid=made.job))
    rows = AssessedHousehold.objects.filter(assessment=made)
    township.goto(f"/cases/assessments/{made.pk}/")
    look(township, DESKTOP, screenshots / "assessment-desktop.png")
    expect(township.locator("section:has(#results) tbody tr").last).to_contain_text(str(rows.count()))
    here = rows.filter(household__area=VILLAGE)
    leaver, entrant = here.filter(case__isnull=False)[0], here.get(household=newcomer)
    for row, result in ((leaver, "leaves"), (entrant, "object")):
        _confirm(township, row.pk, result)

    village.goto(f"/cases/assessments/{made.pk}/")
    look(village, PHONE, screenshots / "assessment-village-phone.png")
    _meet(village, [leaver.pk, entrant.pk], screenshots)
    assert set(rows.filter(state="evaluated")) == {leaver, entrant}
    _post(village, [leaver.pk, entrant.pk], screenshots)
    _object_and_settle(village, township, leaver.pk, screenshots)
    lines = NoticeItem.objects.filter(assessed__in=(leaver.pk, entrant.pk))
    # The days of the notice pass.
    lines.update(until=clock.today() - datetime.timedelta(days=1))
    ending.end_lines(list(lines), by=User.objects.built_in("system"), on=clock.today())
    assert set(rows.filter(state="heard")) == {leaver, entrant}

    _decide(township, enter("shending"), made.pk, screenshots)
    township.goto(f"/cases/assessments/{made.pk}/?state=decided")
    township.select_option("#assess [name=act]", "carry_out")
    township.check("#assess [name=every]")
    _press(township)
    assert set(rows.filter(state="done")) == {leaver, entrant}

    # Who leaves goes the way of a removal; who becomes an object is a warning, which the chain takes to a case.
    village.goto(f"/cases/assessments/households/{leaver.pk}/")
    look(village, PHONE, screenshots / "assessment-sheet-phone.png")
    expect(village.locator("section:has(#guards) li").first).to_be_visible()
    township.goto(f"/cases/assessments/households/{entrant.pk}/")
    look(township, DESKTOP, screenshots / "assessment-sheet-desktop.png")
    township.locator("dd a[href^='/alerts/']").click()
    expect(township.locator("h1")).to_be_visible()
    assert "/alerts/" in township.url

    _drop_the_rest(township, made.pk)
    assert set(rows.exclude(state="dropped")) == {leaver, entrant}


def _decide(township: Page, county: Page, key: int, screenshots: Path) -> None:
    """The township reviews and the county decides, each on one paper for all that wait."""
    for page, state, act in ((township, "heard", "review"), (county, "reviewed", "decide")):
        page.goto(f"/cases/{act.replace('decide', 'approval')}s/")
        look(page, DESKTOP, screenshots / f"assessment-{act}-waits-desktop.png")
        page.goto(f"/cases/assessments/{key}/?state={state}")
        page.select_option("#assess [name=act]", act)
        if act == "decide":
            page.fill("#assess [name=number]", "县防返贫〔2026〕33号")
        page.check("#assess [name=every]")
        _press(page)
        expect(page.locator(".message-success")).to_be_visible()


def _drop_the_rest(page: Page, key: int) -> None:
    page.goto(f"/cases/assessments/{key}/?state=proposed")
    if page.locator("#assess").count():
        page.select_option("#assess [name=act]", "drop")
        page.fill("#assess [name=why]", "演示完毕")
        page.check("#assess [name=every]")
        _press(page)


def _lifted_out() -> Household:
    """Put a household into the village that was lifted out of poverty, and that no assessment knows yet."""
    made = make_household("YS000491", "向白露", "向小满", by=User.objects.get(username="xian"), area=VILLAGE)
    stand(made, "lifted_out")
    return made


def _confirm(page: Page, key: int, result: str) -> None:
    page.goto(f"/cases/assessments/households/{key}/")
    page.select_option("#assess [name=act]", "confirm")
    page.select_option("#assess [name=result]", result)
    page.fill("#assess [name=why]", "入户核实后确定")
    _press(page)


def _only(page: Page, keys: list[int]) -> None:
    """Tick these assessed households alone."""
    for box in page.locator("main [name=cases]").all():
        box.set_checked(box.get_attribute("value") in {f"a{key}" for key in keys})


def _meet(page: Page, keys: list[int], screenshots: Path) -> None:
    """Call the meeting, count who came, vote on one household after the other, and conclude."""
    page.goto(f"/cases/evaluations/call/{VILLAGE}/")
    _only(page, keys)
    page.fill("main [name=place]", "村委会会议室")
    page.fill("main [name=must_come]", "32")
    submit(page)
    meeting = page.url
    page.locator(".meeting-next .btn-primary").click()
    for name, said in (("came", "29"), ("chair", "严立秋"), ("recorder", "蒋小雪")):
        page.fill(f"main [name={name}]", said)
    submit(page)
    page.goto(meeting)
    page.locator(".meeting-next .btn-primary").click()
    for place, _key in enumerate(keys):
        expect(page.locator("main [name=agree]")).to_be_visible()
        if place == 0:
            look(page, PHONE, screenshots / "assessment-vote-phone.png")
        page.fill("main [name=agree]", "28")
        page.fill("main [name=against]", "1")
        submit(page)
    page.goto(meeting)
    look(page, PHONE, screenshots / "assessment-meeting-phone.png")
    page.locator(".meeting-next .btn-primary").click()
    page.fill("main [name=minutes]", "逐户说明评估情况，逐户表决通过。")
    submit(page)


def _post(page: Page, keys: list[int], screenshots: Path) -> None:
    """Draw the notice up, photograph it on the wall, and say where it hangs."""
    page.goto(f"/cases/notices/draw/{VILLAGE}/")
    _only(page, keys)
    submit(page)
    expect(page.locator(".notice-lines tbody tr")).to_have_count(len(keys))
    put_on_the_wall(page)
    look(page, PHONE, screenshots / "assessment-notice-phone.png")


def _object_and_settle(public: Page, township: Page, key: int, screenshots: Path) -> None:
    """Somebody objects on the public page; the township settles it, and the line goes on."""
    item = NoticeItem.objects.get(assessed=key)
    public.goto(f"/notices/{VILLAGE}/")
    look(public, PHONE, screenshots / "assessment-public-phone.png")
    public.locator("tr", has_text=item.category).locator("a").click()
    public.fill("main [name=text]", "这家今年收入不稳，请再核实。")
    submit(public)
    expect(public.locator(".receipt")).to_be_visible()
    held = Objection.objects.get(item=item)
    township.goto(f"/cases/objections/{held.pk}/")
    look(township, DESKTOP, screenshots / "assessment-objection-desktop.png")
    township.check("main [name=outcome][value=dismissed]")
    township.fill("main [name=answer]", "已入户复核，务工合同和工资流水齐全。")
    submit(township)
    held.refresh_from_db()
    assert held.outcome == "dismissed"


def test_a_list_of_civil_affairs_is_settled_line_by_line(enter: Doors, screenshots: Path) -> None:
    township = enter("zhen")
    township.goto("/cases/rosters/hand-in/")
    look(township, DESKTOP, screenshots / "roster-hand-in-desktop.png")
    roll = {"name": "低保名册.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    township.set_input_files("main [name=file]", roll)  # type: ignore[arg-type]
    submit(township)
    expect(township).to_have_url(re.compile("/jobs/"))
    run_here(Job.objects.latest("pk"))  # as a worker does; the page follows it by itself
    expect(township.locator("main")).to_contain_text("待处理差异")
    township.goto("/cases/rosters/")
    look(township, DESKTOP, screenshots / "rosters-desktop.png")
    waiting = RosterDifference.objects.unsettled()
    before, key = waiting.count(), waiting.earliest("pk").comparison_id
    phone = enter("zhen", PHONE)
    phone.goto(f"/cases/rosters/{key}/?open=yes")
    look(phone, PHONE, screenshots / "roster-phone.png")
    phone.locator("main input[name=row]").first.check()
    phone.check("#settle [name=outcome][value=check]")
    phone.fill("#settle [name=reason]", "请村里入户核实")
    follow(phone.locator("#settle button"))
    assert waiting.count() == before - 1


def _press(page: Page) -> None:
    """Press the button of what is done."""
    follow(page.locator("#assess .form-buttons button"))
