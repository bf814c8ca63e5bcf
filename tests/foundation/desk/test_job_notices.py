"""Who asked for long work hears how it ended, with a way to its page and nothing personal."""

import io
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from django.test import Client, override_settings

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.desk.imports import hand_in
from foundation.inbox.models import Address, Notice, Outgoing, Preference
from foundation.inbox.notices import choose
from foundation.jobs import asking
from foundation.jobs.models import Job
from foundation.jobs.running import run_here
from tests.people import COUNTY, make_areas, make_people

GOOD, NO_TABLE = f"行政区划代码,名称\n{COUNTY}003,新镇\n".encode(), b"\x00\x01\x02"


@pytest.fixture
def people(own_database: str, tmp_path: Path) -> Iterator[dict[str, User]]:
    ring = mock.patch("foundation.jobs.doorbell.ring", return_value=True)
    with ring, override_settings(VAR=tmp_path):
        yield make_people(make_areas())


def asked(by: User, content: bytes = GOOD, kind: str = "import_areas") -> Job:
    return hand_in(io.BytesIO(content), kind, by=by)


def told(by: User) -> list[tuple[str, str, int]]:
    return list(Notice.objects.filter(recipient=by).order_by("pk").values_list("kind", "place", "count"))


def test_work_that_is_done_leads_to_its_page(people: dict[str, User], client: Client) -> None:
    job = run_here(asked(people["xitong"]))
    assert told(people["xitong"]) == [("job_done", f"/jobs/{job.uuid}/", 1)]
    assert Notice.objects.count() == 1
    client.force_login(people["xitong"])
    assert client.get(told(people["xitong"])[0][1]).status_code == 200


def test_work_that_fails_again_after_a_retry_is_one_notice_that_counts(people: dict[str, User]) -> None:
    job = asked(people["xitong"], NO_TABLE, "import_staff")
    for _attempt in range(2):
        with pytest.raises(Refused):
            run_here(job)
        job = asking.retry(job, by=people["xitong"]) if _attempt == 0 else job
    assert told(people["xitong"]) == [("job_failed", f"/jobs/{job.uuid}/", 2)]


def test_cancelling_is_told_only_where_somebody_else_did_it(people: dict[str, User]) -> None:
    asking.cancel(asked(people["xitong"]), by=people["xitong"])
    assert told(people["xitong"]) == []
    job = asked(people["xitong"], NO_TABLE, "import_staff")
    asking.cancel(job, by=people["anquan"])
    assert told(people["xitong"]) == [("job_cancelled", f"/jobs/{job.uuid}/", 1)]


def test_the_preference_of_the_asker_decides_what_goes_out(people: dict[str, User]) -> None:
    for name in ("xitong", "anquan"):
        Address.objects.create(user=people[name], email=f"{name}@example.com")
    choose(people["xitong"], "job_done", Preference.Outside.AT_ONCE)
    job = run_here(asked(people["xitong"]))
    with pytest.raises(Refused):
        run_here(asked(people["anquan"], NO_TABLE, "import_staff"))
    message = Outgoing.objects.get()
    assert message.recipient == people["xitong"]
    assert f"/jobs/{job.uuid}/" in message.text


def test_the_platforms_own_accounts_hear_nothing(people: dict[str, User]) -> None:
    run_here(asked(User.objects.built_in("shell")))
    assert not Notice.objects.exists()
