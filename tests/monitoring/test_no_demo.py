"""Outside a demonstration nobody hands invented files in."""

import pytest

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from monitoring.demo.loading import load_demo_feeds
from monitoring.models import Delivery


def test_without_a_register_nothing_is_handed_in(db):
    shell = User.objects.built_in("shell")
    assert load_demo_feeds(by=shell, if_demo=True) == {"acts": 0, "played": 0}
    with pytest.raises(Refused):
        load_demo_feeds(by=shell)
    assert not Delivery.objects.exists()
