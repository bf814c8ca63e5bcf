"""An empty production installation: three people are opened on the server, and never a superuser."""

import json

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from foundation.accounts.commands import WrongUsage
from foundation.accounts.first_accounts import Person, open_first_accounts
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import ADMINISTRATORS, Right
from foundation.ledger.models import Entry
from tests.people import COUNTY

Areas = dict[str, Area]
OPTIONS = ["--area", COUNTY, "--system", "xt=张系统", "--security", "aq=李安全", "--audit", "sj=王审计"]


def test_three_administrators_can_sign_in_and_make_everybody_else(
    areas: Areas, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("open_first_accounts", *OPTIONS, "--json")
    accounts = json.loads(capsys.readouterr().out)["accounts"]
    assert [account["role"] for account in accounts] == [role.value for role in ADMINISTRATORS]
    for account in accounts:
        user = authenticate(username=account["username"], password=account["password"])
        assert isinstance(user, User)
        assert user.must_change_password
    assert User.objects.get(username="xt").holds(Right.MANAGE_ACCOUNTS, COUNTY)
    assert User.objects.get(username="aq").holds(Right.GRANT_POSTINGS, COUNTY)
    assert User.objects.get(username="sj").holds(Right.VIEW_LEDGER, COUNTY)


def test_every_step_is_on_record_as_done_by_the_shell(areas: Areas) -> None:
    call_command("open_first_accounts", *OPTIONS)
    entries = Entry.objects.filter(object_type__in=["staff", "posting"]).order_by("id")
    verbs = list(entries.values_list("verb", flat=True))
    assert verbs == ["staff.opened", "posting.granted", "staff.password_set"] * 3
    assert set(entries.values_list("actor", flat=True)) == {"shell"}


def test_a_second_time_it_is_refused(areas: Areas) -> None:
    call_command("open_first_accounts", *OPTIONS)
    with pytest.raises(Refused):
        call_command("open_first_accounts", *OPTIONS)
    assert User.objects.filter(is_built_in=False).count() == 3


@pytest.mark.parametrize("audit", ["xt=王审计", "sj=张系统", "ＸＴ=王审计"])
def test_three_offices_are_three_people(areas: Areas, audit: str) -> None:
    with pytest.raises(Refused):
        call_command("open_first_accounts", *OPTIONS[:-1], audit)
    assert not User.objects.filter(is_built_in=False).exists()


def test_without_the_area_it_says_what_to_do_first(db: None) -> None:
    with pytest.raises(Refused, match="import_areas"):
        call_command("open_first_accounts", *OPTIONS)


def test_a_person_is_written_as_login_and_name(areas: Areas) -> None:
    with pytest.raises(WrongUsage):
        call_command("open_first_accounts", *OPTIONS[:-1], "sj")


def test_no_member_of_staff_does_it(people: dict[str, User]) -> None:
    persons = {role: Person(f"a{n}", f"人{n}") for n, role in enumerate(ADMINISTRATORS)}
    with pytest.raises(Refused):
        open_first_accounts(COUNTY, persons, by=people["xitong"])


def test_a_lost_password_is_set_on_the_server(
    people: dict[str, User], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("set_password", "anquan", "--json")
    answer = json.loads(capsys.readouterr().out)
    assert authenticate(**answer) is not None


def test_createsuperuser_says_how_accounts_are_made(db: None) -> None:
    with pytest.raises(CommandError, match="open_first_accounts"):
        call_command("createsuperuser")


def test_the_database_refuses_a_superuser(people: dict[str, User]) -> None:
    with pytest.raises(IntegrityError, match="nobody_is_superuser"), transaction.atomic():
        User.objects.filter(username="cun").update(is_superuser=True)


def test_l07_a_fresh_installation_has_no_account_that_anybody_can_sign_in_with(db: None) -> None:
    accounts = list(User.objects.all())
    assert accounts, "the built-in ones, in whose name the platform itself acts"
    for user in accounts:
        assert user.is_built_in
        assert not user.has_usable_password()
        for guess in ("", user.username, "admin", "123456", "password"):
            assert authenticate(username=user.username, password=guess) is None
    assert not {user.username for user in accounts} & {"admin", "root", "administrator", "test", "guest"}
