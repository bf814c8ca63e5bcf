"""The way of one household through the procedure as people press it: on the table, in the hall, on the wall, on paper.

Who comes back to a case or a removal opens its page and presses what stands there first: `press_first`. Where a form
offers others of the village too, only the household of the story stays ticked.
"""

import re
from collections.abc import Mapping

from playwright.sync_api import Page, expect

from assistance.demo import acts
from tests.browser.playing import follow, submit
from tests.browser.signing import everybody_signs

#: How many must come to the meeting in the hall, and how many come.
SUMMONED, CAME = "32", "29"
_WALL = "石桥村村委会公示栏"


def send(page: Page, said: str = "") -> None:
    """Send the form, and read on the next page that it was done; `said` is in what stands there."""
    submit(page)
    expect(page.locator(".message-success").first).to_contain_text(said)


def press_first(page: Page, address: str, label: str) -> None:
    """Open a case or a removal, and press what its page offers first."""
    page.goto(address)
    follow(page.locator(".case-acts .btn-primary", has_text=label))


def apply(page: Page, case: str, told: str) -> None:
    """Write the application, have the head sign it, and ask the departments: they know of nothing."""
    press_first(page, case, "填写申请书")
    expect(page.locator(".notice-line")).to_be_visible()
    page.fill("[name=text]", told)
    submit(page)
    everybody_signs(page, 1)
    expect(page.locator(".page-head .pill")).to_have_text("已齐全")
    page.locator(".next-step .btn-primary").click()
    expect(page.locator("[aria-labelledby=hits-title]")).to_contain_text("没有命中")


def meet(page: Page, subject: str, home: str, minutes: str) -> None:
    """Call the representatives for today, count who came, enter the votes on the household, and conclude."""
    press_first(page, subject, "民主评议")
    only(page, home)
    page.fill("[name=place]", "村委会会议室")
    page.fill("[name=must_come]", SUMMONED)
    send(page)
    follow = page.locator(".meeting-next .btn-primary")
    follow.click()
    for name, words in {"came": CAME, "chair": "孙芒种", "recorder": "赵小满"}.items():
        page.fill(f"main [name={name}]", words)
    send(page)
    follow.click()
    for name, count in {"agree": str(int(CAME) - 1), "against": "0", "abstain": "1"}.items():
        page.fill(f"main [name={name}]", count)
    send(page)
    follow.click()
    page.fill("main [name=minutes]", minutes)
    send(page)
    expect(page.locator(".meeting-list li", has_text=home).locator(".pill-done")).to_have_text("通过")


def hang(page: Page, subject: str, home: str) -> str:
    """Draw the notice up, attach the photo of it on the wall, and say where it hangs; returns its address."""
    press_first(page, subject, "公示")
    only(page, home)
    send(page)
    put_on_the_wall(page)
    expect(page.locator(".notice-lines tbody tr")).to_have_count(1)
    return page.url


def put_on_the_wall(page: Page) -> None:
    """Attach the photo of the notice on the wall to the page of the notice, and say where it hangs."""
    photo = {"name": "wall.png", "mimeType": "image/png", "buffer": acts.scrawl("公示")}
    page.set_input_files("#file-chooser", photo)  # type: ignore[arg-type]
    expect(page.locator(".file-list li")).to_have_count(1)
    # The page was not loaded again: the step is ticked, and the next one is the one button.
    expect(page.locator(".notice-steps li").nth(1).locator("svg")).to_be_visible()
    expect(page.locator("#notice-sheet .btn-primary")).to_have_count(0)
    page.locator("main a.btn-primary[href$='/post/']").click()
    page.fill("main [name=spot]", _WALL)
    send(page)


def take_down(page: Page, notice: str) -> None:
    """Take the notice off the wall once its last day is over, and write it down."""
    page.goto(notice)
    expect(page.locator(".notice-lines")).to_contain_text("期满无异议")
    page.locator("main a[href$='/down/']").click()
    send(page)


def decide(page: Page, subject: str, label: str, given: Mapping[str, str]) -> None:
    """Take the step of an office with the paper of this one household, and see that it stands on it."""
    press_first(page, subject, label)
    for name, words in given.items():
        page.fill(f"main [name={name}]", words)
    submit(page)
    expect(page).to_have_url(re.compile(r"/papers/\d+/$"))
    expect(page.locator("main tbody tr")).to_have_count(1)


def five_measures_are_six_presses(page: Page) -> None:
    """Five suggested measures are five presses on the phone, and the sixth sends them: its button stays on the screen.

    No clock is held to it: under two minutes for five (issue 10) is a matter of presses and of what must be typed.
    """
    page.evaluate(
        "() => { window.presses = 0; addEventListener('pointerdown', () => { window.presses += 1; }, true); }"
    )
    send = page.locator(".help-bar .btn-primary")
    for number in range(5):
        page.locator(".help-kind label").nth(number).click()
        expect(page.locator(".help-kind [name=tick]").nth(number)).to_be_checked()
        expect(send).to_be_in_viewport()
    assert page.evaluate("window.presses") == 5
    send.click(trial=True)  # nothing is to be typed first, and nothing lies over it; it is not pressed
    page.reload()
    expect(page.locator(".help-kind [name=tick]:checked")).to_have_count(0)


def only(page: Page, home: str) -> None:
    """Untick every other household that waits in the village for the same step."""
    offered = page.locator("main label", has=page.locator("[name=cases]"))
    for other in offered.filter(has_not_text=home).all():
        other.click()
    expect(page.locator("[name=cases]:checked")).to_have_count(1)
