"""A staff import whose worker is killed -9 while somebody watches: the page tells it, and another worker ends it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Browser, Error, Page, expect

from foundation.accounts.models import Posting, User
from foundation.accounts.roles import Role
from foundation.ledger.models import Entry
from tests.browser.conftest import serve, sign_in
from tests.browser.looking import DESKTOP, PHONE, Size, Watch, take_picture
from tests.foundation.accounts.workbooks import book
from tests.foundation.jobs.ground import Ground, standing
from tests.people import PASSWORD, VILLAGE, make_areas, make_people

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.slow,
    pytest.mark.timeout(600),
]
PEOPLE = 120
PLANT = "from tests.browser.factors import plant_factors; plant_factors()"
SOON = 120_000


@pytest.fixture
def ground(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, django_db_setup: None, django_db_blocker
) -> Iterator[Ground]:
    """Servers of this story's own with everybody of tests/people.py, a worker and a scheduler."""
    with django_db_blocker.unblock(), standing(tmp_path_factory.mktemp("k")) as made:
        make_people(make_areas())
        User.objects.update(password=make_password(PASSWORD))
        # Secrets are sealed with the server's own keys.
        plant = [sys.executable, "manage.py", "shell", "-c", PLANT]
        subprocess.run(plant, env=made.environment, cwd=settings.ROOT, check=True, stdout=subprocess.DEVNULL)
        made.start_worker()
        made.start_scheduler()
        yield made


def test_a_staff_import_killed_and_resumed_on_screen(
    ground: Ground, browser: Browser, screenshots: Path
) -> None:
    names = [surname + given for surname in "赵钱孙李周吴郑王冯陈褚卫" for given in "春夏秋冬山水云雨风雪"]
    rows = [
        (name, f"person{number}", Role.GRID_MEMBER.value, VILLAGE, "", "", "")
        for number, name in enumerate(names)
    ]
    before = User.objects.count()
    with serve(ground.environment, ground.place.logs / "web.log") as address:
        watched = {size.name: _window(browser, address, size) for size in (DESKTOP, PHONE)}
        page = watched[DESKTOP.name].page
        with ground.nobody_writes("accounts_user"):
            _hand_in(page, book(*rows).getvalue())
            watched[PHONE.name].page.goto(page.url)
            expect(page.locator("main progress")).to_have_attribute("value", str(PEOPLE), timeout=SOON)
            _look(watched, "working", screenshots)
            ground.kill("worker")
            expect(page.locator("main")).to_contain_text("No sign of the worker since", timeout=SOON)
            expect(page.locator("main")).to_contain_text("nothing of it was written yet, and it begins anew")
            _look(watched, "silent", screenshots)
            assert User.objects.count() == before
            ground.start_worker("another")
            expect(page.locator("main")).to_contain_text("another has taken the work up", timeout=SOON)
            _look(watched, "taken-up", screenshots)
        expect(page.locator("main")).to_contain_text(f"{PEOPLE} accounts opened", timeout=SOON)
        _look(watched, "done", screenshots)
    assert User.objects.count() == before + PEOPLE
    assert not Posting.objects.filter(
        user__username__startswith="person"
    ).exists()  # the other administrator's
    assert Entry.objects.filter(verb="staff.imported").count() == 1
    assert Entry.objects.filter(verb="job.done").count() == 1


def _window(browser: Browser, address: str, size: Size) -> Watch:
    """Open a window of the system administrator of the county."""
    context = browser.new_context(viewport=size.viewport, locale="en", base_url=address)  # type: ignore[arg-type]
    watch = Watch(context.new_page())
    sign_in(watch.page, address, "xitong")
    return watch


def _hand_in(page: Page, workbook: bytes) -> None:
    page.goto("/jobs/import-staff/")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files("[name=file]", {"name": "staff.xlsx", "mimeType": kind, "buffer": workbook})
    page.locator("main form .form-buttons button").first.click()
    page.wait_for_url("**/jobs/*-*-*/")


def _reload(page: Page) -> None:
    """Load a page anew; where the job ends just then, the page reloads itself and breaks this off: then again."""
    try:
        page.reload()
    except Error:
        page.wait_for_load_state()
        page.reload()


def _look(watched: dict[str, Watch], moment: str, screenshots: Path) -> None:
    """Take the page's picture at both sizes as it stands, and ask axe."""
    for size, watch in watched.items():
        _reload(watch.page)
        take_picture(watch.page, screenshots / f"import-{moment}-{size}.png")
        assert watch.faults() == [], f"{moment} at {size}"
