"""The keys of identities change while people work; older backups stay readable with the ring of after."""

import threading
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from foundation.accounts.models import User
from foundation.accounts.refusals import Busy, Refused
from foundation.ledger.models import Entry
from foundation.vault import keys
from households import search
from households.identity import keeping, rotation, rotation_job
from households.models import Identity, IdentityKeys, Resident, Tail
from launch.clients import run_client
from tests.households.families import make_household
from tests.households.identity.made import id_number
from tests.people import make_areas, make_people

NUMBERS = [id_number(serial) for serial in range(20)]


class Killed(BaseException):
    """What happens to a process that is killed: nothing after it."""


@pytest.fixture
def register(own_database: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, User]:
    """A household whose head has a number, and other numbers, in steps of seven."""
    monkeypatch.setattr(rotation, "AT_ONCE", 7)
    people = make_people(make_areas())
    household = make_household("YS000001", "沈立夏", "柳霜降", by=people["xian"])
    kept = keeping.keep("id", NUMBERS)
    household.residents.filter(name="沈立夏").update(identity=kept[NUMBERS[0]])
    household.residents.filter(name="柳霜降").update(
        identity=kept[NUMBERS[1]], left_on="2026-01-01", departure="died"
    )
    return people


def rotate() -> None:
    call_command("rotate_identities", "--rotate")


def test_after_a_change_everything_is_found_under_the_new_key_and_nothing_under_the_old(
    register: dict[str, User],
) -> None:
    before, old = keeping.find("id", NUMBERS), keys.current()
    rotate()
    assert keys.current().id != old.id
    assert keeping.find("id", NUMBERS) == before
    assert set(IdentityKeys.objects.values_list("active", "key_a", "key_b")) == {
        ("b", "", keys.current().id.hex())
    }
    assert not Identity.objects.exclude(token_a=None, tail_a=None).exists()
    assert {bytes(sealed[1:9]) for sealed in Identity.objects.values_list("sealed", flat=True)} == {
        keys.current().id
    }
    assert not Tail.objects.exclude(tail_a=None).exists()
    for number in NUMBERS[:2]:
        assert (
            search.residents(register["cun"], number[-4:]) == search.residents(register["cun"], number) != []
        )


def test_a_second_change_uses_the_first_column_again(register: dict[str, User]) -> None:
    before = keeping.find("id", NUMBERS)
    rotate()
    rotate()
    assert IdentityKeys.objects.get().active == "a"
    assert keeping.find("id", NUMBERS) == before
    assert list(Entry.objects.filter(object_type="identity_keys").order_by("id").values_list("verb", flat=True)) == [
        "identity.rotation_begun", "identity.rotated"] * 2  # fmt: skip


def test_what_comes_during_the_change_stands_under_both_keys(register: dict[str, User]) -> None:
    keys.rotate()
    rotation.begin(by=User.objects.built_in("shell"))
    (subject,) = keeping.keep("phone", ["13800138000"]).values()
    row = Identity.objects.get(subject=subject)
    assert None not in (row.token_a, row.token_b, row.tail_a, row.tail_b)
    call_command("rotate_identities")
    assert keeping.find("phone", ["13800138000"]) == {"13800138000": subject}


@pytest.mark.parametrize("kills", [1, 3])
@override_settings(JOB_LEASE_SECONDS=1)
def test_killed_anywhere_it_goes_on_where_it_stood(register: dict[str, User], kills: int) -> None:
    before = keeping.find("id", NUMBERS)
    step, calls = rotation._write, mock.Mock()

    def killed(*given: object) -> None:
        calls()
        if calls.call_count == kills:
            raise Killed
        step(*given)

    with mock.patch.object(rotation, "_write", killed):
        try:
            rotate()
        except Killed:
            assert keeping.find("id", NUMBERS) == before, "people go on finding meanwhile"
        call_command("rotate_identities")
    assert keeping.find("id", NUMBERS) == before
    assert not Identity.objects.exclude(token_a=None).exists()


def test_the_index_stays_where_a_number_does_not_open(register: dict[str, User]) -> None:
    broken = Identity.objects.first()
    Identity.objects.filter(pk=broken.pk).update(sealed=b"\x01" + b"?" * 60)
    with pytest.raises(Refused, match="1"):
        rotate()
    assert IdentityKeys.objects.get().active == "a"
    assert len(keeping.find("id", NUMBERS)) == len(NUMBERS)


def test_the_change_waits_for_who_keeps_numbers(register: dict[str, User]) -> None:
    begun, done = threading.Event(), threading.Event()

    def keep() -> None:
        with transaction.atomic():
            keeping.keep("id", [id_number(500)])
            begun.set()
            done.wait(10)
        connection.close()

    keeper = threading.Thread(target=keep)
    keeper.start()
    begun.wait(10)
    keys.rotate()
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    with pytest.raises(Busy):
        rotation.begin(by=User.objects.built_in("shell"))
    done.set()
    keeper.join()
    assert rotation.begin(by=User.objects.built_in("shell")) == "b"


def test_nobody_changes_keys_without_the_right_in_the_whole_country(register: dict[str, User]) -> None:
    with pytest.raises(Refused):
        rotation_job.ask(by=register["xitong"])


def test_a_dump_of_before_works_with_the_keys_of_after(
    register: dict[str, User],
    own_database: str,
    tmp_path: Path,
    owner_connection: Callable[..., psycopg2.extensions.connection],
) -> None:
    address = owner_connection(own_database).dsn
    dump = tmp_path / "before.sql"
    assert run_client("pg_dump", address, "--format=plain", "-f", str(dump)).returncode == 0
    before = keeping.find("id", NUMBERS)
    rotate()
    restored = f"{own_database}_restored"
    owner_connection(own_database).cursor().execute(f"CREATE DATABASE {restored}")
    try:
        target = owner_connection(restored).dsn
        assert (
            run_client("psql", target, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", str(dump)).returncode == 0
        )
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = restored
        assert keeping.find("id", NUMBERS) == before
        row = Identity.objects.get(subject=before[NUMBERS[3]])
        assert keeping.opened(row.subject, row.sealed) == NUMBERS[3]
        rotate()
        assert keeping.find("id", NUMBERS) == before, "and its keys can be changed too"
        assert Resident.objects.filter(tail__tail_b__isnull=False).count() == 2
    finally:
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = own_database
        owner_connection(own_database).cursor().execute(f"DROP DATABASE {restored} WITH (FORCE)")
