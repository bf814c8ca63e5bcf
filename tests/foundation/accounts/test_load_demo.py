"""Loading the demonstration: once, into an empty database, never in production, all or nothing."""

import io
import re

import pytest
from django.core.management import call_command

from foundation.accounts.demo import loading
from foundation.accounts.demo.loading import load_demo
from foundation.accounts.demo.story import Scene
from foundation.accounts.models import Area, Installation, User
from foundation.accounts.refusals import Refused

pytestmark = pytest.mark.django_db


def test_the_command_prints_the_accounts_and_nothing_else(db):
    out, err = io.StringIO(), io.StringIO()
    call_command("load_demo", "--if-empty", stdout=out, stderr=err)
    _head, *lines = out.getvalue().splitlines()
    assert len(lines) == len(loading.CAST)
    assert all(re.search(r"  [a-z0-9]{4}(-[a-z0-9]{4}){3}$", line) for line in lines)
    assert "cun" in lines[0]
    assert "石桥村" in lines[0]
    assert err.getvalue()
    call_command("load_demo", "--if-empty", stdout=(again := io.StringIO()), stderr=err)
    assert again.getvalue() == ""


@pytest.mark.parametrize("made", ["area", "person"])
def test_a_database_in_use_is_left_alone(made):
    if made == "area":
        Area.objects.create(code="11", name="北京市", level=2)
    else:
        User.objects.create_user("somebody", name="somebody")
    assert load_demo(by=the_shell(), if_empty=True) == []
    assert not Installation.objects.exists()


def test_production_never_loads_it(settings):
    settings.PRODUCTION = True
    with pytest.raises(Refused):
        load_demo(by=the_shell(), if_empty=True)


def test_only_the_platform_loads_it(people):
    with pytest.raises(Refused):
        load_demo(by=people["xitong"])


def test_a_kill_in_the_middle_leaves_nothing(monkeypatch):
    whole = loading.scenes()

    def broken(stage: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "scenes", lambda: [*whole[:2], Scene(whole[2].day, broken)])
    with pytest.raises(KeyboardInterrupt):
        load_demo(by=the_shell())
    assert not loading.is_in_use()
    assert not Installation.objects.exists()


def the_shell() -> User:
    return User.objects.built_in("shell")
