"""The officer's day in a real browser: hand in a file, see what was rejected, correct it, hand it in again."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlsxwriter
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Browser, BrowserContext, Page, expect
from python_calamine import CalamineWorkbook

from foundation.accounts.models import User
from foundation.ledger.models import Entry
from monitoring.models import Delivery
from tests.browser.conftest import serve, sign_in
from tests.browser.looking import CHINESE, DESKTOP, NARROW, PHONE, Watch, small_targets, take_picture
from tests.foundation.jobs.ground import Ground, standing
from tests.monitoring.intake.files import csv_of, row
from tests.people import PASSWORD, make_areas, make_people

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
Window = Callable[..., BrowserContext]
SOON = 60_000
PAGES = {
    "xian": ["/deliveries/", "/deliveries/due/", "/deliveries/scorecard/?month=2026-10", "/duty-list/"],
    "yibao": [
        "/deliveries/?state=waiting",
        "/deliveries/hand-in/",
        "/deliveries/due/medical_settlement/",
        "/deliveries/opened/",
        "/",
    ],
}


@pytest.mark.parametrize(("who", "address"), [(who, page) for who, pages in PAGES.items() for page in pages])
def test_the_pages_of_deliveries_are_clean(
    open_context: Window, screenshots: Path, who: str, address: str
) -> None:
    for size in (PHONE, DESKTOP, NARROW):
        page = open_context(who, size, CHINESE).new_page()
        watch = Watch(page)
        response = page.goto(address)
        assert response is not None
        assert response.status == 200
        name = address.strip("/").replace("/", "-").replace("?", "-") or "home"
        take_picture(page, screenshots / f"{name}-{who}-{size.name}.png")
        assert watch.faults() + (small_targets(page) if size is PHONE else []) == [], (
            f"{address} at {size.name}"
        )


def test_another_dataset_brings_the_period_that_is_due(open_context: Window) -> None:
    page = open_context("xian", DESKTOP, CHINESE).new_page()
    page.goto("/deliveries/hand-in/")
    page.locator("[name=dataset]").select_option("cremation")
    expect(page.locator("[name=period]")).to_have_value("2026-11-03")


@pytest.fixture
def ground(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, django_db_setup: None, django_db_blocker
) -> Iterator[Ground]:
    """Servers of this story's own with everybody of tests/people.py, and a worker."""
    with django_db_blocker.unblock(), standing(tmp_path_factory.mktemp("d")) as made:
        make_people(make_areas())
        User.objects.update(password=make_password(PASSWORD))
        made.start_worker()
        yield made


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_officers_day(ground: Ground, browser: Browser, screenshots: Path, tmp_path: Path) -> None:
    rows = [row(person=serial, 结算流水号=str(serial)) for serial in range(1, 11)]
    rows[3] |= {"个人自付": "-3"}
    rows[7] |= {"就诊类别": "体检"}
    renamed = [
        {("患者姓名" if name == "姓名" else name): cell for name, cell in each.items()} for each in rows
    ]
    with serve(ground.environment, ground.place.logs / "web.log") as address:
        context = browser.new_context(viewport=DESKTOP.viewport, locale="en", base_url=address)  # type: ignore[arg-type]
        watch = Watch(context.new_page())
        page = watch.page
        sign_in(page, address, "yibao")
        look = _Looks(watch, screenshots)

        _upload(page, "october.csv", csv_of(renamed).getvalue())
        expect(page.get_by_label("患者姓名")).to_have_value("姓名")
        expect(page.locator("main")).to_contain_text("2 of these 10 rows would be rejected")
        look("preview")
        page.get_by_role("button", name="Hand in", exact=True).click()
        expect(page.locator(".tallies")).to_contain_text("8accepted", timeout=SOON)
        look("report")

        page.get_by_role("link", name="Rejected rows").first.click()
        expect(page.locator("tbody tr")).to_have_count(2)
        look("rejects")
        with page.expect_download() as begun:
            page.get_by_role("button", name="Workbook to correct").click()
        begun.value.save_as(tmp_path / "rejects.xlsx")
        page.get_by_role("link", name="Deliver corrected rows").click()
        expect(page.locator("[name=period]")).to_have_value("2026-10")
        _upload(page, "corrected.xlsx", _corrected(tmp_path / "rejects.xlsx"), here=True)
        page.get_by_role("button", name="Hand in", exact=True).last.click()
        expect(page.locator(".tallies")).to_contain_text("2accepted", timeout=SOON)

        _upload(page, "october.csv", csv_of(renamed).getvalue())
        page.get_by_role("button", name="Hand in", exact=True).last.click()
        expect(page.locator("main")).to_contain_text("This very file was delivered before")
        page.goto("/deliveries/opened/")
        expect(page.locator("tbody tr")).to_have_count(2)
        look("opened")
    assert sorted(Delivery.objects.values_list("rows_accepted", flat=True)) == [2, 8]
    assert Entry.objects.filter(verb__startswith="delivery.rejects").count() == 2


class _Looks:
    """Takes the page's picture at both sizes as it stands, and asks axe."""

    def __init__(self, watch: Watch, screenshots: Path) -> None:
        self._watch, self._folder = watch, screenshots

    def __call__(self, moment: str) -> None:
        for size in (PHONE, DESKTOP):
            self._watch.page.set_viewport_size(size.viewport)  # type: ignore[arg-type]
            take_picture(self._watch.page, self._folder / f"day-{moment}-{size.name}.png")
            assert self._watch.faults() == [], f"{moment} at {size.name}"


def _upload(page: Page, name: str, content: bytes, *, here: bool = False) -> None:
    if not here:
        page.goto("/deliveries/hand-in/?dataset=medical_settlement&period=2026-10")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("[name=file]", file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Look at the first rows").click()
    page.wait_for_url("**/hand-in/*/")


def _corrected(file: Path) -> bytes:
    """Return the workbook of rejected rows with its two mistakes corrected, as a clerk would save it."""
    header, *rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate([header, *rows]):
            said = dict(zip(header, map(str, cells), strict=True))
            said |= {"个人自付": "3"} if said["个人自付"] == "-3" else {}
            said |= {"就诊类别": "门诊"} if said["就诊类别"] == "体检" else {}
            for place, cell in enumerate(said.values()):
                sheet.write_string(line, place, cell)
    return out.getvalue()
