"""Lines of the log: nothing that anybody typed reaches one, wherever it was typed (safety.md 16.2.5, 16.4.1, L18)."""

import io
import json
import logging
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from celery import shared_task
from celery.app.trace import LOG_RECEIVED
from django.conf import settings as configured
from django.core import mail
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path
from django.utils.log import AdminEmailHandler
from gunicorn.config import Config

from config import logs
from foundation.accounts.access import public_door
from foundation.accounts.models import Area, User
from foundation.desk.job_kinds import AREAS
from foundation.jobs.asking import enqueue
from foundation.jobs.engine import take_turn
from foundation.jobs.models import Job
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from foundation.ledger.tracing import current_request
from tests.households.identity.made import id_number
from tests.people import COUNTY

#: An ID number of an area that no law has given out, with its right check digit; a telephone; a name; a login name.
NUMBER, PHONE, NAME, LOGIN = id_number(907, area="999902"), "13900017712", "柳霜降", "liushuangjiang"
PLANTED = f"{NAME} {NUMBER} {PHONE} {LOGIN}"
#: A stranger's line break, and what looks like a line of ours behind it.
FORGED = "\r\n2026-11-04 INFO foundation.desk forged\u2028\x1b[31m"


@public_door("a test")
def seize(request: HttpRequest, what: str = "") -> HttpResponse:
    """Fail with everything that came along, as code does that is written carelessly."""
    given = [
        what,
        request.get_full_path(),
        *request.GET.values(),
        *request.POST.values(),
        *request.COOKIES.values(),
    ]
    given += [f"{each.name} {each.read()!r}" for each in request.FILES.values()]
    given += [str(dict(request.headers)), "" if request.FILES else request.META.get("CONTENT_TYPE", "")]
    raise FAULTS[request.headers.get("X-Fault", "ValueError")](" ".join(given))


@public_door("a test")
def clash(request: HttpRequest) -> HttpResponse:
    """Fail in the database, whose driver quotes the values."""
    Area.objects.create(code=COUNTY, name=PLANTED, level=6, parent_id=COUNTY[:4])
    raise AssertionError


@public_door("a test")
def swallow(request: HttpRequest) -> HttpResponse:
    """Read a JSON body that is none."""
    json.loads(request.body)
    raise AssertionError


FAULTS: dict[str, type[Exception]] = {"ValueError": ValueError, "Suspicious": SuspiciousOperation}
urlpatterns = [
    path("seize/<what>/", seize, name="seize"),
    path("seize/", seize, name="seize_all"),
    path("clash/", clash, name="clash"),
    path("swallow/", swallow, name="swallow"),
    path("", include("config.urls")),
]
handler500 = "foundation.desk.views.errors.failed"


@shared_task(name="tests.config.test_log_lines.careless", ignore_result=True)
def careless(*given: str) -> str:
    """Fail with what the task was given, or return it."""
    if given[0] == "return":
        return " ".join(given)
    raise ValueError(" ".join(given))


@pytest.fixture
def log() -> Iterator[dict[str, io.StringIO]]:
    """Everything that is logged, down to the smallest, in both forms the platform has."""
    kept = {"json": io.StringIO(), "line": io.StringIO()}
    handlers = [logging.StreamHandler(stream) for stream in kept.values()]
    handlers[0].setFormatter(logs.JsonFormatter())
    handlers[1].setFormatter(logs.MaskingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.DEBUG)
    for handler in handlers:
        root.addHandler(handler)
    yield kept
    for handler in handlers:
        root.removeHandler(handler)
    root.setLevel(level)


def lines(log: dict[str, io.StringIO]) -> list[dict[str, Any]]:
    """Return every line of the log for programs: each is one JSON object."""
    return [json.loads(line) for line in log["json"].getvalue().splitlines()]


def nothing_leaked(log: dict[str, io.StringIO]) -> None:
    for text in (log["json"].getvalue(), log["line"].getvalue()):
        assert text
        for value in (NUMBER, PHONE, NAME, LOGIN, NAME.encode("unicode_escape").decode()):
            assert value not in text, f"{value} in {text}"


@pytest.fixture
def client(people: dict[str, User]) -> Iterator[Client]:
    made = Client(raise_request_exception=False)
    made.force_login(people["cun"])
    with override_settings(ROOT_URLCONF=__name__):
        yield made


def test_16_2_5_what_comes_with_a_request_reaches_no_line(
    client: Client, log: dict[str, io.StringIO]
) -> None:
    file = SimpleUploadedFile(f"{PLANTED}.csv", PLANTED.encode(), content_type=f"text/csv; x={LOGIN}")
    client.cookies["remembered"] = LOGIN + NUMBER
    asked = [
        client.get(f"/seize/{PLANTED}/"),
        client.get(f"/seize/?q={PLANTED}"),
        client.get(f"/nothing/{PLANTED}/?q={PLANTED}"),
        client.get(f"/households/{NUMBER}/"),
        client.post("/seize/", {"name": PLANTED, "file": file}),
        client.post(
            "/seize/", {"q": PLANTED}, headers={"X-Fault": "Suspicious", "X-Told": f"{LOGIN}{NUMBER}"}
        ),
        client.post("/swallow/", f'{{"name": "{PLANTED}"', content_type="application/json"),
        client.post("/sign-in/", {"username": LOGIN, "password": NUMBER}),
        client.get(
            "/seize/", headers={"X-Request-ID": NUMBER, "User-Agent": PLANTED.encode().decode("latin-1")}
        ),
        client.get("/", headers={"host": f"{LOGIN}.{PHONE}.example"}),
    ]
    assert {answer.status_code for answer in asked} >= {400, 404, 500}
    nothing_leaked(log)
    told = [line for line in lines(log) if line["message"] == "answered"]
    assert {"seize", "seize_all", "swallow", "none"} <= {line["route"] for line in told}
    assert all(line["ms"] >= 0 and line["status"] and line["request"] for line in told)
    faults = [line["faults"][0]["kind"] for line in lines(log) if line.get("faults")]
    assert {"ValueError", "json.decoder.JSONDecodeError"} <= set(faults)


def test_16_2_5_a_driver_that_quotes_values_is_not_quoted(
    client: Client, log: dict[str, io.StringIO]
) -> None:
    assert client.get("/clash/").status_code == 500
    nothing_leaked(log)
    (told,) = [line for line in lines(log) if line.get("faults")]
    assert [fault["kind"] for fault in told["faults"]] == [
        "django.db.utils.IntegrityError",
        "psycopg2.errors.UniqueViolation",
    ]
    assert told["faults"][1]["sqlstate"] == "23505"
    assert told["faults"][1]["constraint"]


def test_16_2_5_tasks_of_the_worker_tell_neither_what_they_got_nor_what_came_of_it(
    log: dict[str, io.StringIO],
) -> None:
    assert not careless.app.conf.worker_hijack_root_logger, "or a worker would write its own lines"
    careless.apply(args=[PLANTED])
    careless.apply(args=["return", PLANTED])
    told = {"id": "1", "name": careless.name, "args": f"('{PLANTED}',)", "kwargs": "{}"}
    logging.getLogger("celery.worker.strategy").info(LOG_RECEIVED, told)
    logging.getLogger("celery.redirected").warning(f"printed {PLANTED}")
    nothing_leaked(log)
    names = {line["logger"] for line in lines(log)}
    assert {"celery.app.trace", "celery.worker.strategy", "celery.redirected"} <= names
    assert any(careless.name in line["message"] for line in lines(log)), "which task it was is told"


def test_16_2_5_the_web_server_tells_no_address(log: dict[str, io.StringIO]) -> None:
    server = logs.GunicornLog(Config())
    for each in (*log.values(),):  # the server set the log up anew
        handler = logging.StreamHandler(each)
        handler.setFormatter(
            logs.JsonFormatter() if each is log["json"] else logs.MaskingFormatter("%(message)s")
        )
        logging.getLogger("gunicorn.error").addHandler(handler)
    try:
        raise ValueError(PLANTED)
    except ValueError:
        server.exception("Error handling request %s", f"/{PLANTED}")
    server.warning("Invalid request from ip={ip}: {error}".format(ip="127.0.0.1", error=PLANTED))
    server.info("Booting worker with pid: %s", 4711)
    for handler in list(server.error_log.handlers):
        server.error_log.removeHandler(handler)
    nothing_leaked(log)
    assert "Booting worker with pid: 4711" in log["line"].getvalue()
    assert server.access_log.handlers == []


def test_16_2_5_a_fault_that_nobody_caught_is_told_without_its_message(
    log: dict[str, io.StringIO], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for module, hook in (("sys", "excepthook"), ("threading", "excepthook"), ("sys", "unraisablehook")):
        monkeypatch.setattr(f"{module}.{hook}", None)
    logs.take_over_faults()
    logging.captureWarnings(False)

    def fail() -> None:
        raise ValueError(PLANTED)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    nothing_leaked(log)
    assert NAME not in "".join(capsys.readouterr())
    assert [line["logger"] for line in lines(log) if line.get("faults")] == ["config.faults"]


def test_16_2_5_nobody_is_mailed_a_fault_and_no_page_shows_its_insides(client: Client) -> None:
    assert not configured.DEBUG
    assert not configured.ADMINS
    known = [logging.getLogger(), *map(logging.getLogger, logging.Logger.manager.loggerDict)]
    assert not [each for each in known for handler in each.handlers if isinstance(handler, AdminEmailHandler)]
    page = client.post("/seize/", {"q": PLANTED})
    assert page.status_code == 500
    assert not [each for each in (NUMBER, NAME, "Traceback", "ValueError") if each in page.content.decode()]
    assert mail.outbox == []


def test_16_4_1_a_line_break_makes_no_second_line(log: dict[str, io.StringIO]) -> None:
    logging.getLogger("foundation.desk").info("kind %s", FORGED)
    logging.getLogger("library").info("kind %s", FORGED)
    assert len(log["line"].getvalue().splitlines()) == len(lines(log)) == 2
    assert "\x1b" not in log["line"].getvalue() + log["json"].getvalue()
    assert (
        lines(log)[0]["message"] == r"kind \u000d\u000a2026-11-04 INFO foundation.desk forged\u2028\u001b[31m"
    )


@pytest.mark.parametrize(
    "sent",
    ["", NUMBER, "x" * 32, "a" * 32, FORGED.strip(), "6c0b8a4e-0f0e-1b6e-9d3c-0f6a1d2c3b4a", "../" * 12],
)
def test_an_id_that_is_not_well_formed_is_made_anew(client: Client, sent: str) -> None:
    answer = client.get("/me/", headers={"X-Request-ID": sent} if sent else {})
    assert len(answer["X-Request-ID"]) == 32
    assert answer["X-Request-ID"] != sent


def test_an_id_goes_from_the_proxy_to_the_answer_the_record_and_the_log(
    client: Client, log: dict[str, io.StringIO]
) -> None:
    answer = client.post("/sign-out/", headers={"X-Request-ID": "6c0b8a4e-0f0e-4b6e-9d3c-0f6a1d2c3b4a"})
    wanted = "6c0b8a4e0f0e4b6e9d3c0f6a1d2c3b4a"
    assert answer["X-Request-ID"] == wanted
    assert read_body(Entry.objects.get(verb="staff.signed_out"))["request"] == wanted
    (line,) = [each for each in lines(log) if each["message"] == "answered"]
    assert (line["request"], line["route"], line["method"]) == (wanted, "desk:sign_out", "POST")
    assert line["user"] == User.objects.get(username="cun").pk


def test_16_2_5_a_job_knows_the_request_that_asked_and_tells_nothing_it_was_given(
    people: dict[str, User], log: dict[str, io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless_kind(job: Job) -> None:
        raise ValueError(str(job.params))

    monkeypatch.setattr("foundation.jobs.engine.kind_of", careless_kind)
    # The engine lets go of its connections after a fault; this test stands in one transaction.
    monkeypatch.setattr("foundation.jobs.engine.connections", SimpleNamespace(all=lambda **_which: []))
    token = current_request.set("6c0b8a4e0f0e4b6e9d3c0f6a1d2c3b4a")
    try:
        job = enqueue(AREAS.code, {"note": PLANTED}, by=people["xitong"], area=COUNTY, ring=False)
    finally:
        current_request.reset(token)
    take_turn(job.uuid, owner="a worker")
    nothing_leaked(log)
    told = [line for line in lines(log) if line["logger"] == "foundation.jobs.engine"]
    assert told[0]["message"].endswith("ValueError")
    assert {(line["request"], line["job"]) for line in told} == {(job.asked_in, str(job.uuid))}
    assert job.asked_in == "6c0b8a4e0f0e4b6e9d3c0f6a1d2c3b4a"
