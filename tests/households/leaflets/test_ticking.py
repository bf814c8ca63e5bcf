"""The leaflet: ticked household by household, taken back where that was wrong, counted by group and village."""

import datetime
from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from foundation.accounts import clock, kin
from foundation.accounts.models import Area, Kin, User
from foundation.accounts.refusals import Refused
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from foundation.regulations.models import Value
from foundation.regulations.revision import VALUES, renew
from households.codes import selectors
from households.leaflets import ticking
from households.leaflets.texts import edition_of
from households.models import Household, LeafletTick
from tests.households.made import family
from tests.people import VILLAGE

SignedIn = Callable[..., Client]
People = dict[str, User]
TODAY = datetime.date(2026, 11, 4)
FRAGMENT = {"HX-Request": "true"}


def village() -> Area:
    return Area.objects.get(pk=VILLAGE)


def new_text(on: datetime.date) -> None:
    """Let the village have a text of its own from a day on."""
    value = Value.objects.get(subject="leaflet_notes", area="")
    value.pk, value.area, value.origin, value.from_day, value.used_on = None, VILLAGE, "local", on, None
    value.items = [{"code": "new", "zh": "新的注意事项", "en": "something new"}]
    value.save(force_insert=True)
    renew(VALUES)


def test_a_tick_says_who_when_and_which_text(home: Household, people: People) -> None:
    tick = ticking.give(home, by=people["cun"], given_on=TODAY - datetime.timedelta(days=2))
    assert (tick.given_by, tick.given_on, tick.entered_on) == (
        people["cun"],
        datetime.date(2026, 11, 2),
        TODAY,
    )
    assert tick.edition == edition_of(VILLAGE) == datetime.date(2026, 1, 1)
    entry = Entry.objects.get(verb=ticking.GIVEN)
    assert (entry.object_id, entry.happened_on, entry.entered_on) == (str(home.pk), tick.given_on, TODAY)


def test_the_same_leaflet_is_given_once(home: Household, people: People) -> None:
    ticking.give(home, by=people["cun"])
    with pytest.raises(Refused):
        ticking.give(home, by=people["zhen"])
    assert Entry.objects.filter(verb=ticking.GIVEN).count() == 1


def test_a_new_text_is_given_again_and_the_old_one_still_counts_as_one(
    home: Household, people: People
) -> None:
    ticking.give(home, by=people["cun"])
    new_text(TODAY)
    whole, _groups = selectors.progress(village(), people["cun"])
    assert (whole.with_leaflet, whole.older, whole.everybody) == (1, 1, True)
    assert ticking.give(home, by=people["cun"]).edition == TODAY
    whole, _groups = selectors.progress(village(), people["cun"])
    assert (whole.with_leaflet, whole.older) == (1, 0)


def test_a_text_that_was_handed_over_can_never_change(home: Household, people: People) -> None:
    ticking.give(home, by=people["cun"])
    with pytest.raises(DatabaseError), transaction.atomic():
        Value.objects.filter(subject="leaflet_help", area="").update(items=[])


def test_a_slip_of_the_finger_is_undone_without_a_word(home: Household, people: People) -> None:
    ticking.take_back(ticking.give(home, by=people["cun"]), by=people["cun"])
    assert not LeafletTick.objects.standing().exists()
    again = ticking.give(home, by=people["cun"])
    assert LeafletTick.objects.standing().get() == again


def test_everybody_else_and_later_says_why(home: Household, people: People) -> None:
    tick = ticking.give(home, by=people["cun"])
    with pytest.raises(Refused) as refused:
        ticking.take_back(tick, by=people["shuji"])
    assert refused.value.field == "reason"
    with clock.at(TODAY + datetime.timedelta(days=1)), pytest.raises(Refused):
        ticking.take_back(tick, by=people["cun"])
    back = ticking.take_back(tick, by=people["shuji"], reason="送错了户")
    assert (back.undone_by, back.undone_reason) == (people["shuji"], "送错了户")
    assert read_body(Entry.objects.get(verb=ticking.TAKEN_BACK))["basis"] == "送错了户"
    with pytest.raises(Refused):
        ticking.take_back(tick, by=people["shuji"], reason="再撤")


@pytest.mark.parametrize("who", ["lin_cun", "lingdao", "wangge"])
def test_who_does_not_keep_codes_here_ticks_nothing(home: Household, people: People, who: str) -> None:
    with pytest.raises(Refused):
        ticking.give(home, by=people[who])


def test_nobody_ticks_their_own_kin(home: Household, people: People) -> None:
    kin.declare(home.code, Kin.Relation.OWN, by=people["cun"])
    with pytest.raises(Refused):
        ticking.give(home, by=people["cun"])
    assert ticking.give(home, by=people["shuji"]).pk


@pytest.mark.parametrize(
    ("on", "reason", "field"),
    [
        (TODAY + datetime.timedelta(days=1), "", "happened_on"),
        (TODAY - datetime.timedelta(days=30), "", "reason"),
    ],
)
def test_the_day_is_neither_to_come_nor_long_ago_without_a_reason(
    home: Household, people: People, on: datetime.date, reason: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        ticking.give(home, by=people["cun"], given_on=on, reason=reason)
    assert refused.value.field == field


def test_counts_are_of_living_households_by_group(people: People) -> None:
    given = family("A1", "沈立夏", by=people["xian"], group_name="二组")
    family("A2", "柳霜降", by=people["xian"], group_name="二组")
    family("A3", "何冬至", by=people["xian"], group_name="一组")
    family("A4", "贺春分", by=people["xian"], group_name="一组", dissolved_on="2026-01-01")
    ticking.give(given, by=people["cun"])
    whole, groups = selectors.progress(village(), people["cun"])
    assert (whole.households, whole.with_leaflet, whole.without_leaflet) == (3, 1, 2)
    assert [(each.name, each.households, each.with_leaflet) for each in groups] == [
        ("一组", 1, 0),
        ("二组", 2, 1),
    ]
    row = selectors.villages(people["cun"]).get(pk=VILLAGE)
    assert (row.households_here, row.with_code, row.with_leaflet) == (3, 0, 1)


def test_the_list_of_the_village_finds_and_exports_those_without(
    signed_in: SignedIn, home: Household, people: People
) -> None:
    family("A2", "何大雪", by=people["xian"])
    ticking.give(home, by=people["cun"])
    address = reverse("codes:village", args=[VILLAGE])
    page = signed_in("lingdao").get(address, {"has_leaflet": "no"}).content.decode()
    assert "何大雪" in page
    assert "沈立夏" not in page
    exported = signed_in("cun").post(
        reverse("desk:export"), {"address": f"{address}?has_leaflet=no", "form": "csv"}
    )
    lines = b"".join(exported.streaming_content).decode()
    assert "何大雪" in lines
    assert "沈立夏" not in lines


def test_the_walk_ticks_and_undoes_line_by_line(signed_in: SignedIn, home: Household) -> None:
    client = signed_in("cun")
    walk = reverse("leaflets:walk", args=[VILLAGE])
    assert "沈立夏" in client.get(walk).content.decode()
    line = client.post(reverse("leaflets:tick", args=[home.pk]), headers=FRAGMENT).content.decode()
    assert line.count("<li") == 1
    assert reverse("leaflets:untick", args=[home.pk]) in line
    assert "沈立夏" not in client.get(walk).content.decode()
    assert "沈立夏" in client.get(walk, {"shown": "all"}).content.decode()
    client.post(reverse("leaflets:untick", args=[home.pk]), headers=FRAGMENT)
    assert not LeafletTick.objects.standing().exists()


def test_without_scripts_a_tick_leads_back_to_the_list(signed_in: SignedIn, home: Household) -> None:
    walk = reverse("leaflets:walk", args=[VILLAGE])
    answer = signed_in("cun").post(
        reverse("leaflets:tick", args=[home.pk]), {"next": f"{walk}#household-{home.pk}"}
    )
    assert answer["Location"] == f"{walk}#household-{home.pk}"
    assert LeafletTick.objects.standing().count() == 1


def test_a_refused_tick_says_so_in_its_line(signed_in: SignedIn, home: Household, people: People) -> None:
    kin.declare(home.code, Kin.Relation.OWN, by=people["cun"])
    line = signed_in("cun").post(reverse("leaflets:tick", args=[home.pk]), headers=FRAGMENT).content.decode()
    assert 'role="alert"' in line
    assert not LeafletTick.objects.exists()


@pytest.mark.parametrize("who", ["lin_cun", "lin_xian"])
def test_a_household_elsewhere_does_not_exist(signed_in: SignedIn, home: Household, who: str) -> None:
    for name in ("give", "take_back"):
        assert signed_in(who).get(reverse(f"leaflets:{name}", args=[home.pk])).status_code == 404
    for name in ("tick", "untick"):
        assert signed_in(who).post(reverse(f"leaflets:{name}", args=[home.pk])).status_code == 404
    assert signed_in(who).get(reverse("leaflets:walk", args=[VILLAGE])).status_code == 404


def test_a_tick_entered_later_has_its_day(signed_in: SignedIn, home: Household) -> None:
    client = signed_in("cun")
    address = reverse("leaflets:give", args=[home.pk])
    client.post(address, {"happened_on": "2026-11-01"})
    assert LeafletTick.objects.get().given_on == datetime.date(2026, 11, 1)
    client.post(reverse("leaflets:take_back", args=[home.pk]), {"reason": "送错了户"})
    assert not LeafletTick.objects.standing().exists()
    page = client.get(reverse("households:household", args=[home.pk])).content.decode()
    assert reverse("leaflets:give", args=[home.pk]) in page


def test_the_walk_asks_the_same_however_many_households(
    signed_in: SignedIn, home: Household, people: People, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for number in range(12):
        ticking.give(family(f"A{number}", "沈立夏", by=people["xian"]), by=people["cun"])
    client = signed_in("cun")
    with django_assert_max_num_queries(30):  # type: ignore[attr-defined]
        client.get(reverse("leaflets:walk", args=[VILLAGE]), {"shown": "all"})


@pytest.mark.parametrize("name", ["walk", "paper"])
def test_of_a_larger_area_one_is_led_to_its_villages(signed_in: SignedIn, home: Household, name: str) -> None:
    answer = signed_in("xian").get(reverse(f"leaflets:{name}", args=[VILLAGE[:6]]))
    assert answer["Location"] == reverse("codes:village", args=[VILLAGE[:6]])
    villages = signed_in("xian").get(answer["Location"]).content.decode()
    assert reverse("codes:village", args=[VILLAGE]) in villages


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("石桥", [VILLAGE]),
        ("sqc", [VILLAGE]),
        ("青石镇", [VILLAGE, "999901001002"]),
        ("999901002000", ["999901002001"]),
        (VILLAGE, [VILLAGE]),
        ("999902", []),
    ],
)
def test_villages_are_found_by_name_initials_township_and_code(
    signed_in: SignedIn, areas: object, typed: str, found: list[str]
) -> None:
    page = signed_in("xian").get(reverse("codes:overview"), {"area": typed})
    assert [row.record.pk for row in page.context["table"].rows] == found
