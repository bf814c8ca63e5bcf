"""Correcting by hand: a revision, a source for each changed field, an entry, and what is refused."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from households.corrections import correct
from households.identity import showing
from households.models import Household, Resident, Revision
from households.sources import source_of
from tests.households.families import HEAD, MOTHER, SON, SPOUSE

SignedIn = Callable[..., Client]
People = dict[str, User]
DAY = datetime.date(2026, 11, 4)
YESTERDAY = datetime.date(2026, 11, 3)


@pytest.fixture
def mother(home: Household) -> Resident:
    found: Resident = home.residents.get(relation=MOTHER)
    return found


def by_hand(row: Household | Resident, by: User, on: datetime.date = DAY, **wanted: Any) -> Revision:
    """Correct as somebody who has just read the row."""
    row.refresh_from_db()
    return correct(row, wanted, by=by, checked_on=on, seen=row.revision_id, reason="入户所见")


def test_a_correction_is_a_revision_of_its_own(people: People, home: Household) -> None:
    before = home.revision_id
    revision = by_hand(home, people["cun"], YESTERDAY, house_grade="D", water_safe=True)
    home.refresh_from_db()
    assert (home.house_grade, home.revision_id) == ("D", revision.pk)
    assert (revision.kind, revision.as_of, revision.entered_on, revision.area_id) == (
        "hand", YESTERDAY, DAY, home.area_id,
    )  # fmt: skip
    assert home.versions.get().house_grade == "C"
    assert home.versions.get().revision_id == before


def test_the_stated_income_is_corrected_and_no_older_file_undoes_it(people: People, home: Household) -> None:
    by_hand(home, people["cun"], net_income_per_head=Decimal("8650.50"))
    home.refresh_from_db()
    assert home.net_income_per_head == Decimal("8650.50")
    assert source_of(home, "net_income_per_head").kind == "hand"
    with pytest.raises(Refused) as refused:
        by_hand(home, people["cun"], YESTERDAY, net_income_per_head=None)
    assert refused.value.field == "happened_on"
    with pytest.raises(Refused):
        by_hand(home, people["cun"], net_income_per_head=Decimal(123456789012))


def test_only_what_changed_gets_the_hand_as_its_source(people: People, mother: Resident) -> None:
    by_hand(mother, people["cun"], YESTERDAY, labour="4", health=["2", "4"], name="何冬至")
    mother.refresh_from_db()
    assert (source_of(mother, "labour").kind, source_of(mother, "labour").day) == ("hand", YESTERDAY)
    assert source_of(mother, "health").kind == "register_file"
    assert set(mother.field_sources) == {"labour"}


def test_the_record_says_which_fields_and_not_what_stands_in_them(people: People, mother: Resident) -> None:
    before = mother.revision_id
    revision = by_hand(mother, people["cun"], YESTERDAY, work_place="东莞", work_months=3)
    entry = Entry.objects.get(verb="resident.corrected")
    body = read_body(entry)
    assert (entry.object_type, entry.object_id, entry.area) == (
        "household",
        str(mother.household_id),
        mother.area_id,
    )
    assert (entry.happened_on, entry.entered_on, entry.actor) == (YESTERDAY, DAY, f"staff:{people['cun'].pk}")
    assert (body["before"], body["after"]) == (before, revision.pk)
    assert body["details"] == {"fields": ["work_months", "work_place"], "resident": mother.pk}
    assert "东莞".encode() not in bytes(entry.body)


def test_a_new_name_brings_its_initials(people: People, mother: Resident) -> None:
    by_hand(mother, people["cun"], name=" 何  立春 ")
    mother.refresh_from_db()
    assert (mother.name, mother.initials) == ("何 立春", "hlc")
    assert set(mother.field_sources) == {"name"}


def test_a_correction_is_undone_by_another(people: People, mother: Resident) -> None:
    by_hand(mother, people["cun"], labour="4")
    by_hand(mother, people["zhen"], labour="5")
    mother.refresh_from_db()
    assert mother.labour == "5"
    assert list(mother.versions.order_by("pgh_id").values_list("labour", flat=True)) == ["5", "4"]


def test_a_telephone_is_kept_sealed_and_can_be_taken_away(people: People, home: Household) -> None:
    by_hand(home, people["cun"], phone="139 0000 4321")
    home.refresh_from_db()
    assert showing.masked_one(home.phone) == "1390*****21"
    by_hand(home, people["cun"], phone=None)
    home.refresh_from_db()
    assert home.phone is None
    with pytest.raises(Refused) as refused:
        by_hand(home, people["cun"], phone="12")
    assert refused.value.field == "phone"


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"labour": "9"}, "labour"),
        ({"health": ["1", "x"]}, "health"),
        ({"relation": HEAD}, "relation"),
        ({"work_months": 13}, "work_months"),
        ({"name": ""}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"labour": "5", "health": ["2", "4"]}, None),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    people: People, mother: Resident, wanted: dict[str, Any], field: str | None
) -> None:
    with pytest.raises(Refused) as refused:
        by_hand(mother, people["cun"], **wanted)
    assert refused.value.field == field
    assert not Revision.objects.filter(kind="hand").exists()


def test_what_was_seen_before_the_registers_day_does_not_replace_it(people: People, mother: Resident) -> None:
    with pytest.raises(Refused, match="2026-09-30") as refused:
        by_hand(mother, people["cun"], datetime.date(2026, 9, 29), labour="4")
    assert refused.value.field == "happened_on"
    by_hand(mother, people["cun"], YESTERDAY, labour="4")
    with pytest.raises(Refused, match="2026-11-03"):
        by_hand(mother, people["cun"], datetime.date(2026, 11, 2), labour="1")


def test_days_to_come_and_late_entries_without_a_reason_are_refused(people: People, mother: Resident) -> None:
    for day in (DAY + datetime.timedelta(days=1), DAY - datetime.timedelta(days=8)):
        with pytest.raises(Refused):
            correct(mother, {"labour": "4"}, by=people["cun"], checked_on=day, seen=mother.revision_id)


def test_what_somebody_changed_meanwhile_is_not_overwritten(people: People, mother: Resident) -> None:
    seen = mother.revision_id
    by_hand(mother, people["zhen"], labour="4")
    with pytest.raises(Refused):
        correct(mother, {"labour": "3"}, by=people["cun"], checked_on=DAY, seen=seen)
    mother.refresh_from_db()
    assert mother.labour == "4"
    assert Revision.objects.filter(kind="hand").count() == 1
    assert Entry.objects.filter(verb="resident.corrected").count() == 1


@pytest.mark.parametrize("who", ["shuji", "shending", "xitong", "lin_cun", "shi"])
def test_without_the_right_here_nothing_is_corrected(people: People, home: Household, who: str) -> None:
    with pytest.raises(Refused):
        by_hand(home, people[who], house_grade="D")


def test_nobody_corrects_their_own_household(people: People, home: Household, mother: Resident) -> None:
    kin.declare(" ys000001", Kin.Relation.OWN, by=people["cun"])
    for row, wanted in ((home, {"house_grade": "D"}), (mother, {"labour": "4"})):
        with pytest.raises(Refused):
            by_hand(row, people["cun"], **wanted)
    assert by_hand(home, people["zhen"], house_grade="D")


def test_a_hand_cannot_touch_what_files_say(people: People, mother: Resident) -> None:
    with pytest.raises(ValueError, match="dibao"):
        by_hand(mother, people["cun"], dibao="none")


class TestForms:
    def test_a_member_is_corrected_on_a_page(self, signed_in: SignedIn, mother: Resident) -> None:
        client, address = signed_in("cun"), reverse("households:member_correct", args=[mother.pk])
        form = client.get(address).context["form"]
        given = {name: form[name].value() for name in form.fields}
        assert (given["relation"], given["health"], given["happened_on"]) == (MOTHER, ["4", "2"], DAY)
        sent = {name: value for name, value in given.items() if value is not None} | {
            "health": ["3"],
            "insured": "yes",
        }
        answer = client.post(address, sent, follow=True)
        assert answer.redirect_chain == [(reverse("households:household", args=[mother.household_id]), 302)]
        mother.refresh_from_db()
        assert (mother.health, mother.insured, set(mother.field_sources)) == (
            ["3"],
            True,
            {"health", "insured"},
        )

    def test_a_household_is_corrected_on_a_page(self, signed_in: SignedIn, home: Household) -> None:
        client, address = signed_in("cun"), reverse("households:household_correct", args=[home.pk])
        page = client.get(address)
        assert "1380*****34" in page.content.decode()
        assert "13800001234" not in page.content.decode()
        form = page.context["form"]
        sent = {name: form[name].value() or "" for name in form.fields if name != "no_phone"}
        sent |= {"stay_area": "999902001001", "water_safe": "no"}
        assert client.post(address, sent).status_code == 302
        home.refresh_from_db()
        assert (home.stay_area_id, home.water_safe) == ("999902001001", False)
        assert home.phone is not None

    def test_an_error_keeps_what_was_typed(self, signed_in: SignedIn, home: Household) -> None:
        address = reverse("households:household_correct", args=[home.pk])
        sent = {"seen": home.revision_id, "happened_on": "2027-01-01", "address": "新址 7 号", "phone": "x"}
        answer = signed_in("cun").post(address, sent | {"house_grade": "C", "water_safe": "yes"})
        assert answer.status_code == 200
        assert "新址 7 号" in answer.content.decode()
        assert list(answer.context["form"].errors) == ["happened_on"]
        sent |= {"happened_on": str(DAY)}
        answer = signed_in("cun").post(address, sent | {"house_grade": "C", "water_safe": "yes"})
        assert list(answer.context["form"].errors) == ["phone"]

    def test_a_stale_form_is_refused_with_a_sentence(
        self, signed_in: SignedIn, people: People, home: Household
    ) -> None:
        seen = home.revision_id
        by_hand(home, people["zhen"], house_grade="B")
        address = reverse("households:household_correct", args=[home.pk])
        sent = {"seen": seen, "happened_on": str(DAY), "house_grade": "A", "water_safe": "yes"}
        answer = signed_in("cun").post(address, sent)
        assert answer.context["form"].non_field_errors()
        home.refresh_from_db()
        assert home.house_grade == "B"

    def test_ones_own_household_sends_back_to_its_page(
        self, signed_in: SignedIn, people: People, home: Household
    ) -> None:
        kin.declare(home.code, Kin.Relation.OWN, by=people["cun"])
        son = home.residents.get(relation=SON)
        spouse = home.residents.get(relation=SPOUSE)
        for name, key in (
            ("household_correct", home.pk),
            ("member_correct", son.pk),
            ("member_left", spouse.pk),
        ):
            answer = signed_in("cun").get(reverse(f"households:{name}", args=[key]))
            assert answer.headers["Location"] == reverse("households:household", args=[home.pk])

    def test_a_value_that_no_list_knows_stays(self, signed_in: SignedIn, mother: Resident) -> None:
        Resident.objects.filter(pk=mother.pk).update(education="文盲")
        form = signed_in("cun").get(reverse("households:member_correct", args=[mother.pk])).context["form"]
        assert ("文盲", "文盲") in form.fields["education"].choices
