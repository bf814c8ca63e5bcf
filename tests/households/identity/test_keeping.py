"""A number is kept once, sealed, and found by whoever brings it again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from foundation.vault.sealing import DoesNotOpen
from households.identity import keeping
from households.models import Identity
from tests.households.identity.made import id_number, id_numbers

pytestmark = pytest.mark.django_db


def test_a_number_keeps_its_subject_and_its_kind() -> None:
    first = keeping.keep("id", [id_number(1), id_number(2)])
    again = keeping.keep("id", [id_number(2), id_number(3)])
    assert again[id_number(2)] == first[id_number(2)]
    assert len({*first.values(), *again.values()}) == Identity.objects.count() == 3
    assert keeping.keep("card", [id_number(1)])[id_number(1)] != first[id_number(1)]


def test_what_is_kept_opens_for_its_own_subject_alone() -> None:
    (subject,) = keeping.keep("phone", ["13800138000"]).values()
    (other,) = keeping.keep("phone", ["13800138001"]).values()
    row = Identity.objects.get(subject=subject)
    assert keeping.opened(subject, row.sealed) == "13800138000"
    with pytest.raises(DoesNotOpen):
        keeping.opened(other, row.sealed)


def test_finding_writes_nothing() -> None:
    assert keeping.find("id", [id_number(1)]) == {}
    kept = keeping.keep("id", [id_number(1)])
    assert keeping.find("id", [id_number(1), id_number(2)]) == kept
    assert keeping.subject_of("id", id_number(2)) is None
    assert keeping.subject_of("phone", id_number(1)) is None


def test_parts_of_a_large_set_are_kept_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "AT_ONCE", 7)
    numbers = [id_number(serial) for serial in range(50)]
    kept = keeping.keep("id", iter(numbers + numbers))
    assert list(kept.keys() ^ set(numbers)) == []
    assert keeping.find("id", numbers) == kept
    assert Identity.objects.count() == 50


def test_nothing_is_kept_for_nobody() -> None:
    assert keeping.keep("id", []) == {}


class AnyNumbers(TestCase):
    """The same numbers in any order and parts have the same subjects, and every row opens."""

    @given(st.lists(id_numbers, max_size=12), st.lists(id_numbers, max_size=12))
    def test_keeping_twice_is_keeping_once(self, some: list[str], more: list[str]) -> None:
        first = keeping.keep("id", some)
        both = keeping.keep("id", [*more, *some])
        assert both.items() >= first.items()
        rows = Identity.objects.filter(subject__in=both.values())
        assert {keeping.opened(row.subject, row.sealed): row.subject for row in rows} == both
