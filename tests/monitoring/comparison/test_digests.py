"""What a finding is digested from is canonical JSON, as the ledger's bodies are."""

import hashlib

import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from monitoring.comparison.answers import digest_of

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
CELLS = st.one_of(WORDS, st.integers(-(2**53) + 1, 2**53 - 1), st.none())
ROWS = st.fixed_dictionaries(
    {"delivery": st.integers(0, 2**40), "sheet": WORDS, "value": WORDS, "day": WORDS}
)
TOLD = st.fixed_dictionaries(
    {"standard": WORDS, "resident": CELLS, "measured": WORDS, "rows": st.lists(ROWS)}
)


@given(TOLD)
def test_pythons_own_json_is_canonical_here(told: dict[str, object]) -> None:
    assert digest_of(told) == hashlib.sha256(rfc8785.dumps(told)).hexdigest()
