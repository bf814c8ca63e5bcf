"""A number is checked while it is typed: where it is wrong, whom it means; of people elsewhere only that they are."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from foundation.accounts.models import User
from households.identity import keeping
from households.models import Household, Resident
from households.number_look import look_at
from tests.households.departing import depart
from tests.households.families import SPOUSE, make_household
from tests.households.test_corrections import DAY
from tests.people import NEIGHBOUR_VILLAGE, VILLAGE

SignedIn = Callable[..., Client]
People = dict[str, User]
LOOK = "/households/number/?field=id_number&beside=name"


def number_of(person: Resident) -> str:
    assert person.identity is not None
    return keeping.opened(person.identity.subject, person.identity.sealed)


@pytest.fixture
def spouse(home: Household) -> Resident:
    found: Resident = home.residents.select_related("identity", "household").get(relation=SPOUSE)
    return found


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9999011980", "10"),
        ("99990119801305001X", "19801305"),
        ("9999O1198003050015", "5."),
        ("9999011980030500**", "masked"),
        ("999901198003050010", "would be"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(people: People, typed: str, said: str) -> None:
    with override("en"):
        assert said in look_at(typed, people["cun"], VILLAGE).wrong


def test_nothing_typed_says_nothing(people: People) -> None:
    look = look_at(" ", people["cun"], VILLAGE)
    assert (look.wrong, look.says, look.known) == ("", "", [])


def test_a_person_of_ones_own_area_is_known(people: People, spouse: Resident) -> None:
    look = look_at(number_of(spouse), people["cun"], VILLAGE)
    assert (look.name, look.known, look.elsewhere, look.new) == ("柳霜降", [spouse], False, False)
    assert "44" in look.says


def test_who_left_is_known_as_such(people: People, spouse: Resident) -> None:
    depart(spouse, Resident.Departure.MOVED_OUT, DAY, by=people["cun"], seen=spouse.revision_id)
    look = look_at(number_of(spouse), people["cun"], VILLAGE)
    assert look.known[0].left_on == DAY


def test_somebody_of_another_area_is_only_said_to_be_elsewhere(people: People) -> None:
    far = make_household("YS000900", "祝寒露", area=NEIGHBOUR_VILLAGE, by=people["lin_xian"]).residents.get()
    look = look_at(number_of(far), people["cun"], VILLAGE)
    assert (look.name, look.known, look.elsewhere) == ("", [], True)


def test_a_new_number_is_new(people: People, spouse: Resident) -> None:
    far = number_of(spouse)
    assert not look_at(far, people["cun"], VILLAGE).new
    assert look_at("999901199004150019", people["cun"], VILLAGE).new


class TestPage:
    def test_the_form_asks_while_one_types(self, signed_in: SignedIn, home: Household) -> None:
        page = signed_in("cun").get(reverse("households:member_came", args=[home.pk])).content.decode()
        assert 'hx-post="/households/number/' in page
        assert page.index('name="id_number"') < page.index('name="name"')

    def test_the_name_is_filled_where_it_is_empty(self, signed_in: SignedIn, spouse: Resident) -> None:
        number = number_of(spouse)
        filled = signed_in("cun").post(LOOK, {"id_number": number, "name": ""}).content.decode()
        assert 'value="柳霜降"' in filled
        kept = signed_in("cun").post(LOOK, {"id_number": number, "name": "柳"}).content.decode()
        assert "hx-swap-oob" not in kept
        assert number not in filled + kept

    def test_people_elsewhere_are_not_shown(self, signed_in: SignedIn, people: People) -> None:
        far = make_household(
            "YS000900", "祝寒露", area=NEIGHBOUR_VILLAGE, by=people["lin_xian"]
        ).residents.get()
        shown = signed_in("cun").post(LOOK, {"id_number": number_of(far)}).content.decode()
        assert "祝寒露" not in shown
        assert "YS000900" not in shown

    def test_only_who_enters_people_may_ask(self, signed_in: SignedIn, spouse: Resident) -> None:
        assert signed_in("shuji").post(LOOK, {"id_number": number_of(spouse)}).status_code == 403
        assert signed_in("cun").get(LOOK).status_code == 405
