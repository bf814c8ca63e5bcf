"""What ships: every file obeys, every value is honest about its source, and the published lines come out."""

import datetime
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from foundation.accounts.clock import SHANGHAI
from foundation.accounts.roles import Role
from foundation.regulations.checks import check_expressions
from foundation.regulations.files import read_folder
from foundation.regulations.lookup import value
from foundation.regulations.models import Subject, Value
from foundation.regulations.sources import SourceKind

CASES = tomllib.loads(
    (Path(__file__).parent / "published.toml").read_text(encoding="utf-8"), parse_float=Decimal
)


def test_every_file_obeys() -> None:
    check_expressions(read_folder())


@pytest.mark.django_db
def test_the_table_holds_what_the_files_say() -> None:
    files = read_folder()
    assert dict(Subject.objects.values_list("key", "digest")) == {
        key: each.digest for key, each in files.items()
    }
    assert Value.objects.count() == sum(len(each.values) for each in files.values())


@pytest.mark.parametrize("read", read_folder().values(), ids=lambda read: read.key)
def test_somebody_compared_it_with_its_sources_within_a_year(read: object) -> None:
    checked: datetime.date = read.subject["checked_on"]  # type: ignore[attr-defined]
    age = (datetime.datetime.now(SHANGHAI).date() - checked).days
    assert age <= 365, "read the sources again and write the day into checked_on"


@pytest.mark.django_db
def test_every_value_names_a_document_a_report_or_says_that_it_is_a_proposal() -> None:
    for row in Value.objects.all():
        if row.source_kind == SourceKind.PROPOSAL:
            assert row.source_reason_zh
            assert row.source_reason_en
            assert not row.source_href
        else:
            assert row.source_title
            assert row.source_issuer
            assert row.source_issued
            assert (
                "未见文件原文" in row.source_title
                or "报道" in row.source_title
                or row.source_kind == "document"
            )


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["says"])
def test_published(case: dict[str, object]) -> None:
    answer = value(
        str(case["key"]),
        area=str(case["area"]),
        on=case["on"],  # type: ignore[arg-type]
        klass=str(case.get("class", "")),
    )
    if case.get("silent"):
        assert answer.silent
        return
    assert not answer.silent, answer.why_silent
    if "amount" in case:
        assert answer.amount == case["amount"]
        assert answer.unit == case["unit"]
    for name in ("text", "worked", "code"):
        if name in case:
            assert getattr(answer, name) == case[name]
    assert answer.is_proposal is case.get("proposal", False)


@pytest.mark.django_db
def test_role_names_name_roles_that_exist() -> None:
    for row in Value.objects.filter(subject="role_names"):
        assert {item["code"] for item in row.items} <= set(Role.values)
