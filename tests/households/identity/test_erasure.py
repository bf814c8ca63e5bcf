"""Erasing a person leaves nothing of them, in rows, history or the record, and breaks nothing."""

import json

import pytest
from django.core import serializers

from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry, Opening
from households.identity import erasure, keeping, showing
from households.identity.erasure import Ground
from households.models import Duplicate, Household, Identity, Resident, Tail
from tests.households.families import make_household
from tests.people import NEIGHBOUR_VILLAGE

NAME, OTHER_NAME = "柳霜降", "柳大雪"
PHONE = "13800001234"


def version_table() -> type:
    return Resident._meta.get_field("versions").related_model


@pytest.fixture
def spouse(home: Household, people: dict[str, User]) -> Resident:
    """Somebody with a history, a former household, and entries in the record."""
    row = home.residents.select_related("identity", "household").get(name=NAME)
    showing.reveal(row.identity, about=row, reason=f"电话核对 {NAME}", by=people["cun"])
    Resident.objects.filter(pk=row.pk).update(name=OTHER_NAME)
    Resident.objects.filter(pk=row.pk).update(work_place="深圳")
    row.refresh_from_db()
    return row


def everything() -> str:
    """All that the database says of residents, versions, openings and entries."""
    rows = [*Resident.objects.all(), *version_table().objects.all(), *Opening.objects.all()]
    texts = [serializers.serialize("json", rows, ensure_ascii=False)]
    texts += [bytes(body).decode() for body in Entry.objects.values_list("body", flat=True)]
    texts += [bytes(content).decode() for content in Opening.objects.values_list("content", flat=True)]
    return "\n".join(texts)


def test_nothing_of_a_person_is_left(spouse: Resident, people: dict[str, User]) -> None:
    subject = spouse.identity_id
    for word in (NAME, OTHER_NAME, "深圳", str(subject)):
        assert word in everything()
    assert erasure.erase(spouse, ground=Ground.REQUEST, by=people["shending"]) == 4
    for word in (NAME, OTHER_NAME, "深圳", "1982-07-01", str(subject)):
        assert word not in everything()
    assert not Identity.objects.filter(subject=subject).exists()
    assert not Tail.objects.filter(resident=spouse).exists()
    assert spouse.is_erased


def test_the_others_stay_as_they_are(spouse: Resident, home: Household, people: dict[str, User]) -> None:
    before = set(home.residents.exclude(pk=spouse.pk).values_list("name", "identity", "born_on"))
    erasure.erase(spouse, ground=Ground.TERM, by=people["shending"])
    assert set(home.residents.exclude(pk=spouse.pk).values_list("name", "identity", "born_on")) == before
    assert home.residents.present().count() == 4, "counts of former days stand on the rows"


def test_the_record_keeps_that_it_was_done_and_no_digest_breaks(
    spouse: Resident, people: dict[str, User]
) -> None:
    bodies = dict(Entry.objects.values_list("pk", "body"))
    erasure.erase(spouse, ground=Ground.MISTAKE, by=people["shending"])
    assert bodies.items() <= dict(Entry.objects.values_list("pk", "body")).items()
    entry = Entry.objects.get(verb="identity.erased")
    assert json.loads(bytes(entry.body))["details"]["ground"] == "mistake"
    assert not Opening.objects.filter(entry=entry).exists()


def test_a_telephone_goes_where_that_is_asked_and_nobody_else_has_it(
    home: Household, spouse: Resident, people: dict[str, User]
) -> None:
    erasure.erase(spouse, ground=Ground.REQUEST, by=people["shending"])
    assert keeping.find("phone", [PHONE])
    other = Household.objects.get(pk=home.pk)
    (head,) = home.residents.filter(name="沈立夏")
    erasure.erase(head, ground=Ground.REQUEST, by=people["shending"], phone=True)
    assert keeping.find("phone", [PHONE]) == {}
    other.refresh_from_db()
    assert other.phone is None


def test_the_same_number_brought_again_is_a_new_person(spouse: Resident, people: dict[str, User]) -> None:
    row = spouse.identity
    number = keeping.opened(row.subject, row.sealed)
    erasure.erase(spouse, ground=Ground.REQUEST, by=people["shending"])
    assert keeping.keep("id", [number])[number] != row.subject


@pytest.mark.parametrize("who", ["xian", "cun", "lin_xian", "shenjiyuan"])
def test_who_may_not_erase_gets_a_sentence(spouse: Resident, people: dict[str, User], who: str) -> None:
    with pytest.raises(Refused):
        erasure.erase(spouse, ground=Ground.REQUEST, by=people[who])


def test_a_pair_of_households_that_both_had_a_person_goes_too(
    spouse: Resident, home: Household, people: dict[str, User]
) -> None:
    Duplicate.objects.create(
        identity=spouse.identity,
        household=home,
        claimed_code="YS000009",
        claimed_area=home.area,
        claimed_name=NAME,
        found_on="2026-11-04",
        revision=home.revision,
    )
    erasure.erase(spouse, ground=Ground.REQUEST, by=people["shending"])
    assert not Duplicate.objects.exists()


def test_a_household_elsewhere_keeps_its_row_and_the_number_until_it_is_erased_there(
    spouse: Resident, people: dict[str, User]
) -> None:
    far = make_household("LX1", "沈小暑", by=people["lin_xian"], area=NEIGHBOUR_VILLAGE)
    former = far.residents.get()
    former.identity, former.left_on, former.departure = spouse.identity, "2025-01-01", "married_out"
    former.save()
    subject = spouse.identity_id
    erasure.erase(spouse, ground=Ground.REQUEST, by=people["shending"])
    former.refresh_from_db()
    assert (former.name, former.identity_id) == ("沈小暑", subject)
    assert Identity.objects.filter(subject=subject).exists()


def test_every_row_of_a_person_has_its_entry(
    spouse: Resident, home: Household, people: dict[str, User]
) -> None:
    before = make_household("YS000002", "沈小暑", by=people["xian"])
    former = before.residents.get()
    former.identity, former.left_on, former.departure = spouse.identity, "2025-01-01", "married_out"
    former.save()
    assert erasure.homes_of(spouse, people["shending"]) == [home, before]
    erasure.erase(spouse, ground=Ground.REQUEST, by=people["shending"])
    former.refresh_from_db()
    assert former.is_erased
    entries = Entry.objects.filter(verb="identity.erased").values_list("object_id", flat=True)
    assert set(entries) == {str(spouse.pk), str(former.pk)}
    with pytest.raises(Refused):
        erasure.erase(former, ground=Ground.REQUEST, by=people["shending"])


def test_ones_own_household_is_left_to_somebody_else(
    spouse: Resident, home: Household, people: dict[str, User]
) -> None:
    kin.declare(home.code, Kin.Relation.OWN, by=people["shending"])
    with pytest.raises(Refused):
        erasure.erase(spouse, ground=Ground.REQUEST, by=people["shending"])


def test_whatever_points_to_an_identity_is_known_to_erasure() -> None:
    """Another table with a key to identities must say here what becomes of it."""
    pointing = {
        f"{field.related_model.__name__}.{field.field.name}"
        for field in Identity._meta.get_fields()
        if field.is_relation
    }
    versions = {"HouseholdEvent.phone", "ResidentEvent.identity"}
    assert pointing - versions == {"Household.phone", "Resident.identity", "Duplicate.identity"}


def test_every_column_is_either_kept_for_a_reason_or_emptied() -> None:
    for model in (Resident, version_table()):
        assert {field.name for field in model._meta.concrete_fields} - erasure.KEPT >= {
            "name",
            "born_on",
            "identity",
        }
        assert not erasure._emptied(model).keys() & erasure.KEPT
