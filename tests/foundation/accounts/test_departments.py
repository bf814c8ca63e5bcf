"""Shipped departments are called in the reader's language; a name that somebody gave stays."""

import pytest
from django.utils import translation

from foundation.accounts.departments import SHIPPED
from foundation.accounts.models import Department

pytestmark = pytest.mark.django_db


def test_every_shipped_department_has_its_english() -> None:
    rows = dict(Department.objects.values_list("code", "name"))
    assert {code: zh for code, (zh, _english) in SHIPPED.items()} == rows
    assert len({english for _zh, english in SHIPPED.values()}) == len(SHIPPED)


def test_a_name_that_was_changed_is_called_as_it_was_given() -> None:
    row = Department.objects.get(code="medical_insurance")
    with translation.override("en"):
        assert (row.called, str(row)) == ("Medical insurance", "Medical insurance")
        row.name = "医疗保障局"
        assert row.called == "医疗保障局"
    with translation.override("zh-hans"):
        assert Department(code="medical_insurance", name="医保局").called == "医保局"
