"""Sealing anew after a rotation of the keys: everything, once, each file whole or not at all, in both stores."""

import datetime
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.test import override_settings
from minio import Minio

from foundation.accounts.models import User
from foundation.files import looking, resealing, resealing_job, stores
from foundation.files.drafts import draft_of
from foundation.files.models import Attachment, StoredCopy
from foundation.files.resealing_job import ask
from foundation.jobs import spool
from foundation.jobs.models import Chunk, Job, State
from foundation.jobs.running import run_here
from foundation.vault import keys
from tests.foundation.files.test_stores import s3_server
from tests.people import VILLAGE, make_areas, make_people

__all__ = ["s3_server"]
CONTENTS = {f"file {number}".encode() * 30_000 for number in range(3)}


class Killed(BaseException):
    """What happens to a process that is killed: nothing after it."""


@pytest.fixture(params=["folder", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path, own_database: str) -> Iterator[Any]:
    """Each kind of store, with three files that the first key sealed."""
    address = ""
    if request.param == "s3":
        host, port = request.getfixturevalue("s3_server")
        bucket = f"bucket-{os.urandom(4).hex()}"
        Minio(f"{host}:{port}", access_key="a" * 8, secret_key="s" * 8, secure=False).make_bucket(bucket)
        (tmp_path / "keys").mkdir()
        (tmp_path / "keys/file_store").write_text("a" * 8 + "\n" + "s" * 8)
        address = f"s3://{host}:{port}/{bucket}?insecure=1"
    with override_settings(VAR=tmp_path, FILES_STORE=address, JOB_LEASE_SECONDS=1):
        asker = make_people(make_areas())["anquan"]
        for content in CONTENTS:
            stored(content, asker)
        yield stores.store()


def stored(content: bytes, by: User) -> None:
    draft = draft_of([content])
    stores.store().put(draft.path, draft.key)
    about = {"media_type": "application/pdf", "size": draft.size, "sha256": draft.sha256}
    attachment = Attachment.objects.create(
        owner_model="desk.grantproposal", owner_id="1", area=VILLAGE, kind="appointment", name="a.pdf",
        uploaded_by=by, uploaded_on="2026-11-04", retention_until="2036-11-04", **about,
    )  # fmt: skip
    StoredCopy.objects.create(
        attachment=attachment, uuid=draft.uuid, use="shown", key=draft.key, sealed_size=draft.sealed_size,
        sealed_with=draft.sealed_with, **about,
    )  # fmt: skip


def contents() -> set[bytes]:
    """What the rows lead to in the store."""
    return {b"".join(looking._pieces(copy)) for copy in StoredCopy.objects.all()}


def in_store(store: Any) -> set[str]:
    return set(store.older_than(datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)))


def shell() -> User:
    return User.objects.built_in("shell")


def test_everything_is_sealed_with_the_new_key_and_still_opens(store: Any) -> None:
    kept = spool.keep([b"rows"])
    old_keys, old = in_store(store), keys.current()
    out = io.StringIO()
    call_command("reseal_files", "--rotate", "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert (answer["resealed"], answer["spooled"], answer["unreadable"]) == (3, 1, 0)
    new = keys.current()
    assert new.id != old.id
    assert set(StoredCopy.objects.values_list("sealed_with", flat=True)) == {new.id.hex()}
    with mock.patch.object(keys, "find", side_effect=lambda key: {new.id: new}[key]):
        assert contents() == CONTENTS
        assert spool.read(kept.name) == b"rows"
    assert in_store(store) == set(StoredCopy.objects.values_list("key", flat=True))
    assert not in_store(store) & old_keys


def test_a_second_time_does_nothing(store: Any) -> None:
    before = in_store(store)
    assert run_here(ask(by=shell())).result == {"resealed": 0, "spooled": 0, "unreadable": 0}
    assert in_store(store) == before


@pytest.mark.parametrize("moment", ["put", "point", "delete"])
def test_killed_at_any_moment_every_file_is_whole_and_the_next_start_ends_it(store: Any, moment: str) -> None:
    keys.rotate()
    calls, real = [], {"put": store.put, "delete": store.delete, "point": resealing.point}[moment]

    def dies(*given: Any) -> Any:
        calls.append(given)
        if len(calls) == 2:
            raise Killed
        return real(*given)

    place = resealing if moment == "point" else store
    with mock.patch.object(place, moment, side_effect=dies), pytest.raises(Killed):
        run_here(ask(by=shell()))
    assert contents() == CONTENTS
    assert StoredCopy.objects.exclude(sealed_with=keys.current().id.hex()).exists()
    Chunk.objects.update(lease_until="2026-01-01T00:00Z")
    job = run_here(ask(by=shell()))
    assert Job.objects.get() == job
    assert job.result["resealed"] == 3
    assert contents() == CONTENTS
    assert set(StoredCopy.objects.values_list("sealed_with", flat=True)) == {keys.current().id.hex()}


def test_a_file_that_is_gone_or_damaged_is_told_and_stops_nobody(store: Any) -> None:
    first, second, _third = StoredCopy.objects.order_by("pk")
    store.delete(first.key)
    StoredCopy.objects.filter(pk=second.pk).update(sha256="0" * 64)
    keys.rotate()
    job = run_here(ask(by=shell()))
    assert (job.state, job.result["resealed"], job.result["unreadable"]) == (State.DONE, 1, 2)
    assert store.exists(second.key)
    assert "2" in list(resealing_job.RESEAL.tell(job.result))[1]


def test_one_erased_meanwhile_stays_erased(store: Any) -> None:
    keys.rotate()
    copy = StoredCopy.objects.order_by("pk")[0]
    draft = resealing.sealed_anew(copy)
    assert draft is not None
    StoredCopy.objects.filter(pk=copy.pk).delete()
    assert not resealing.point(copy, draft)


def test_who_opens_a_file_that_is_sealed_anew_at_that_moment_gets_it(store: Any) -> None:
    seen = StoredCopy.objects.order_by("pk")[0]
    keys.rotate()
    run_here(ask(by=shell()))
    assert b"".join(looking._pieces(seen)) in CONTENTS
