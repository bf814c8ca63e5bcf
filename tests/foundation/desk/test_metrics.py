"""What watchers read: behind which door, under which names, and that it names nobody (docs/operations.md)."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings as configured
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from foundation.accounts.models import Area, User
from foundation.desk import gauges, metrics
from foundation.desk.job_kinds import AREAS
from foundation.inbox.models import Outgoing
from foundation.jobs import sweeping
from foundation.jobs.asking import enqueue
from foundation.ledger.models import Entry
from foundation.ledger.record import Act, Actor, record
from launch import application, backup
from launch.environment import read_installation
from tests.households.families import make_household
from tests.people import COUNTY

pytestmark = pytest.mark.django_db
DOCUMENT = (Path(configured.ROOT) / "docs/operations.md").read_text(encoding="utf-8")
RULES = yaml.safe_load(re.search(r"```yaml\n(groups:.*?)```", DOCUMENT, re.DOTALL).group(1))  # type: ignore[union-attr]
#: Names end in their unit, or in what is counted (prometheus.io, naming).
_NAME = re.compile(r"shouwang_[a-z_]+")
#: Labels whose values are fixed words of the program.
LABELS = {"route", "method", "status", "le", "result", "kind", "state", "way", "part", "place", "subject"}


@pytest.fixture(autouse=True)
def _asked_anew(settings: Any, tmp_path: Path) -> None:
    settings.KEYS_DIR, settings.VAR = tmp_path / "keys", tmp_path
    metrics._STANDING.forget()


def watcher() -> Client:
    """Return a watcher that shows the token."""
    return Client(headers={"Authorization": f"Bearer {metrics.make_token()}"})


def read() -> dict[str, dict[tuple[tuple[str, str], ...], float]]:
    """Return every sample by name and labels."""
    answer = watcher().get("/metrics/")
    assert answer.status_code == 200
    told: dict[str, dict[tuple[tuple[str, str], ...], float]] = {}
    for family in text_string_to_metric_families(answer.content.decode()):
        for sample in family.samples:
            told.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return told


def test_where_no_token_was_made_there_is_nothing(client: Client) -> None:
    assert client.get("/metrics/", headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize(
    "shown", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic {}", "Bearer {}x", "bearer{}"]
)
def test_nobody_reads_without_the_token(client: Client, shown: str) -> None:
    token = metrics.make_token()
    answer = client.get("/metrics/", headers={"Authorization": shown.format(token)})
    assert (answer.status_code, answer.content) == (401, b"")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_an_administrator_who_is_signed_in_is_no_watcher(client: Client, people: dict[str, User]) -> None:
    metrics.make_token()
    client.force_login(people["xitong"])
    assert client.get("/metrics/").status_code == 401


def test_the_token_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    assert metrics.make_token() == metrics.make_token()
    assert len(metrics.token()) > 40
    assert (tmp_path / "keys/metrics_token").stat().st_mode & 0o777 == 0o600


def test_requests_are_counted_by_route_method_and_status(people: dict[str, User]) -> None:
    client = Client()
    client.force_login(people["cun"])
    before = read().get("shouwang_http_requests_total", {})
    client.get("/me/")
    client.get("/nothing/13900017712/")
    client.generic("LIUSHUANGJIANG", "/me/")
    after = read()
    for route, method, status in (("desk:me", "GET", "200"), ("none", "GET", "404")):
        key = (("method", method), ("route", route), ("status", status))
        assert after["shouwang_http_requests_total"][key] == before.get(key, 0) + 1
    assert "shouwang_http_request_duration_seconds_count" in after
    methods = {dict(key)["method"] for key in after["shouwang_http_requests_total"]}
    assert methods <= {"GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "other"}


def test_sign_ins_are_counted_by_what_came_of_them(people: dict[str, User]) -> None:
    def counts() -> dict[str, float]:
        return {dict(key)["result"]: value for key, value in read()["shouwang_sign_ins_total"].items()}

    before = counts()
    for _time in range(6):
        Client().post("/sign-in/", {"username": "cun", "password": "wrong"})
    after = counts()
    assert (after["password"] - before["password"], after["locked"] - before["locked"]) == (5, 1)


def test_what_waits_is_told(people: dict[str, User], tmp_path: Path) -> None:
    enqueue(AREAS.code, {}, by=people["xitong"], area=COUNTY, ring=False)
    Outgoing.objects.create(
        recipient=people["cun"], way="email", subject="s", text="t", key="k", next_try_at="2026-11-04T00:00Z"
    )
    record(Act("test.done", "test", "1", *[_day()] * 2), by=Actor("staff:1"))
    sweeping.sweep()
    backup._note(read_installation({"SHOUWANG_VAR": str(tmp_path)}), _file(tmp_path))
    told = read()
    assert told["shouwang_jobs_open"][(("kind", AREAS.code), ("state", "queued"))] == 1
    oldest = told["shouwang_jobs_oldest_waiting_timestamp_seconds"][(("kind", AREAS.code),)]
    assert oldest == pytest.approx(time.time(), abs=60)
    assert told["shouwang_messages_unsent"][(("state", "waiting"), ("way", "email"))] == 1
    for name in ("sweeper_last_round", "backup_last_success", "ledger_last_entry"):
        assert told[f"shouwang_{name}_timestamp_seconds"][()] == pytest.approx(time.time(), abs=60), name
    oldest = told["shouwang_ledger_oldest_unsealed_timestamp_seconds"][()]
    assert oldest == pytest.approx(Entry.objects.earliest("pk").recorded_at.timestamp(), abs=1)
    assert told["shouwang_backup_last_success_size_bytes"][()] == 5
    assert told["shouwang_part_up"][(("part", "database"),)] == 1
    assert sum(told["shouwang_database_connections"].values()) >= 1
    assert set(told["shouwang_gauge_up"].values()) == {1}


def test_a_subject_that_cannot_be_asked_does_not_silence_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gauges.shutil, "disk_usage", lambda _place: 1 / 0)
    told = read()
    assert told["shouwang_gauge_up"][(("subject", "foundation.desk.gauges.disks"),)] == 0
    assert "shouwang_disk_free_bytes" not in told
    assert "shouwang_jobs_open" in metrics.exposition().decode()


def test_no_label_names_a_person_a_record_or_an_area(people: dict[str, User], areas: dict[str, Area]) -> None:
    household = make_household("YS000001", "沈立夏", "柳霜降", by=people["xian"])
    client = Client()
    client.force_login(people["cun"])
    for address in (f"/households/{household.code}/", "/search/?q=沈立夏", f"/areas/{COUNTY}/"):
        client.get(address)
    told = read()
    assert {label for samples in told.values() for key in samples for label, _value in key} <= LABELS
    values = {value for samples in told.values() for key in samples for label, value in key if label != "le"}
    hidden = {household.code, "沈立夏", *people, *areas, *(area.name for area in areas.values())}
    assert not [value for value in values if value in hidden or re.search(r"\d{4}", value)]


def test_names_follow_the_conventions() -> None:
    told = watcher().get("/metrics/").content.decode()
    families = list(text_string_to_metric_families(told))
    assert len(families) > 15
    for family in families:
        assert _NAME.fullmatch(family.name), family.name
        assert family.documentation, family.name
        for word in ("_ms", "_milliseconds", "_mb", "_minutes", "_age"):
            assert not family.name.endswith(word), family.name


def test_every_process_of_the_web_server_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes count; what a third of them answers at /metrics/ is the sum, with how things stand beside it."""
    place = read_installation({"SHOUWANG_VAR": str(tmp_path)})
    counting = application.counting_place(place)
    count = "from foundation.accounts.counting import SIGN_INS; SIGN_INS.labels('ok').inc()"
    for _process in range(2):
        subprocess.run(
            [sys.executable, "-c", count],
            env=os.environ | counting | {"PYTHONPATH": str(configured.ROOT)},
            check=True,
        )
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", counting["PROMETHEUS_MULTIPROC_DIR"])
    told = metrics.exposition().decode()
    assert 'shouwang_sign_ins_total{result="ok"} 2.0' in told
    assert "shouwang_jobs_open" in told


def test_each_start_counts_from_nothing_and_what_gone_containers_left_is_removed(tmp_path: Path) -> None:
    place = read_installation({"SHOUWANG_VAR": str(tmp_path)})
    own = Path(application.counting_place(place)["PROMETHEUS_MULTIPROC_DIR"])
    gone, beside = place.run / "counts-gone", place.run / "counts-beside"
    for folder in (own, gone, beside):
        folder.mkdir(exist_ok=True)
        (folder / "counter_7.db").write_bytes(b"of an earlier process")
    for each in (gone / "counter_7.db", gone, beside):
        os.utime(each, (time.time() - 25 * 3600,) * 2)
    assert Path(application.counting_place(place)["PROMETHEUS_MULTIPROC_DIR"]) == own
    assert (list(own.iterdir()), own.stat().st_mode & 0o777) == ([], 0o700)
    assert not gone.exists()
    assert (beside / "counter_7.db").exists(), (
        "somebody counts there: its folder is old, what lies in it is not"
    )


def test_the_rules_of_the_document_name_what_there_is(people: dict[str, User], tmp_path: Path) -> None:
    Client().get("/nothing/")
    backup._note(read_installation({"SHOUWANG_VAR": str(tmp_path)}), _file(tmp_path))
    sweeping.sweep()
    told = watcher().get("/metrics/").content.decode()
    known = {family.name for family in text_string_to_metric_families(told)}
    known |= {sample.name for family in text_string_to_metric_families(told) for sample in family.samples}
    rules = [rule for group in RULES["groups"] for rule in group["rules"]]
    assert len(rules) >= 8
    asked = {name for rule in rules for name in _NAME.findall(rule["expr"])}
    assert not asked - known
    assert all(rule["alert"] and rule["annotations"]["summary"] for rule in rules)
    named = set(re.findall(r"`(shouwang_[a-z_]+)", DOCUMENT))
    assert not named - known, "the table names what there is"
    assert not {family.name for family in text_string_to_metric_families(told)} - {
        name.removesuffix("_total") for name in named
    }, "and everything there is"


def _file(folder: Path) -> Path:
    file = folder / "backup.tar"
    file.write_bytes(b"whole")
    return file


def _day() -> Any:
    from foundation.accounts import clock

    return clock.today()
