"""Signing with a finger on the phone that is handed round."""

from playwright.sync_api import Page, expect

#: The button of a line that waits for its signature.
SIGN = ".signature-acts .btn-primary"


def draw(page: Page) -> None:
    """Draw two strokes into the box, as a finger would, once it listens and lies clear of the bars."""
    expect(page.locator("[name=photo]")).to_be_hidden()
    box = page.locator("#pad")
    box.evaluate("pad => pad.scrollIntoView({block: 'center', behavior: 'instant'})")
    area = box.bounding_box()
    assert area is not None
    for start in (0.2, 0.5):
        page.mouse.move(area["x"] + area["width"] * start, area["y"] + 30)
        page.mouse.down()
        for step in range(1, 12):
            page.mouse.move(area["x"] + area["width"] * start + 8 * step, area["y"] + 30 + 10 * step)
        page.mouse.up()


def sign(page: Page, line: int = 0) -> None:
    """Sign the line of that number among those that wait."""
    page.locator(SIGN).nth(line).click()
    draw(page)
    page.click(".sign-form .btn-primary")
    expect(page.locator(".signature-list")).to_be_visible()


def everybody_signs(page: Page, people: int) -> None:
    """Hand the phone round until nobody's signature is missing under a document that so many people sign."""
    expect(page.locator(SIGN)).to_have_count(people)
    for left in reversed(range(people)):
        sign(page)
        expect(page.locator(SIGN)).to_have_count(left)
