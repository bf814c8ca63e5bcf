"""Recusal: nobody acts on their own or their kin's household, at any stage."""

import pytest

from foundation.accounts import kin
from foundation.accounts.models import Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry

People = dict[str, User]


def test_a_declared_household_is_refused_with_the_rule(people: People) -> None:
    kin.declare("YS000014", Kin.Relation.KIN, by=people["cun"])
    assert kin.recused(people["cun"], ["YS000001", "YS000014"])
    assert kin.recused(people["cun"], ["YS000001"]) is None
    assert kin.recused(people["zhen"], ["YS000014"]) is None
    assert kin.recused_people(["YS000014"]) == {people["cun"].pk}


@pytest.mark.parametrize("typed", ["ys000014", " YS 000014 ", "ＹＳ０００014"])
def test_a_number_is_the_same_however_it_is_typed(people: People, typed: str) -> None:
    kin.declare(typed, Kin.Relation.OWN, by=people["cun"])
    assert kin.recused(people["cun"], ["YS000014"])


def test_a_withdrawn_declaration_binds_no_more_and_stays_on_record(people: People) -> None:
    declared = kin.declare("YS000014", Kin.Relation.KIN, by=people["cun"])
    kin.withdraw(declared, by=people["cun"], reason="登记错误")
    assert kin.recused(people["cun"], ["YS000014"]) is None
    assert list(Entry.objects.filter(object_type="kin").order_by("id").values_list("verb", flat=True)) == [
        "kin.declared",
        "kin.withdrawn",
    ]
    assert kin.declare("YS000014", Kin.Relation.KIN, by=people["cun"])


def test_the_record_does_not_say_whose_kin_lives_where(people: People) -> None:
    kin.declare("YS000014", Kin.Relation.KIN, by=people["cun"])
    assert b"YS000014" not in bytes(Entry.objects.get(verb="kin.declared").body)


@pytest.mark.parametrize("typed", ["", "   ", "Y" * 41])
def test_a_household_has_a_number(people: People, typed: str) -> None:
    with pytest.raises(Refused) as refused:
        kin.declare(typed, Kin.Relation.OWN, by=people["cun"])
    assert refused.value.field == "household"


def test_a_household_is_declared_once(people: People) -> None:
    kin.declare("YS000014", Kin.Relation.KIN, by=people["cun"])
    with pytest.raises(Refused):
        kin.declare("YS000014", Kin.Relation.OWN, by=people["cun"])


def test_nobody_withdraws_what_another_declared(people: People) -> None:
    declared = kin.declare("YS000014", Kin.Relation.KIN, by=people["cun"])
    with pytest.raises(Refused):
        kin.withdraw(declared, by=people["zhen"], reason="不需要")
    with pytest.raises(Refused):
        kin.withdraw(declared, by=people["cun"], reason=" ")
