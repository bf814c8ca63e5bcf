"""The demonstration as it was played: by the rules, by the right people, with something for every list."""

import datetime
import re
from collections import Counter

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.db import connection

from foundation.accounts import vacancies
from foundation.accounts.area_import import TO_COUNTY
from foundation.accounts.demo import places
from foundation.accounts.demo.loading import load_demo
from foundation.accounts.demo.names import SOLAR_TERMS
from foundation.accounts.models import Area, Installation, Posting, StandIn, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Level, Right, Role
from foundation.ledger.models import Entry

TODAY = datetime.date(2026, 11, 4)


pytestmark = pytest.mark.django_db


def the(username: str) -> User:
    return User.objects.get(username=username)


def test_every_role_has_somebody_to_sign_in_as(demonstration):
    held = {duty.role for account in demonstration for duty in the(account.login).duties()}
    assert held == set(Role)


def test_the_printed_passwords_open_the_accounts(demonstration):
    for account in demonstration:
        person = the(account.login)
        assert check_password(account.password, person.password)
        assert not person.must_change_password
        validate_password(account.password, person)
    first = demonstration[0]
    assert authenticate(username=first.login, password=first.password) == the(first.login)


def test_nobody_else_can_sign_in(demonstration):
    doors = {account.login for account in demonstration}
    others = User.objects.filter(is_built_in=False).exclude(username__in=doors)
    assert others.count() > 150
    assert not [person for person in others if person.has_usable_password()]


def test_no_password_rests_in_the_database(demonstration):
    shown = "|".join(account.password for account in demonstration)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name} t WHERE t::text ~ %s", [shown])
            assert cursor.fetchone()[0] == 0, table


def test_the_areas_are_the_nations_to_the_county_and_two_invented_counties(demonstration):
    lines = [*TO_COUNTY.read_text().splitlines(), *places.FILE.read_text().splitlines()]
    codes = [line.split(",")[0] for line in lines if re.match(r"\d+,", line)]
    assert len(set(codes)) == len(codes) == Area.objects.count()
    assert not Area.objects.orphans().exists()
    assert not [code for code in codes if len(code) > Level.COUNTY and not code.startswith("9999")]


def test_two_villages_are_without_an_assistant_and_their_work_has_an_owner(demonstration):
    empty = list(vacancies.vacancies(the("anquan")).values_list("code", flat=True))
    assert empty == ["999901001009", "999901005004"]
    owner = vacancies.owners(empty[0], Role.VILLAGE_ASSISTANT)[0].user
    assert owner == the("zhen")
    assert not vacancies.vacancies(the("lin_anquan")).exists()


def test_one_stand_in_runs_and_one_has_ended(demonstration):
    assert StandIn.objects.count() == 2
    running = StandIn.objects.in_force(TODAY).get()
    assert running.posting.area_id == "999901001004"
    assert Right.VIEW_HOUSEHOLDS in {
        right for right in Right if running.substitute.holds(right, "999901001004")
    }


def test_one_posting_ends_in_ten_days_and_three_have_ended(demonstration):
    soon = [post for post in vacancies.ending_soon(the("anquan")) if post.role == Role.VILLAGE_ASSISTANT]
    assert [(post.until_day - TODAY).days for post in soon] == [10]
    assert Posting.objects.filter(until_day__lt=TODAY).count() == 3


def test_the_ledger_tells_every_act_with_its_day_and_its_office(demonstration):
    verbs = Counter(Entry.objects.values_list("verb", flat=True))
    assert verbs["staff.opened"] == User.objects.filter(is_built_in=False).count()
    assert verbs["posting.granted"] == Posting.objects.count()
    assert (
        verbs["posting.ended"]
        == Posting.objects.filter(role=Role.VILLAGE_ASSISTANT, until_day__isnull=False).count()
    )
    played = Entry.objects.filter(verb__regex=r"^(area|staff|posting|role|stand_in)\.")
    offices = played.exclude(actor="shell").values_list("verb", "role").distinct()
    assert set(offices) == {
        ("staff.opened", Role.SYSTEM_ADMIN),
        ("posting.granted", Role.SECURITY_ADMIN),
        ("posting.ended", Role.SECURITY_ADMIN),
        ("role.labelled", Role.SECURITY_ADMIN),
        ("stand_in.arranged", Role.TOWNSHIP_VERIFIER),
    }
    days = set(played.exclude(verb="staff.password_set").values_list("entered_on", flat=True))
    assert (min(days), max(days)) == (datetime.date(2026, 8, 1), datetime.date(2026, 10, 28))


def test_everybody_is_called_after_a_solar_term(demonstration):
    names = User.objects.filter(is_built_in=False).values_list("name", flat=True)
    assert not [name for name in names if name[1:] not in SOLAR_TERMS]
    assert len(set(names)) == len(names)


def test_the_clock_stands_at_the_day_of_the_demonstration(demonstration):
    assert Installation.objects.filter(demo=True, pinned_day=TODAY).exists()


def test_a_second_run_does_nothing(demonstration):
    entries = Entry.objects.count()
    assert load_demo(by=the("shell"), if_empty=True) == []
    with pytest.raises(Refused):
        load_demo(by=the("shell"))
    assert Entry.objects.count() == entries
