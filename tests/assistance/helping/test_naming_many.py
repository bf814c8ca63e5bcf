"""Helpers are named for many households at once: by load, looked over, by one press, the refusals by row."""

from collections import Counter
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from assistance.helping.naming_many import name_many, preview
from assistance.models import Case, HelperPlace
from foundation.accounts.models import Kin, User
from tests.assistance.helping.helped import a_helper, helped, monitored, named, post_of
from tests.assistance.helping.test_handing_over import DAY

pytestmark = pytest.mark.usefixtures("english")


def related(person: User, case: Case) -> None:
    Kin.objects.create(user=person, household=case.household.code, relation=Kin.Relation.KIN, declared_on=DAY)


def test_twenty_households_are_shared_out_by_load_and_named_by_one_press(
    people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    busy, free = people["bangfu"], a_helper("lishi")
    for _time in range(2):
        helped(monitored(people), busy, people["zhen"])
    cases = [monitored(people) for _time in range(20)]
    related(free, cases[0])
    client, rows = signed_in("zhen"), urlencode([("row", case.pk) for case in cases])
    listed = client.get(f"{reverse('cases:helpers')}?lack=any").content.decode()
    assert f'name="row" value="{cases[0].pk}"' in listed
    url = f"{reverse('cases:helpers_name_many')}?{rows}"
    form = client.get(url).context["form"]
    suggested = {name: field.initial for name, field in form.fields.items()}
    assert Counter(suggested.values()) == {str(post_of(busy).pk): 9, str(post_of(free).pk): 11}
    assert suggested[f"place-{cases[0].pk}-helper"] == str(post_of(busy).pk), "kin are not suggested"
    later = f"place-{cases[1].pk}-helper"
    answer = client.post(url, suggested | {later: ""}, follow=True).content.decode()
    assert "19 times somebody is named" in answer
    new = HelperPlace.objects.filter(case__in=cases, state="offered")
    assert new.count() == 19
    assert not new.filter(case=cases[1]).exists()


def test_what_is_refused_is_named_by_row_and_leaves_the_rest(
    people: dict[str, User], signed_in: Callable[[str], Client]
) -> None:
    own, taken, ended, fine, before = (monitored(people) for _time in range(5))
    related(people["zhen"], own)
    named(taken, people["bangfu"], people["zhen"])
    Case.objects.filter(pk=ended.pk).update(state="ended")
    ended.refresh_from_db()
    made = preview([own, taken, ended, fine], by=people["zhen"])
    assert [row.case for row in made.rows] == [fine]
    assert set(made.refused) == {case.household.code for case in (own, taken, ended)}
    post = post_of(people["bangfu"]).pk
    helped(before, people["bangfu"], people["zhen"])
    done = name_many([(fine.pk, "helper", post), (before.pk, "helper", post)], by=people["zhen"])
    assert (done.count, list(done.refused)) == (1, [before.household.code])
    assert "helps here" in done.refused[before.household.code]
    assert name_many([(own.pk, "helper", post)], by=people["lin_zhen"]).count == 0
    page = (
        signed_in("zhen").get(reverse("cases:helpers_name_many"), {"row": [taken.pk, "x"]}).content.decode()
    )
    assert taken.household.code in page
    assert signed_in("cun").get(reverse("cases:helpers_name_many")).status_code == 403
