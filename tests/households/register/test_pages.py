"""Pages of register files: hand in, look, import, take back, and the pairs that wait."""

from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from foundation.accounts.models import User
from foundation.jobs.models import Job, State
from foundation.jobs.running import run_here
from households.models import Duplicate, Resident, Revision
from households.register.importing import import_register
from tests.households.register.files import csv_of, number, row
from tests.people import make_areas, make_people
from tests.reading import visible

ROWS = [row(1), row(2, relation="配偶", name="单白露"), row(3, relation="之子", name="沈小满", income="x")]


@pytest.fixture
def xian(people: dict[str, User]) -> User:
    return people["xian"]


@pytest.fixture
def client(xian: User) -> Iterator[Client]:
    browser = Client()
    browser.force_login(xian)
    return browser


def sent(client: Client, content: bytes, as_of: str = "2026-11-04") -> HttpResponse:
    upload = SimpleUploadedFile("名册.csv", content)
    return client.post("/register/import/", {"file": upload, "as_of": as_of}, follow=True)


def test_the_look_masks_numbers_and_names_columns(client: Client) -> None:
    answer = sent(client, csv_of(ROWS).getvalue())
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0].startswith("/register/look/")
    assert "9999************" in page
    assert number(1) not in page
    assert "13900000000" not in page
    assert "沈立夏" in page


@pytest.mark.parametrize(
    ("content", "as_of"), [("姓名\n沈\n".encode(), "2026-11-04"), (csv_of(ROWS).getvalue(), "2026-11-05")]
)
def test_what_cannot_be_imported_is_refused_on_the_form(client: Client, content: bytes, as_of: str) -> None:
    answer = sent(client, content, as_of)
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not Job.objects.exists()


def test_somebody_elses_look_does_not_exist(client: Client, people: dict[str, User]) -> None:
    sent(client, csv_of(ROWS).getvalue())
    job = Job.objects.get(kind="look_at_register")
    other = Client()
    other.force_login(people["lin_xian"])
    assert other.get(f"/register/look/{job.uuid}/").status_code == 404


def test_files_and_pairs_of_a_neighbour_are_not_listed(
    client: Client, people: dict[str, User], xian: User
) -> None:
    import_register(csv_of([row(1), row(2, household="H002"), row(2, relation="之子")]), by=xian)
    revision, pair = Revision.objects.get(), Duplicate.objects.get()
    assert f"/register/files/{revision.pk}/" in client.get("/register/").content.decode()
    assert pair.claimed_code in client.get("/register/duplicates/").content.decode()
    other = Client()
    other.force_login(people["lin_xian"])
    assert f"/register/files/{revision.pk}/" not in other.get("/register/").content.decode()
    assert pair.claimed_code not in other.get("/register/duplicates/").content.decode()
    assert other.get(f"/register/files/{revision.pk}/").status_code == 404


def test_a_pair_with_another_county_shows_only_what_ones_own_file_said(people: dict[str, User]) -> None:
    import_register(csv_of([row(1)]), by=people["xian"])
    import_register(
        csv_of(
            [
                row(5, household="N9", area="999902001001"),
                row(1, household="N9", area="999902001001", relation="之子"),
            ]
        ),
        by=people["lin_xian"],
    )
    other = Client()
    other.force_login(people["lin_xian"])
    page = other.get("/register/duplicates/").content.decode()
    assert "N9" in page
    assert "H001" not in visible(page)
    assert "石桥村" not in page
    mine = Client()
    mine.force_login(people["xian"])
    page = mine.get("/register/duplicates/").content.decode()
    assert "H001" in page
    assert "N9" not in visible(page)
    assert "东山村" not in page


def test_who_may_not_import_sees_no_files(people: dict[str, User]) -> None:
    browser = Client()
    browser.force_login(people["cun"])
    assert browser.get("/register/").status_code == 403
    assert browser.get("/register/import/").status_code == 403


def test_taking_back_asks_for_a_reason(client: Client, xian: User) -> None:
    import_register(csv_of([row(1)]), by=xian)
    revision = Revision.objects.get()
    page = f"/register/files/{revision.pk}/take-back/"
    asked = Job.objects.filter(kind="take_back_register")
    assert client.post(page, {"reason": " "}).status_code == 200
    assert not asked.exists()
    client.post(page, {"reason": "错发"})
    assert asked.get().params["revision"] == revision.pk


def test_nothing_before_the_word_everything_after_and_nothing_again(own_database: str) -> None:
    xian = make_people(make_areas())["xian"]
    client = Client()
    client.force_login(xian)
    sent(client, csv_of(ROWS).getvalue())
    looked = run_here(Job.objects.get(kind="look_at_register"))
    assert looked.result["residents_created"] == 2
    assert looked.rejects
    assert not Resident.objects.exists()
    client.post(f"/register/look/{looked.uuid}/import/")
    imported = run_here(Job.objects.get(kind="import_register"))
    assert imported.result["rejects"] == {"number_invalid": 1}
    assert Resident.objects.count() == 2
    client.post(f"/register/files/{imported.result['revision']}/take-back/", {"reason": "错发"})
    back = run_here(Job.objects.get(kind="take_back_register"))
    assert back.state == State.DONE
    assert not Resident.objects.exists()
    page = client.get(f"/register/files/{imported.result['revision']}/").content.decode()
    assert "错发" in page
