"""The demonstration's codes: a township with codes and a telephone, a village in which some were not met."""

from foundation.accounts.demo.places import TOWNSHIP, VILLAGE
from foundation.accounts.models import Area, User
from households.codes import selectors
from households.codes.scanning import contact_of


def test_the_village_is_nearly_through(loaded):
    whole, _groups = selectors.progress(Area.objects.get(pk=VILLAGE), User.objects.get(username="cun"))
    assert whole.without_code == 0
    assert 0 < whole.without_leaflet < whole.with_leaflet


def test_the_telephone_is_the_townships(loaded):
    found = contact_of(VILLAGE)
    assert (found.whose, found.telephone) == (Area.objects.get(pk=TOWNSHIP), "0000-5550100")
