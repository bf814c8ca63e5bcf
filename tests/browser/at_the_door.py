"""What the village's assistant does in the yard of S1: fills in the form of a visit, asks for the authorisation."""

from collections.abc import Mapping, Sequence

from playwright.sync_api import Page, expect

from tests.browser.signing import everybody_signs

#: What she presses and types when the household is warned of, and when its risk is gone.
SAFE = {question: ["yes"] for question in ("house_safe", "all_at_school", "all_insured", "water_safe")}
TROUBLED = {
    **SAFE, "changes": ["illness"], "risks": ["01"], "income_part": ["near"], "expense_part": ["heavy"],
    "hardship_part": ["grave"], "coping_part": ["unable"], "opinion": ["propose"],
}  # fmt: skip
TOLD = {
    "living_together": "4", "able_to_work": "2", "wages": "52000", "production": "9600", "production_cost": "4120",
    "property": "800", "transfers": "2200", "payouts": "3000", "medical_paid": "31615.50",
    "found": "存款用完，向亲戚借款。",
}  # fmt: skip
GONE = {
    **SAFE, "income_trend": ["up"], "expense_settled": ["settled"], "risks_gone": ["yes"], "new_risk": ["no"],
    "way": ["assisted"],
}  # fmt: skip
STANDING = {
    "living_together": "4", "able_to_work": "2", "wages": "58000", "production": "9600", "production_cost": "4100",
    "found": "孩子复查正常，借款已还清，夫妻都在务工。",
}  # fmt: skip


def visit(page: Page, pressed: Mapping[str, Sequence[str]], typed: Mapping[str, str]) -> None:
    """Fill in the form of a visit where the head is met: choices, sums and words; it settles all that is due."""
    for known in page.locator(".visit-known summary").all():
        known.click()
    page.locator("[name=met]").first.check()
    page.select_option("[name=no_place]", "no_signal")
    for question, answers in pressed.items():
        for answer in answers:
            page.check(f"[name=q_{question}][value='{answer}']")
    for question, words in typed.items():
        page.fill(f"[name=q_{question}]", words)
    for due in page.locator("[name=purposes]").all():
        due.check()
    page.click("form[data-visit] .form-buttons .btn-primary")
    expect(page.locator(".visit-answers").first).to_be_visible()


def authorise(page: Page, people: int) -> None:
    """Ask the household at the door for the authorisation, from the page of the visit, and have everybody sign it."""
    page.locator(".visit-steps .btn-primary", has_text="请农户授权").click()
    expect(page.locator("[name=purposes][value=asset_check]")).to_be_checked()
    page.click("main .sheet-form .btn-primary")
    everybody_signs(page, people)
    expect(page.locator(".page-head .pill")).to_have_text("有效")
