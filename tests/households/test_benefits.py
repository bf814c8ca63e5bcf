"""Dibao and tekun by hand: what is received and its period, who may, what is refused, and what a file may not undo."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts import clock, kin
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from households import benefits
from households.benefits import Benefit
from households.departures import take_back
from households.low_income import is_low_income
from households.models import Household, Resident, Standing
from households.register.importing import import_register
from households.sources import source_of
from tests.households.departing import depart
from tests.households.families import MOTHER, SPOUSE, stand
from tests.households.register.files import csv_of, row

SignedIn = Callable[..., Client]
People = dict[str, User]
DAY = datetime.date(2026, 11, 4)
SINCE = datetime.date(2026, 3, 1)
LAST = datetime.date(2026, 10, 31)


@pytest.fixture
def mother(home: Household) -> Resident:
    """The mother, whom a file states to be in dibao since a day that it does not say."""
    found: Resident = home.residents.get(relation=MOTHER)
    stand(home, "dibao", resident=found)
    return found


@pytest.fixture
def spouse(home: Household) -> Resident:
    found: Resident = home.residents.get(relation=SPOUSE)
    return found


def by_hand(row: Resident, by: User, wanted: Benefit, kind: str = "dibao", **how: Any) -> None:
    row.refresh_from_db()
    how = {"checked_on": DAY, "reason": "核对发放名册"} | how
    benefits.correct(row, kind, wanted, by=by, seen=row.revision_id, **how)
    row.refresh_from_db()


def test_who_receives_it_now_has_a_standing_from_that_day(people: People, spouse: Resident) -> None:
    by_hand(spouse, people["cun"], Benefit("rural", SINCE))
    standing = Standing.objects.get(resident=spouse)
    assert (standing.kind, standing.from_day, standing.until_day) == ("dibao", SINCE, None)
    assert (standing.basis, standing.revision) == ("hand", spouse.revision)
    assert (spouse.dibao, source_of(spouse, "dibao").kind) == ("rural", "hand")
    assert is_low_income(spouse.household, DAY)
    assert not is_low_income(spouse.household, SINCE - datetime.timedelta(days=1))


def test_an_end_keeps_the_period_and_says_so_in_the_record(people: People, mother: Resident) -> None:
    by_hand(mother, people["cun"], Benefit("none", until_day=LAST))
    standing = Standing.objects.get(resident=mother)
    assert (standing.from_day, standing.until_day, mother.dibao) == (None, LAST, "none")
    assert standing.versions.get().until_day is None
    told = {
        entry.verb: read_body(entry)["details"] for entry in Entry.objects.filter(object_type="household")
    }
    assert told["resident.corrected"]["fields"] == ["dibao"]
    assert told["standing.ended"]["until"] == str(LAST)
    by_hand(mother, people["cun"], Benefit("urban", DAY))
    assert Standing.objects.filter(resident=mother).count() == 2


def test_a_wrong_day_is_corrected_in_the_same_period(people: People, mother: Resident) -> None:
    by_hand(mother, people["cun"], Benefit("rural", SINCE))
    assert Standing.objects.get(resident=mother).from_day == SINCE
    assert Entry.objects.filter(verb="standing.corrected").count() == 1


def test_what_never_was_is_taken_away_and_kept_in_history(people: People, mother: Resident) -> None:
    by_hand(mother, people["cun"], Benefit("none", never=True))
    assert not Standing.objects.exists()
    assert Entry.objects.filter(verb="standing.withdrawn").count() == 1
    table = Standing._meta.get_field("versions").related_model
    assert table.objects.get().kind == "dibao"


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Benefit("much"), "aid"),
        (Benefit("rural", DAY + datetime.timedelta(days=1)), "from_day"),
        (Benefit("rural", SINCE, LAST), "until_day"),
        (Benefit("none"), "until_day"),
        (Benefit("none", SINCE, LAST), "from_day"),
        (Benefit("rural"), None),
    ],
)
def test_what_cannot_be_is_refused(
    people: People, mother: Resident, wanted: Benefit, field: str | None
) -> None:
    with pytest.raises(Refused) as refused:
        by_hand(mother, people["cun"], wanted)
    assert refused.value.field == field
    assert Standing.objects.get().until_day is None


def test_a_period_that_overlaps_the_last_one_is_refused(people: People, mother: Resident) -> None:
    by_hand(mother, people["cun"], Benefit("none", until_day=LAST))
    with pytest.raises(Refused) as refused:
        by_hand(mother, people["cun"], Benefit("rural", SINCE))
    assert refused.value.field == "from_day"
    mother.refresh_from_db()
    assert mother.dibao == "none", "nothing is half done"


def test_what_was_seen_earlier_does_not_replace_what_is_known(people: People, mother: Resident) -> None:
    with pytest.raises(Refused) as refused:
        by_hand(mother, people["cun"], Benefit("none", never=True), checked_on=datetime.date(2026, 9, 1))
    assert refused.value.field == "happened_on"


def test_who_may_not_and_kin_and_a_stale_page_are_refused(
    people: People, home: Household, mother: Resident
) -> None:
    gone = Benefit("none", until_day=LAST)
    for who in ("shuji", "lin_cun"):
        with pytest.raises(Refused):
            by_hand(mother, people[who], gone)
    with pytest.raises(Refused):
        benefits.correct(mother, "dibao", gone, by=people["cun"], checked_on=DAY, seen=0)
    kin.declare(home.code, Kin.Relation.OWN, by=people["cun"])
    with pytest.raises(Refused):
        by_hand(mother, people["cun"], gone)


@pytest.mark.parametrize(
    ("as_of", "stays"), [("2026-11-03", True), ("2026-11-04", True), ("2026-11-05", False)]
)
def test_a_file_does_not_undo_what_was_checked_by_hand_unless_it_is_newer(
    people: People, as_of: str, stays: bool
) -> None:
    xian, day = people["xian"], datetime.date.fromisoformat(as_of)
    import_register(csv_of([row(1, dibao="农村低保")]), by=xian, as_of=datetime.date(2026, 9, 30))
    head = Resident.objects.get()
    by_hand(head, people["cun"], Benefit("none", until_day=LAST))
    with clock.at(datetime.date(2026, 11, 10)):
        done = import_register(csv_of([row(1, dibao="农村低保")]), by=xian, as_of=day)
    head.refresh_from_db()
    assert head.dibao == ("none" if stays else "rural")
    assert done.written.kept == ({"dibao": 1} if stays else {})
    periods = Standing.objects.order_by("pk").values_list("from_day", "until_day")
    assert list(periods) == [(None, LAST)] + ([] if stays else [(day, None)])


def test_a_departure_ends_what_a_member_counts_as_and_taking_it_back_restores_it(
    people: People, home: Household, mother: Resident
) -> None:
    left = datetime.date(2026, 11, 1)
    stand(home, "tekun", resident=mother, from_day="2026-01-01", until_day="2026-06-30")
    household_s = stand(home, "lifted_out")
    depart(mother, Resident.Departure.DIED, left, by=people["cun"], seen=mother.revision_id)
    dibao, tekun = (Standing.objects.get(resident=mother, kind=kind) for kind in ("dibao", "tekun"))
    assert (dibao.until_day, dibao.revision_id) == (left, mother.revision_id)
    assert tekun.until_day == datetime.date(2026, 6, 30)
    household_s.refresh_from_db()
    assert household_s.until_day is None
    entry = Entry.objects.get(verb="standing.ended")
    assert read_body(entry)["details"]["standing"] == dibao.pk
    with pytest.raises(Refused):
        by_hand(mother, people["cun"], Benefit("none", never=True))
    take_back(mother, by=people["cun"], seen=mother.revision_id, reason="同名误录")
    dibao.refresh_from_db()
    assert dibao.until_day is None
    tekun.refresh_from_db()
    assert tekun.until_day == datetime.date(2026, 6, 30)
    assert Entry.objects.filter(verb="standing.reopened").count() == 1


def test_what_began_after_the_departure_ends_on_its_first_day(
    people: People, home: Household, spouse: Resident
) -> None:
    late = stand(home, "dibao", resident=spouse, from_day="2026-11-03")
    depart(
        spouse,
        Resident.Departure.MOVED_OUT,
        datetime.date(2026, 11, 1),
        by=people["cun"],
        seen=spouse.revision_id,
    )
    late.refresh_from_db()
    assert late.until_day == late.from_day
    assert not is_low_income(home, DAY)


def test_the_page_offers_what_is_known_and_takes_the_end(signed_in: SignedIn, mother: Resident) -> None:
    client, address = signed_in("cun"), reverse("households:member_dibao", args=[mother.pk])
    page = client.get(reverse("households:household", args=[mother.household_id])).content.decode()
    assert address in page
    assert client.get(address).context["form"].initial["aid"] == "rural"
    sent = {"seen": mother.revision_id, "aid": "none", "happened_on": str(DAY), "reason": ""}
    assert "until_day" in client.post(address, sent).context["form"].errors
    assert client.post(address, sent | {"until_day": str(LAST)}).status_code == 302
    assert Standing.objects.get(resident=mother).until_day == LAST
    assert signed_in("lin_cun").get(address).status_code == 404
    assert signed_in("shuji").get(address).status_code == 403
    shown = signed_in("shuji").get(reverse("households:household", args=[mother.household_id]))
    assert address not in shown.content.decode()
