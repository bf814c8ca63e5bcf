"""A demonstration whose register is not there, or only half of it."""

import pytest

from foundation.accounts.models import User
from foundation.desk.demo_news import stories
from households.demo import loading
from households.demo.loading import load_demo_register
from households.models import Resident, Standing
from tests.households.demo.conftest import LOADED

pytestmark = pytest.mark.django_db


def load():
    return load_demo_register(by=User.objects.built_in("shell"), households=LOADED)


def test_without_a_register_there_are_no_stories(demonstration, client):
    assert stories() == []
    assert client.get("/").status_code == 200


def test_an_interrupted_loading_goes_on(demonstration, monkeypatch):
    def broken(*_args, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr(loading, "import_monitored", broken)
        with pytest.raises(KeyboardInterrupt):
            load()
    assert not Standing.objects.filter(kind__in=Standing.MONITORED).exists()
    before = set(Resident.objects.values_list("pk", flat=True))
    done = load()
    assert done["played"] == done["steps"] - 2
    assert before < set(Resident.objects.values_list("pk", flat=True))
    assert Standing.objects.filter(kind__in=Standing.MONITORED).exists()
