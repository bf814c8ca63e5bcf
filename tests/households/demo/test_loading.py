"""Taking the made register in: by the importers, on its days, once, and on from wherever it was interrupted."""

import pytest

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.scope import within
from foundation.ledger.models import Entry
from households.demo import loading
from households.demo.loading import load_demo_register
from households.demo.mistakes import IN_REGISTER, REFUSED
from households.models import Household, Income, QualityFinding, Resident, Revision, Standing
from tests.households.demo.conftest import LOADED

pytestmark = pytest.mark.django_db


def load(**more):
    return load_demo_register(by=User.objects.built_in("shell"), households=LOADED, **more)


def test_the_register_holds_what_the_files_hold(loaded, written):
    here = within("area__code", ["999901"])
    assert Household.objects.filter(here).count() == written.register.households == LOADED
    assert Resident.objects.filter(here).count() == written.register.persons
    assert len(set(Household.objects.filter(here).values_list("area"))) == written.villages


def test_the_monitored_come_out_to_household_and_person(loaded, written):
    rows = Standing.objects.filter(within("household__area__code", ["999901"]), kind__in=Standing.MONITORED)
    assert rows.count() == sum(tally.households for tally in written.monitored.values())
    assert sum(row.members.count() for row in rows) == sum(t.persons for t in written.monitored.values())
    removed = rows.filter(until_day__isnull=False)
    assert removed.count() == sum(tally.households for tally in written.removed.values())


def test_refused_rows_are_those_that_were_planted(loaded, written):
    counts = Revision.objects.get(kind=Revision.Kind.REGISTER_FILE, area__code__startswith="999901").counts
    assert counts["rejects"] == written.refused
    monitored = Revision.objects.get(kind=Revision.Kind.MONITORED_FILE, area="999901").counts
    assert monitored["rejects"] == {}
    assert monitored["households_created"] == monitored["residents_created"] == 0


def test_each_county_took_its_own_register_in_on_its_day(loaded):
    entries = Entry.objects.filter(verb__in=("register.imported", "monitored.imported"))
    told = set(entries.values_list("area", "role", "entered_on"))
    assert {(area[:6], role, day) for area, role, day in told} == {
        ("999901", "county_dispatcher", loading.DAYS["999901"]),
        ("999902", "county_dispatcher", loading.DAYS["999902"]),
    }


def test_the_incomes_of_the_stories_are_worked_out(loaded):
    told = {
        (income.household.code, income.until_day.year): income.net_per_head for income in Income.objects.all()
    }
    for home in Household.objects.filter(code__in={code for code, _year in told}):
        assert told[home.code, 2026] == home.net_income_per_head or home.code == "YS000009"
    assert (told["YS000001", 2026], told["YS000009", 2025], told["YS000009", 2026]) == (15120, 10300, 11700)


def test_what_was_planted_is_found(loaded):
    found = set(QualityFinding.objects.values_list("rule", flat=True))
    planted = {mistake.rule for mistake in IN_REGISTER if mistake not in REFUSED}
    assert planted <= {rule.rstrip("abcdefg") for rule in found}


def test_a_second_call_does_nothing(loaded):
    entries = Entry.objects.count()
    assert load() == {"steps": loaded["steps"], "played": 0}
    assert Entry.objects.count() == entries


def test_only_the_platform_loads_them(demonstration):
    with pytest.raises(Refused):
        load_demo_register(by=User.objects.get(username="xian"))
