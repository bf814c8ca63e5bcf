"""What a finding is digested from is canonical JSON, as the ledger's bodies are."""

import hashlib
from typing import Any

import duckdb
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from monitoring.comparison.answers import canonical_rows, digest_of

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
CELLS = st.one_of(WORDS, st.integers(-(2**53) + 1, 2**53 - 1), st.none())
ROWS = st.lists(
    st.fixed_dictionaries({"delivery": st.integers(0, 2**40), "sheet": WORDS, "value": WORDS, "day": WORDS})
)
TOLD = st.fixed_dictionaries({"standard": WORDS, "resident": CELLS, "measured": WORDS})


@given(TOLD, ROWS)
def test_pythons_own_json_is_canonical_here(told: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    whole = rfc8785.dumps(told | {"rows": rows})
    assert digest_of(told, rfc8785.dumps(rows).decode()) == hashlib.sha256(whole).hexdigest()


@given(WORDS, WORDS)
def test_rows_as_duckdb_writes_them_become_canonical(sheet: str, value: str) -> None:
    query = "SELECT CAST(to_json([{'seq': 7, 'sheet': $sheet, 'value': $value}]) AS VARCHAR)"
    ((proof,),) = duckdb.execute(query, {"sheet": sheet, "value": value}).fetchall()
    assert canonical_rows(proof).encode() == rfc8785.dumps([{"seq": 7, "sheet": sheet, "value": value}])
