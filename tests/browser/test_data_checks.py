"""Data checks in a real browser: the township explains the risk of S15, and the county counts one less."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from households.models import QualityFinding
from tests.browser.looking import DESKTOP, PHONE
from tests.browser.playing import Doors, look, submit

#: The demonstration is loaded once for the process that plays it.
pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("demonstration")]


def test_s15_a_risk_without_a_word_is_explained_and_the_count_goes_down(
    enter: Doors, screenshots: Path
) -> None:
    finding = QualityFinding.objects.waiting().get(rule="R-21", household__code="YS000015")
    county = enter("xian")
    county.goto("/cases/data-checks/?old=yes")
    before = _counted(county)
    look(county, DESKTOP, screenshots / "data-checks-desktop.png")
    county.goto("/cases/data-checks/?span=months&rule=R-21&judged=no")
    expect(county.locator("#checks-list tbody")).to_contain_text("YS000015")

    township = enter("zhen", PHONE)
    township.goto(f"/cases/data-checks/{finding.area_id}/")
    look(township, PHONE, screenshots / "data-checks-phone.png")
    township.goto(f"/cases/{finding.facts['case']}/")
    look(township, PHONE, screenshots / "data-checks-case-phone.png")
    township.locator(f".quality-home a[href='/quality/findings/{finding.pk}/right/']").click()
    township.fill("main [name=reason]", "欠亲戚建房款，已核实")
    submit(township)
    township.goto(f"/cases/{finding.facts['case']}/")
    expect(township.locator("section:has(#data-checks) details")).to_contain_text("欠亲戚建房款")

    county.goto("/cases/data-checks/?old=yes")
    assert _counted(county) == before - 1


def _counted(page: Page) -> int:
    """Return the number at the head of the page."""
    return int((page.locator(".quality-number").text_content() or "").replace(",", ""))
