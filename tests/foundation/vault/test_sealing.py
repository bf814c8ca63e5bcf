"""Small sealed values: open only whole, only where they belong, and under older keys too."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.vault import keys
from foundation.vault.keys import UnknownKey
from foundation.vault.sealing import DoesNotOpen, open_sealed, reseal, seal

CONTEXT = b"household:41:phone"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.binary(max_size=40))
def test_what_was_sealed_opens(value: bytes, context: bytes) -> None:
    sealed = seal(value, context)
    assert open_sealed(sealed, context) == value
    assert len(sealed) == len(value) + 37


def test_the_same_value_never_looks_the_same_twice() -> None:
    assert seal(b"13800000000", CONTEXT) != seal(b"13800000000", CONTEXT)


def test_every_flipped_bit_is_noticed() -> None:
    sealed = seal(b"13800000000", CONTEXT)
    for place in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[place // 8] ^= 1 << place % 8
        with pytest.raises((DoesNotOpen, UnknownKey)):
            open_sealed(bytes(altered), CONTEXT)


def test_a_value_does_not_open_elsewhere() -> None:
    with pytest.raises(DoesNotOpen):
        open_sealed(seal(b"13800000000", CONTEXT), b"household:42:phone")


@pytest.mark.parametrize("length", [0, 1, 9, 20, 21, 36])
def test_a_value_cut_short_does_not_open(length: int) -> None:
    with pytest.raises(DoesNotOpen):
        open_sealed(seal(b"13800000000", CONTEXT)[:length], CONTEXT)


def test_rotation_reseals_and_the_old_form_still_opens() -> None:
    old = seal(b"13800000000", CONTEXT)
    assert reseal(old, CONTEXT) is old
    new_key = keys.rotate()
    new = reseal(old, CONTEXT)
    assert new[1:9] == new_key.id
    assert open_sealed(new, CONTEXT) == open_sealed(old, CONTEXT) == b"13800000000"
