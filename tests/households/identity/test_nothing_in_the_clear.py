"""A used register: no number of anybody stands readable in its backup, dump, data folder or logs."""

import base64
import io
import logging
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings

from assistance.aid.recording import record_aid
from config.logs import MaskingFormatter
from foundation.accounts.models import User
from foundation.jobs import spool
from households.identity import keeping
from households.models import Household, Resident
from households.visits.writing import record_visit
from launch import backup
from launch.clients import run_client
from launch.environment import read_installation
from tests.assistance.aid.made import aid
from tests.assistance.help.helped import monitored
from tests.households.families import make_household
from tests.households.identity.made import id_number
from tests.households.visits.made import ANSWERS
from tests.households.visits.made import told as told_visit
from tests.monitoring.feeds import delivered
from tests.people import make_areas, make_people

PHONES = [f"1390000{number:04d}" for number in range(50)]
NUMBERS = [id_number(serial, area="999902") for serial in range(400, 450)]
CARDS = [f"62284800000000{number:05d}" for number in range(5)]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged, down to the smallest, as the platform writes it."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(MaskingFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield kept
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.fixture
def var(tmp_path: Path, own_database: str) -> Iterator[Path]:
    """A data folder of the test's own, keys and uploads in it."""
    place = tmp_path / "var"
    with override_settings(
        VAR=place,
        KEYS_DIR=place / "keys",
        FILES_INCOMING=place / "uploads/incoming",
        FILES_FOLDER=place / "uploads/kept",
        ARCHIVE_INCOMING=place / "archive/incoming",
        ARCHIVE_FOLDER=place / "archive/kept",
        ARCHIVE_CACHE=place / "archive/cache",
    ):
        place.mkdir()
        yield place


def use(client: Callable[[str], Client], household: Household) -> None:
    """Do with numbers whatever people do with them, mistakes and faults included."""
    spool.keep_file(
        io.BytesIO("\n".join(f"姓名,{n},{p}" for n, p in zip(NUMBERS, PHONES, strict=True)).encode())
    )
    kept = keeping.keep("id", NUMBERS)
    phones = keeping.keep("phone", PHONES)
    keeping.keep("id", NUMBERS[::-1])
    member = household.residents.get(name="沈立夏")
    Resident.objects.filter(pk=member.pk).update(identity=kept[NUMBERS[0]])
    Household.objects.filter(pk=household.pk).update(phone=phones[PHONES[0]])
    cun = client("cun")
    page = f"/households/members/{member.pk}/number/"
    for typed in (NUMBERS[0], PHONES[0], NUMBERS[0][-4:]):
        assert cun.post("/search/", {"q": typed}).status_code == 200
        assert cun.post("/households/pick/?field=household", {"household": typed}).status_code == 200
    assert NUMBERS[0] in cun.post(page, {"reason": f"核对 {NUMBERS[0]} 与 {PHONES[0]}"}).content.decode()
    assert NUMBERS[0] not in cun.post(page, {"reason": ""}).content.decode()
    assert client("lin_cun").post(page, {"reason": NUMBERS[0]}).status_code == 404
    assert cun.get(f"/households/{NUMBERS[0]}/").status_code == 404
    with mock.patch("households.search.residents", side_effect=ValueError(f"{NUMBERS[0]} {PHONES[0]}")):
        assert cun.post("/search/", {"q": NUMBERS[0]}).status_code == 500
    call_command("rotate_identities", "--rotate")


def report(people: dict[str, User], household: Household) -> None:
    """Let a department deliver people of the register and of nobody, and the village write numbers into its texts."""
    keeping.keep("card", CARDS)
    said = {"姓名": "沈立夏", "保障类别": "B", "月保障金额": "420.00", "起始日期": "2026-01-01"}
    rows = [{"身份证号": each} | said for each in NUMBERS[:5]]
    made = delivered("dibao_roll", rows, by=people["xian"])
    assert made.rows_accepted == 5
    typed = f"卡 {CARDS[0]}，电话 {PHONES[1]}，证件 {NUMBERS[1]}"
    told = told_visit(household, answers=ANSWERS | {"found": typed}, note=typed)
    visit = record_visit(household, told, by=people["cun"])
    assert "6228" in visit.note
    assert CARDS[0] not in visit.note
    case = monitored(household)
    aided = record_aid(case, aid(case, note=typed), by=people["cun"])
    assert CARDS[0] not in aided.note


def forms(number: str) -> list[bytes]:
    """Return how a number could be written: as text of several encodings, in hex as a dump has bytes, in base64."""
    plain = number.encode()
    inner = base64.b64encode(plain)[:-4]
    return [plain, number.encode("utf-16-le"), plain.hex().encode(), plain.hex().upper().encode(), inner]


def test_no_number_of_anybody_is_left_readable(
    var: Path,
    log: io.StringIO,
    own_database: str,
    tmp_path: Path,
    owner_connection: Callable[..., psycopg2.extensions.connection],
) -> None:
    people = make_people(make_areas())
    household = make_household("YS000001", "沈立夏", "柳霜降", by=people["xian"])

    def client(username: str) -> Client:
        made = Client(raise_request_exception=False)
        made.force_login(people[username])
        return made

    use(client, household)
    report(people, household)
    address = owner_connection(own_database).dsn
    place = read_installation({"SHOUWANG_VAR": str(var)})
    written = tmp_path / "backup.tar"
    with written.open("wb") as stream:
        backup._write_tar(place, address, "0" * 32, tmp_path, stream)
    dump = tmp_path / "dump.sql"
    assert run_client("pg_dump", address, "--format=plain", "-f", str(dump)).returncode == 0
    with tarfile.open(written) as tar:
        for kind in ("files/uploads/", "files/archive/"):
            assert any(name.startswith(kind) for name in tar.getnames()), f"{kind} is part of it"
    places = {
        "the backup": written.read_bytes(),
        "the dump": dump.read_bytes(),
        "the log": log.getvalue().encode(),
        **{str(file): file.read_bytes() for file in var.rglob("*") if file.is_file()},
    }
    assert "ValueError" in log.getvalue(), "the fault itself was logged"
    assert len(places) > 5
    found = {
        (where, number)
        for where, content in places.items()
        for number in [*NUMBERS, *PHONES, *CARDS]
        for form in forms(number)
        if form in content
    }
    assert not found
    assert settings.KEYS_DIR.is_relative_to(var)
