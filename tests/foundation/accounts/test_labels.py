"""Names of roles: values of the area, from a day on; the nearest area's name counts."""

import datetime

import pytest
from django.utils import translation

from foundation.accounts.labels import called, role_label, role_labels_of_many, set_label
from foundation.accounts.models import Area, RoleLabel, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.ledger.models import Entry
from foundation.ledger.record import read_body
from foundation.regulations import revision
from foundation.regulations.models import Value
from foundation.regulations.models.values import Kind, Origin
from tests.foundation.regulations.made import NOTICE
from tests.people import COUNTY, NEIGHBOUR_COUNTY, VILLAGE

TODAY = datetime.date(2026, 11, 4)
TOMORROW = datetime.date(2026, 11, 5)
People = dict[str, User]
Areas = dict[str, Area]
ROLE = Role.VILLAGE_ASSISTANT


def test_a_name_holds_for_the_area_and_all_under_it(people: People, areas: Areas) -> None:
    set_label(areas[COUNTY], ROLE, "村级监测员", by=people["anquan"])
    assert role_label(ROLE, VILLAGE) == "村级监测员"
    assert role_label(ROLE, NEIGHBOUR_COUNTY) == str(ROLE.label)


def test_the_nearest_area_names_and_a_later_day_waits(people: People, areas: Areas) -> None:
    RoleLabel.objects.create(area=areas["99"], role=ROLE, label="省里的叫法", from_day=TODAY)
    set_label(areas[COUNTY], ROLE, "村信息员", by=people["anquan"], from_day=TOMORROW)
    assert role_label(ROLE, VILLAGE) == "省里的叫法"
    assert role_label(ROLE, VILLAGE, TOMORROW) == "村信息员"


def test_names_of_many_areas_cost_two_queries(
    people: People, areas: Areas, django_assert_num_queries: object
) -> None:
    set_label(areas[COUNTY], ROLE, "村级监测员", by=people["anquan"])
    with django_assert_num_queries(2):  # type: ignore[operator]
        called = role_labels_of_many(areas)
    assert called[VILLAGE][ROLE] == called[COUNTY][ROLE] == "村级监测员"
    assert called[NEIGHBOUR_COUNTY][ROLE] == str(ROLE.label)


def test_the_record_keeps_the_old_and_the_new_name(people: People, areas: Areas) -> None:
    set_label(areas[COUNTY], ROLE, "村级监测员", by=people["anquan"])
    set_label(areas[COUNTY], ROLE, "村级信息员", by=people["anquan"])
    body = read_body(Entry.objects.filter(verb="role.labelled").order_by("-id")[0])
    assert (body["before"], body["after"]) == ("村级监测员", "村级信息员")
    assert RoleLabel.objects.count() == 1


@pytest.mark.parametrize("label", ["", "  ", "长" * 41])
def test_a_name_is_short_and_not_empty(people: People, areas: Areas, label: str) -> None:
    with pytest.raises(Refused) as refused:
        set_label(areas[COUNTY], ROLE, label, by=people["anquan"])
    assert refused.value.field == "label"


def test_two_roles_do_not_share_a_name(people: People, areas: Areas) -> None:
    set_label(areas[COUNTY], ROLE, "网格长", by=people["anquan"])
    with pytest.raises(Refused) as refused:
        set_label(areas[COUNTY], Role.GRID_MEMBER, "网格长", by=people["anquan"])
    assert refused.value.field == "label"


def test_the_past_keeps_its_names(people: People, areas: Areas) -> None:
    with pytest.raises(Refused) as refused:
        set_label(areas[COUNTY], ROLE, "村信息员", by=people["anquan"], from_day=datetime.date(2026, 11, 3))
    assert refused.value.field == "from_day"


@pytest.mark.parametrize("name", ["xitong", "xian", "lin_anquan"])
def test_only_a_security_administrator_of_the_area_names(people: People, areas: Areas, name: str) -> None:
    with pytest.raises(Refused):
        set_label(areas[COUNTY], ROLE, "村信息员", by=people[name])


def test_the_value_in_force_names_where_no_area_has_named(people: People, areas: Areas) -> None:
    item = {"code": ROLE.value, "zh": "村级信息员", "en": "village information clerk"}
    value = Value.objects.create(
        subject_id="role_names",
        area=COUNTY,
        origin=Origin.SHIPPED,
        from_day=TOMORROW,
        kind=Kind.LIST,
        unit="list",
        items=[item],
        fingerprint="x",
        loaded_on=TODAY,
        **NOTICE.columns(),
    )
    revision.renew(revision.VALUES)
    for language, word in (("zh-hans", "村级信息员"), ("en", "village information clerk")):
        with translation.override(language):
            assert role_label(ROLE, VILLAGE, value.from_day) == word
    assert role_label(ROLE, VILLAGE) == role_label(ROLE, NEIGHBOUR_COUNTY, value.from_day) == str(ROLE.label)
    RoleLabel.objects.create(area=areas["99"], role=ROLE, label="省里的叫法", from_day=TODAY)
    assert role_label(ROLE, VILLAGE, value.from_day) == "省里的叫法"


def test_a_list_calls_a_role_as_its_own_page_does(people: People, areas: Areas) -> None:
    Value.objects.filter(subject_id="role_names", area="4111").update(area="9999")
    revision.renew(revision.VALUES)
    assert called(ROLE, None, VILLAGE) == role_label(ROLE, VILLAGE)
    assert called(ROLE, "网格长", VILLAGE) == "网格长"
