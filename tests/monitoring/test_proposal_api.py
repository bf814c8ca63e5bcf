"""What the API tells of proposed changes of the register: in the words of the page, within one's areas."""

import pytest

from foundation.accounts.models import User
from tests.house.planted_feeds import a_register_proposal
from tests.programs import costs_no_more, programs


@pytest.mark.django_db
def test_proposals_are_read_in_words(people: dict[str, User]) -> None:
    api = programs(people)
    row = a_register_proposal("proposed", people)
    told = api("cun").get("proposals-detail", pk=row.pk)
    assert (told["household"], told["state"], told["resident"]) == (row.household_id, "proposed", None)
    assert (told["proposed"], told["present"]) == ("D", "not stated")
    for query, count in (
        ({"state": "taken"}, 0),
        ({"field": "household.house_grade"}, 1),
        ({"area": "999902"}, 0),
    ):
        assert len(api("cun").rows("proposals-list", query=query)) == count
    api("lin_cun").get("proposals-detail", status=404, pk=row.pk)
    api("wangge").get("proposals-list", status=403)
    costs_no_more(api("cun"), "proposals-list", lambda: a_register_proposal("proposed", people))
