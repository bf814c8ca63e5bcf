"""While a piece of work lets Python not look for circles, it does not; afterwards it does as before."""

import gc

import pytest

from foundation.jobs.uncollected import without_collecting


def test_nobody_looks_for_circles_meanwhile_and_again_afterwards() -> None:
    with without_collecting():
        assert not gc.isenabled()
        with without_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_work_that_fails_leaves_it_as_it_was() -> None:
    @without_collecting()
    def fails() -> None:
        assert not gc.isenabled()
        raise LookupError

    for _time in range(2):
        with pytest.raises(LookupError):
            fails()
        assert gc.isenabled()


def test_who_never_looks_goes_on_not_looking() -> None:
    gc.disable()
    try:
        with without_collecting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
