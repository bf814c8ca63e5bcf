"""The contracts for programs: read-only, scoped by department, true to the declaration."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from foundation.accounts.models import User
from monitoring.cells.possible import possible_reasons
from monitoring.contracts.book import contract, contracts
from monitoring.schema import row_schema
from tests.monitoring.datasets.test_cases import Case
from tests.monitoring.made import delivered

SignedIn = Callable[[str], Client]


def ask(client: Client, address: str, status: int = 200) -> Any:
    """Return the answer of an address as data."""
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.json()


def test_a_department_finds_its_own(signed_in: SignedIn):
    codes = {row["code"] for row in ask(signed_in("yibao"), "/api/v1/datasets/")["results"]}
    assert codes == {"medical_settlement", "medical_insurance_status"}
    ask(signed_in("yibao"), "/api/v1/datasets/dibao_roll/", 404)
    ask(signed_in("cun"), "/api/v1/datasets/", 403)


def test_the_list_is_narrowed_by_the_address(signed_in: SignedIn):
    client = signed_in("xian")
    assert len(ask(client, "/api/v1/datasets/")["results"]) == len(contracts())
    assert len(ask(client, "/api/v1/datasets/?department=police")["results"]) == 3
    assert {row["kind"] for row in ask(client, "/api/v1/datasets/?kind=state")["results"]} == {"state"}


def test_nothing_is_written_through_it(signed_in: SignedIn):
    assert signed_in("xian").post("/api/v1/datasets/", {}).status_code == 405
    assert signed_in("xian").delete("/api/v1/datasets/vehicle/").status_code == 405


def test_a_contract_is_told_whole(signed_in: SignedIn):
    told = ask(signed_in("xian"), "/api/v1/datasets/medical_settlement/")
    declared = contract("medical_settlement")
    assert told["version"] == declared.digest
    assert (told["key"], told["day"], told["reject_share"]) == (["结算流水号"], "结算日期", "0.2000")
    assert [column["header"] for column in told["columns"]] == [each.header for each in declared.columns]
    paid = told["columns"][-1]
    assert paid["basis"].startswith("All that the person bears")
    assert "number_negative" in paid["reasons"]


def test_the_schema_of_a_row_names_types_and_lists():
    schema = row_schema(contract("employment"))
    assert schema["required"] == ["身份证号", "姓名", "本年务工月数", "就业状态", "登记日期"]
    months = schema["properties"]["本年务工月数"]
    assert (months["type"], months["minimum"], months["maximum"]) == ("integer", 0, 12)
    assert schema["properties"]["就业状态"]["enum"] == ["在岗", "失业", "返乡"]


@pytest.mark.parametrize("code", contracts())
def test_accepted_rows_fit_the_schema_and_rejects_are_foretold(code: str):
    case, schema = Case(code), row_schema(contract(code))
    python = {"string": str, "boolean": bool, "integer": int}
    for values, faults in case.expected().values():
        assert not values or set(schema["required"]) <= set(values) <= set(schema["properties"])
        for header, value in values.items():
            wanted = schema["properties"][header]
            assert value in wanted.get("enum", [value])
            if "format" not in wanted and wanted["type"] in python:
                assert isinstance(value, python[wanted["type"]])
        for header, reason in faults.items():
            assert reason in possible_reasons(case.contract, case.contract.by_header[header])


def test_deliveries_are_counts_within_ones_own_scope(signed_in: SignedIn, people: dict[str, User]):
    made = delivered("medical_settlement", "2026-10", people["yibao"], rejects={"id_length": 3})
    (told,) = ask(signed_in("yibao"), "/api/v1/deliveries/")["results"]
    assert (told["id"], told["outcome"], told["rejects"]) == (made.pk, "accepted", {"id_length": 3})
    assert (told["rows_read"], told["rows_accepted"], told["rows_rejected"]) == (100, 97, 3)
    assert ask(signed_in("xian"), "/api/v1/deliveries/?dataset=dibao_roll")["results"] == []
    assert (
        len(ask(signed_in("shi"), "/api/v1/deliveries/?area=9999&period=2026-10&state=accepted")["results"])
        == 1
    )
    ask(signed_in("jingban"), f"/api/v1/deliveries/{made.pk}/", 404)
    ask(signed_in("lin_xian"), f"/api/v1/deliveries/{made.pk}/", 404)
    ask(signed_in("cun"), "/api/v1/deliveries/", 403)
