"""The API of long work: one's own jobs and those of the areas one looks after, read-only."""

from typing import Any

import pytest
from django.test import Client

from foundation.accounts.models import User
from foundation.jobs.models import Chunk, Job, State
from tests.people import COUNTY

People = dict[str, User]


@pytest.fixture
def job(people: People) -> Job:
    made = Job.objects.create(
        kind="import_areas",
        asked_by=people["xitong"],
        area=COUNTY,
        state=State.RUNNING,
        phase="work",
        total=10,
    )
    Chunk.objects.create(job=made, number=1, rows=10, rows_done=4, state=State.RUNNING)
    return made


def ask(people: People, name: str, url: str, status: int = 200) -> Any:
    browser = Client()
    browser.force_login(people[name])
    answer = browser.get(url)
    assert answer.status_code == status, url
    return answer.json()


def test_how_far_a_job_is(people: People, job: Job) -> None:
    row = ask(people, "xitong", f"/api/v1/jobs/{job.uuid}/")
    assert (row["state"], row["rows_done"], row["total"]) == ("running", 4, 10)
    assert (row["kind"], row["area"], row["asked_by"]) == ("import_areas", COUNTY, people["xitong"].pk)
    assert not {"params", "spooled", "rejects", "lease_owner"} & set(row)


@pytest.mark.parametrize(("who", "status"), [("lingdao", 200), ("shi", 200), ("cun", 404), ("lin_xian", 404)])
def test_who_may_see_it(people: People, job: Job, who: str, status: int) -> None:
    ask(people, who, f"/api/v1/jobs/{job.uuid}/", status)
    assert len(ask(people, who, "/api/v1/jobs/")["results"]) == (status == 200)


def test_who_asked_is_told_only_to_who_may_see_that_person(people: People, job: Job) -> None:
    Job.objects.update(asked_by=people["lin_anquan"])
    assert ask(people, "lingdao", f"/api/v1/jobs/{job.uuid}/")["asked_by"] is None


@pytest.mark.parametrize(
    ("query", "found"),
    [("open=yes", 1), ("state=done", 0), ("state=running", 1), ("kind=import_staff", 0)],
)
def test_the_list_is_narrowed(people: People, job: Job, query: str, found: int) -> None:
    assert len(ask(people, "xitong", f"/api/v1/jobs/?{query}")["results"]) == found


def test_a_word_that_no_filter_knows_is_refused(people: People, job: Job) -> None:
    ask(people, "xitong", "/api/v1/jobs/?state=x", 400)
    ask(people, "xitong", "/api/v1/jobs/?stat=done", 400)


def test_it_only_reads(people: People, job: Job) -> None:
    browser = Client()
    browser.force_login(people["xitong"])
    for method in (browser.post, browser.put, browser.patch, browser.delete):
        assert method(f"/api/v1/jobs/{job.uuid}/").status_code in (403, 405)
    assert browser.get("/api/v1/jobs/no-such-job/").status_code == 404
    assert Client().get("/api/v1/jobs/").status_code == 401
