"""Pages of disasters, played by name: enter, list, open, record on the phone, leave."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assistance.models import Case, Disaster, DisasterHousehold, FirstHelp
from foundation.accounts import clock
from foundation.accounts.models import User
from households.models import Household
from tests.assistance.disasters.struck import listed
from tests.house.planted_cases import a_case_of
from tests.people import TOWNSHIP

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]


def test_a_flood_is_entered_listed_and_opened(
    homes: list[Household], people: dict[str, User], signed_in: SignedIn
) -> None:
    zhen = signed_in("zhen")
    given = {"area": TOWNSHIP, "kind": "0201", "name": "山洪", "happened_on": clock.today(), "note": ""}
    answer = zhen.post(reverse("cases:disaster_new"), given)
    disaster = Disaster.objects.get()
    assert answer.headers["Location"] == reverse("cases:disaster", args=[disaster.pk])
    text = "YS000100 严重\nYS000101 严重\nYS000102\nYS777777"
    answer = zhen.post(
        reverse("cases:disaster_list", args=[disaster.pk]), {"text": text, "harm": "affected"}, follow=True
    )
    page = answer.content.decode()
    assert "New on the list: 3" in page
    assert "Lines that name no household of your areas: 1 (line 4)." in page
    assert "Open 2 cases" in page
    zhen.post(reverse("cases:disaster_open", args=[disaster.pk]))
    assert Case.objects.filter(origin="disaster", fast_track=True).count() == 2
    assert "Open 2 cases" not in zhen.get(reverse("cases:disaster", args=[disaster.pk])).content.decode()


def test_the_village_records_on_the_phone(
    flood: Disaster, homes: list[Household], people: dict[str, User], signed_in: SignedIn
) -> None:
    keys = listed(flood, homes, people["zhen"])
    cun, place = signed_in("cun"), reverse("cases:disaster_phone", args=[flood.pk])
    page = cun.get(place).content.decode()
    assert f'value="{keys[0]}"' in page
    assert f'value="{keys[3]}"' not in page
    cun.post(place, {"act": "safe", "row": keys})
    assert DisasterHousehold.objects.filter(safe_on__isnull=False).count() == 3
    given = {
        "act": "help",
        "row": keys[:2],
        "kind": "food",
        "giver": "镇应急办",
        "helped_on": clock.today(),
        "what": "大米",
    }
    cun.post(f"{place}?shown=unhelped", given)
    assert FirstHelp.objects.count() == 2
    left = cun.get(f"{place}?shown=unhelped").content.decode()
    assert f'value="{keys[0]}"' not in left
    assert f'value="{keys[2]}"' in left
    cun.post(place, {"act": "unharmed", "row": keys[:1], "reason": "完好"})
    assert DisasterHousehold.objects.get(pk=keys[0]).left_reason == "完好"


def test_a_form_that_is_not_whole_comes_back_with_what_was_typed(
    flood: Disaster, homes: list[Household], people: dict[str, User], signed_in: SignedIn
) -> None:
    keys = listed(flood, homes, people["zhen"])
    place = reverse("cases:disaster_phone", args=[flood.pk])
    given = {"act": "help", "row": keys[:1], "kind": "", "giver": "镇应急办", "helped_on": clock.today()}
    page = signed_in("cun").post(place, given).content.decode()
    assert 'value="镇应急办"' in page
    assert f'value="{keys[0]}" checked' in page
    assert not FirstHelp.objects.exists()


def test_help_for_one_case_gives_its_papers_a_day(
    flood: Disaster, homes: list[Household], people: dict[str, User], signed_in: SignedIn
) -> None:
    case = a_case_of(homes[0], first_clue_on=clock.today(), opened_on=clock.today())
    given = {"kind": "cash", "giver": "民政办", "helped_on": clock.today(), "what": ""}
    signed_in("cun").post(reverse("cases:help_first", args=[case.pk]), given)
    case.refresh_from_db()
    assert case.fast_track
    assert case.papers_due_on is not None
    assert FirstHelp.objects.get().case == case
    assert "YS000100" in signed_in("cun").get(reverse("cases:papers_owed")).content.decode()
    assert "YS000100" not in signed_in("lin_zhen").get(reverse("cases:papers_owed")).content.decode()


def test_strangers_find_nothing(
    flood: Disaster, homes: list[Household], people: dict[str, User], signed_in: SignedIn
) -> None:
    listed(flood, homes, people["zhen"])
    for name in ("disaster", "disaster_phone", "disaster_list"):
        assert signed_in("lin_zhen").get(reverse(f"cases:{name}", args=[flood.pk])).status_code == 404
