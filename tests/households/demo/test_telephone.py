"""The demonstration's township has a telephone of its own, which leads nowhere."""

from foundation.accounts.demo.places import TOWNSHIP, VILLAGE
from foundation.accounts.models import Area
from households.codes.scanning import contact_of


def test_the_telephone_is_the_townships(loaded):
    found = contact_of(VILLAGE)
    assert (found.whose, found.telephone) == (Area.objects.get(pk=TOWNSHIP), "0000-5550100")
