"""Outside a demonstration nobody takes invented households in."""

import pytest

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.demo.loading import load_demo_register
from households.models import Household


def test_only_a_demonstration_takes_invented_households(db):
    shell = User.objects.built_in("shell")
    with pytest.raises(Refused):
        load_demo_register(by=shell, households=20)
    assert load_demo_register(by=shell, households=20, if_demo=True) == {"steps": 0, "played": 0}
    assert not Household.objects.exists()
