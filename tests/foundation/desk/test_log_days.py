"""The log by days: whole lines of many processes, closed to others, kept six months, and nobody's words in them."""

import datetime
import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from config import timetable
from foundation.desk import gauges, log_days, tasks
from tests.households.identity.made import id_number

TODAY = datetime.date(2026, 11, 4)
PLANTED = f"柳霜降 {id_number(907, area='999902')} 13900017712"
#: A process of ours that logs a fault with somebody's words in it, by the configuration itself.
_WRITES = """
import logging, logging.config, sys
from config.log_output import LOGGING
logging.config.dictConfig(LOGGING)
log = logging.getLogger("foundation.test")
for number in range(200):
    try:
        raise ValueError(sys.argv[1])
    except ValueError:
        log.exception("a part failed, number %d", number)
print(sys.argv[1])
"""


def days_before(count: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=count)


def files_of(folder: Path, *ages: int) -> None:
    """Make files of the log that are so many days old."""
    folder.mkdir(parents=True, exist_ok=True)
    for age in ages:
        (folder / f"web-{days_before(age)}.jsonl").write_text("{}\n")


def line_of(said: str, at: datetime.datetime) -> logging.LogRecord:
    found = logging.LogRecord("foundation.test", logging.INFO, __file__, 1, said, (), None)
    found.created = at.timestamp()
    return found


def test_l14_processes_keep_whole_lines_by_day_that_nobody_else_reads(tmp_path: Path) -> None:
    """safety.md L14, 16.2.5: two processes write at once; no line is torn, none repeats anybody's words."""
    set_so = os.environ | {"SHOUWANG_VAR": str(tmp_path), "SHOUWANG_PROCESS": "worker"}
    both = [
        subprocess.Popen(
            [sys.executable, "-c", _WRITES, PLANTED], env=set_so, stderr=subprocess.PIPE, stdout=-1
        )
        for _process in range(2)
    ]
    for each in both:
        out, said = each.communicate(timeout=120)
        assert (each.returncode, PLANTED in out.decode()) == (0, True), said.decode()
    folder = tmp_path / "log" / "days"
    assert folder.stat().st_mode & 0o777 == 0o700
    files = list(log_days.kept(folder))
    assert {each.path.stat().st_mode & 0o777 for each in files} == {0o600}
    text = "".join(each.path.read_text(encoding="utf-8") for each in files)
    lines = [json.loads(line) for line in text.splitlines()]
    assert len(lines) == 400
    assert {(line["process"], line["faults"][0]["kind"]) for line in lines} == {("worker", "ValueError")}
    assert not [word for word in PLANTED.split() if word in text]


def test_a_line_goes_to_the_file_of_its_own_day(tmp_path: Path) -> None:
    handler = log_days.DailyLog(str(tmp_path / "days"), "web")
    late = datetime.datetime(2026, 11, 3, 23, 59, 59, tzinfo=datetime.UTC)
    for at in (late, late + datetime.timedelta(seconds=2), late):
        handler.handle(line_of("said", at))
    handler.close()
    found = {each.day: each.path.read_text().count("\n") for each in log_days.kept(tmp_path / "days")}
    assert found == {late.date(): 2, TODAY: 1}


def test_what_cannot_be_written_stops_nobody_and_is_said_once_without_the_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    (tmp_path / "days").write_text("a file where the folder should be")
    monkeypatch.setattr(sys, "__stderr__", sys.stderr)
    handler = log_days.DailyLog(str(tmp_path / "days"), "web")
    for _time in range(2):
        handler.handle(line_of(PLANTED, datetime.datetime.now(datetime.UTC)))
    said = capsys.readouterr().err
    assert said.count("cannot be written") == 1
    assert not [word for word in PLANTED.split() if word in said]


@pytest.mark.parametrize(("days", "stays"), [(190, [190, 185, 184, 0]), (1, [184, 0])])
def test_l14_what_the_law_asks_for_is_never_taken_away(tmp_path: Path, days: int, stays: list[int]) -> None:
    """safety.md L14: the job that tidies refuses less than six months, whatever it is told."""
    files_of(tmp_path, 400, 191, 190, 185, 184, 0)
    (tmp_path / "web-2020-01-01.jsonl.copy").write_text("not ours")
    assert log_days.forget_old(tmp_path, days, TODAY) == 6 - len(stays)
    assert [each.day for each in log_days.kept(tmp_path)] == [days_before(age) for age in stays]
    assert (tmp_path / "web-2020-01-01.jsonl.copy").exists()


@pytest.mark.parametrize("asked", ["183", "0", "-190", "many", "99999999", "１９０"])
def test_l14_nobody_keeps_the_log_for_less(asked: str) -> None:
    with pytest.raises(ValueError, match="SHOUWANG_LOG_DAYS"):
        log_days.days_to_keep(asked)


def test_how_long_is_what_the_installation_says() -> None:
    assert (log_days.days_to_keep(""), log_days.days_to_keep("184"), log_days.days_to_keep("730")) == (
        190,
        184,
        730,
    )


def test_operators_read_which_days_are_kept(tmp_path: Path, settings: Any, capsys: Any) -> None:
    settings.LOG_DAYS_FOLDER, settings.LOG_DAYS_KEPT = tmp_path / "days", 190
    told = {each.name: [one.value for one in each.samples] for each in gauges.log()}
    assert told["shouwang_log_oldest_day_timestamp_seconds"] == []
    files_of(tmp_path / "days", 3, 2, 0)
    (tmp_path / "days" / f"worker-{TODAY}.jsonl").write_text("{}\n")
    told = {each.name: [one.value for one in each.samples] for each in gauges.log()}
    oldest = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    assert told["shouwang_log_oldest_day_timestamp_seconds"] == [oldest.timestamp()]
    assert told["shouwang_log_days"] == [3]
    assert told["shouwang_log_last_line_timestamp_seconds"]
    call_command("log_days")
    said = capsys.readouterr().out
    assert "Oldest day: 2026-11-01; newest day: 2026-11-04." in said


def test_the_timetable_tidies_the_log(tmp_path: Path, settings: Any) -> None:
    assert tasks.tidy_log.name in {each["task"] for each in timetable.TIMETABLE.values()}
    settings.LOG_DAYS_FOLDER, settings.LOG_DAYS_KEPT = tmp_path, 190
    files_of(tmp_path, 3000, 0)
    tasks.tidy_log()
    assert [each.day for each in log_days.kept(tmp_path)] == [TODAY]
