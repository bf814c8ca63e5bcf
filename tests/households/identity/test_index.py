"""The index finds equal numbers and says nothing else of them."""

import hashlib
import hmac
import uuid

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from households.identity import index
from households.identity.index import IndexKey

KEY, OTHER = IndexKey(b"k" * 32), IndexKey(b"o" * 32)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=24)


def test_a_token_is_a_keyed_hash_with_the_kind_mixed_in_cut_to_128_bits() -> None:
    whole = hmac.new(b"k" * 32, b"id\x00999901199003040319", hashlib.sha256).hexdigest()
    assert KEY.token("id", "999901199003040319") == whole[:32]
    assert KEY.token("phone", "999901199003040319") != whole[:32]
    assert OTHER.token("id", "999901199003040319") != whole[:32]


def test_a_tail_is_that_of_the_last_four_characters() -> None:
    assert KEY.tail("id", "999901199003040319") == KEY.tail("id", "0319")
    assert KEY.tail("id", "0319") != KEY.tail("phone", "0319")
    assert 0 <= KEY.tail("id", "0319") < 2**63


def test_a_key_of_the_index_is_never_printed() -> None:
    assert repr(KEY) == "IndexKey()"


@given(
    st.lists(texts, min_size=1, max_size=10),
    st.sampled_from(["id", "phone", "card"]),
    st.binary(min_size=32, max_size=32),
)
def test_duckdb_computes_the_same_for_whole_columns(numbers: list[str], kind: str, secret: bytes) -> None:
    key = IndexKey(secret)
    with duckdb.connect() as connection:
        index.define(connection, key)
        answers = connection.execute(
            "SELECT identity_token($2, n), identity_tail($2, n) FROM unnest($1) AS t (n)", [numbers, kind]
        ).fetchall()
    assert answers == [(uuid.UUID(key.token(kind, number)), key.tail(kind, number)) for number in numbers]
