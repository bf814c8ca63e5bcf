"""Pages about people: found, opened, posted, stood in for, ended; and nothing of another county."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.accounts.first_passwords import without_password
from foundation.accounts.labels import set_label
from foundation.accounts.models import Area, Posting, StandIn, User
from foundation.accounts.roles import Role
from foundation.accounts.sign_in import BACKEND
from foundation.desk.models import GrantProposal
from foundation.ledger.models import Entry
from tests.people import COUNTY, VILLAGE

People = dict[str, User]
Areas = dict[str, Area]


def as_(people: People, name: str) -> Client:
    browser = Client()
    browser.force_login(people[name], backend=BACKEND)
    return browser


def text(browser: Client, url: str, status: int = 200) -> str:
    answer = browser.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def logins(shown: str) -> set[str]:
    """The login names of a list."""
    return set(re.findall(r'kind-code short"[^>]*>\s*([a-z_]+)\s*<', shown))


def test_the_list_shows_ones_own_area_and_nobody_else(people: People) -> None:
    shown = text(as_(people, "zhen"), "/staff/")
    assert "cun" in shown
    assert "lin_cun" not in shown
    assert "/staff/open/" not in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("named=zhenl", {"zhenling"}),
        ("role=county_dispatcher", {"xian"}),
        ("area=石桥村", {"cun", "wangge", "bangfu", "shuji", "duiyuan"}),
        ("area=999901001000&not=area", None),
        ("department=medical_insurance", {"yibao"}),
        ("active=no", set()),
    ],
)
def test_the_list_is_filtered(people: People, query: str, found: set[str] | None) -> None:
    shown = text(as_(people, "anquan"), f"/staff/?{query}")
    names = logins(shown)
    assert names == found if found is not None else not {"cun", "zhen"} & names


def test_a_filter_says_nothing_about_posts_one_does_not_see(people: People, areas: Areas) -> None:
    Posting.objects.filter(user=people["cun"]).update(until_day="2026-11-01")
    Posting.objects.create(
        user=people["cun"],
        role=Role.COUNTY_DISPATCHER,
        area=areas["999902"],
        from_day="2026-11-02",
    )
    assert logins(text(as_(people, "anquan"), "/staff/?role=county_dispatcher")) == {"xian"}


def test_lists_use_the_areas_own_words(people: People, areas: Areas) -> None:
    set_label(areas[COUNTY], Role.VILLAGE_ASSISTANT, "村级监测员", by=people["anquan"])
    for url in ("/staff/", "/postings/", "/vacancies/", f"/staff/{people['cun'].pk}/", "/roles/"):
        assert "村级监测员" in text(as_(people, "anquan"), url)


def test_a_person_of_another_county_is_not_there(people: People) -> None:
    for url in (f"/staff/{people['lin_cun'].pk}/", f"/staff/{people['lin_cun'].pk}/propose/"):
        text(as_(people, "anquan"), url, 404)


def test_a_system_administrator_opens_an_account(people: People) -> None:
    answer = as_(people, "xitong").post(
        "/staff/open/", {"name": "新人", "username": "XinRen", "area": "青石镇"}, follow=True
    )
    user = User.objects.get(username="xinren")
    assert answer.redirect_chain[-1][0] == f"/staff/{user.pk}/"
    assert user.home_id == "999901001"


@pytest.mark.parametrize("area", ["邻县", "999902", "没有"])
def test_a_foreign_area_does_not_exist_and_what_was_typed_stays(people: People, area: str) -> None:
    answer = as_(people, "xitong").post("/staff/open/", {"name": "新人", "username": "xinren", "area": area})
    assert answer.status_code == 200
    assert "新人" in answer.content.decode()
    assert not User.objects.filter(username="xinren").exists()


def test_a_posting_is_proposed_by_one_and_granted_by_another(people: People, areas: Areas) -> None:
    person = User.objects.create_user("xinren", name="新人", home=areas[VILLAGE])
    as_(people, "anquan").post(
        f"/staff/{person.pk}/propose/",
        {"role": "grid_member", "area": VILLAGE, "from_day": "2026-11-04", "reason": "任命"},
    )
    proposal = GrantProposal.objects.get()
    assert not person.postings.exists()
    as_(people, "xitong").post(
        f"/grants/{proposal.pk}/approve/", {"happened_on": "2026-11-04", "version": proposal.version}
    )
    assert person.postings.get().role == "grid_member"


def test_a_refused_proposal_says_why_at_its_field(people: People) -> None:
    answer = as_(people, "anquan").post(
        f"/staff/{people['cun'].pk}/propose/",
        {"role": "township_verifier", "area": "青石镇", "from_day": "2026-11-04", "reason": "任命"},
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors["role"]
    assert not GrantProposal.objects.exists()


def test_a_posting_is_ended_after_asking(people: People) -> None:
    posting = Posting.objects.get(user=people["cun"])
    browser = as_(people, "anquan")
    assert "card-danger" in text(browser, f"/postings/{posting.pk}/end/")
    assert browser.post(f"/postings/{posting.pk}/end/", {"reason": ""}).status_code == 200
    browser.post(f"/postings/{posting.pk}/end/", {"reason": "调离"})
    posting.refresh_from_db()
    assert str(posting.until_day) == "2026-11-03"


def test_a_stand_in_is_arranged_shown_and_cancelled(people: People) -> None:
    posting = Posting.objects.get(user=people["cun"])
    browser = as_(people, "zhen")
    offered = text(browser, f"/postings/{posting.pk}/stand-in/")
    assert "· wangge" in offered
    assert "· lin_cun" not in offered
    browser.post(
        f"/postings/{posting.pk}/stand-in/",
        {
            "substitute": people["wangge"].pk,
            "from_day": "2026-11-04",
            "until_day": "2026-11-20",
            "reason": "产假",
        },
    )
    stand_in = StandIn.objects.get()
    assert f"/stand-ins/{stand_in.pk}/cancel/" in text(browser, "/stand-ins/")
    assert f"/stand-ins/{stand_in.pk}/cancel/" not in text(as_(people, "lingdao"), "/stand-ins/")
    browser.post(f"/stand-ins/{stand_in.pk}/cancel/", {"reason": "返岗"})
    stand_in.refresh_from_db()
    assert stand_in.withdrawn_on is not None


def test_vacancies_name_who_owns_the_work(people: People) -> None:
    shown = text(as_(people, "xian"), "/vacancies/")
    assert "芒种村" in shown
    assert "zhen ·" in shown
    assert "东山" not in shown


def test_vacancies_cost_the_same_whatever_their_number(people: People, areas: Areas) -> None:
    browser = as_(people, "anquan")
    text(browser, "/vacancies/")
    with CaptureQueriesContext(connection) as few:
        text(browser, "/vacancies/")
    for number in range(40):
        Area.objects.create(
            code=f"9999010019{number:02d}", name=f"村{number}", level=12, parent=areas["999901001"]
        )
    with CaptureQueriesContext(connection) as many:
        text(browser, "/vacancies/")
    assert len(many) == len(few)


def test_a_one_time_password_is_shown_once(people: People) -> None:
    browser = as_(people, "xitong")
    url = f"/staff/{people['cun'].pk}/password/"
    assert "secret" not in text(browser, url)
    shown = browser.post(url).content.decode()
    password = re.search(r'class="secret">([^<]+)<', shown)
    assert password is not None
    assert User.objects.get(username="cun").check_password(password[1])
    assert browser.post(f"/staff/{people['anquan'].pk}/password/").status_code == 409


def test_first_passwords_of_an_area_are_printed(people: People, areas: Areas) -> None:
    browser = as_(people, "xitong")
    shown = browser.post("/staff/first-passwords/", {"area": VILLAGE}).content.decode()
    assert len(re.findall(r"[0-9a-z]{4}(?:-[0-9a-z]{4}){3}", shown)) == 5
    assert "data:application/vnd" in shown
    assert not without_password(areas[VILLAGE], by=people["xitong"]).exists()
    again = browser.post("/staff/first-passwords/", {"area": VILLAGE})
    assert again.context["form"].errors["area"]


def test_the_empty_workbook_comes_as_a_file(people: People) -> None:
    answer = as_(people, "xitong").get("/staff/staff.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="staff.xlsx"'
    assert answer.content.startswith(b"PK")


@pytest.mark.parametrize("act", ["disable", "enable"])
def test_an_account_is_switched_with_a_reason(people: People, act: str) -> None:
    if act == "enable":
        User.objects.filter(username="cun").update(is_active=False)
    as_(people, "xitong").post(f"/staff/{people['cun'].pk}/{act}/", {"reason": "离岗"})
    assert User.objects.get(username="cun").is_active == (act == "enable")


def test_the_history_of_a_person_is_for_who_may_change_them(people: People) -> None:
    as_(people, "xitong").post(f"/staff/{people['cun'].pk}/name/", {"name": "盛处暑"})
    assert "姓名更正" in text(as_(people, "xitong"), f"/staff/{people['cun'].pk}/")
    assert "姓名更正" not in text(as_(people, "lingdao"), f"/staff/{people['cun'].pk}/")


def test_everybody_declares_their_own_households_only(people: People) -> None:
    browser = as_(people, "cun")
    browser.post("/me/kin/", {"household": "ys000014", "relation": "kin"})
    assert "YS000014" in text(browser, "/me/kin/")
    assert "YS000014" not in text(as_(people, "zhen"), "/me/kin/")
    declared = people["cun"].kin.get()
    text(as_(people, "zhen"), f"/me/kin/{declared.pk}/withdraw/", 404)
    browser.post(f"/me/kin/{declared.pk}/withdraw/", {"reason": "登记错误"})
    assert people["cun"].kin.get().withdrawn_on is not None


def test_a_role_gets_its_local_name(people: People) -> None:
    as_(people, "anquan").post(
        "/roles/name/",
        {"area": COUNTY, "role": "grid_member", "label": "联户长", "from_day": "2026-11-04"},
    )
    assert "联户长" in text(as_(people, "cun"), "/roles/")
    assert Entry.objects.filter(verb="role.labelled").exists()


def test_a_move_to_another_post_is_proposed_and_both_happen_with_the_approval(
    people: People, areas: Areas
) -> None:
    old = Posting.objects.get(user=people["cun"])
    address = f"/postings/{old.pk}/move-on/"
    assert address in text(as_(people, "anquan"), f"/staff/{people['cun'].pk}/")
    given = {"role": "village_assistant", "area": "999901001002", "from_day": "2026-11-04", "reason": "对调"}
    answer = as_(people, "anquan").post(address, given)
    proposal = GrantProposal.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/grants/{proposal.pk}/")
    assert Posting.objects.get(user=people["cun"]) == old
    assert "石桥村" in text(as_(people, "xitong"), f"/grants/{proposal.pk}/")
    approval = f"/grants/{proposal.pk}/approve/"
    refused = as_(people, "anquan").post(approval, {"version": 1, "happened_on": "2026-11-04"})
    assert (refused.status_code, Posting.objects.filter(user=people["cun"]).count()) == (200, 1)
    as_(people, "xitong").post(approval, {"version": 1, "happened_on": "2026-11-04"})
    days = (
        Posting.objects.filter(user=people["cun"]).order_by("from_day").values_list("from_day", "until_day")
    )
    assert [tuple(map(str, each)) for each in days] == [
        ("2026-01-01", "2026-11-03"),
        ("2026-11-04", "None"),
    ]


def test_a_move_that_cannot_be_is_refused_where_it_is_proposed(people: People, areas: Areas) -> None:
    address = f"/postings/{Posting.objects.get(user=people['cun']).pk}/move-on/"
    given = {"role": "village_assistant", "area": "999901001002", "from_day": "2025-11-04", "reason": "对调"}
    answer = as_(people, "anquan").post(address, given, headers={"accept-language": "en"})
    assert "The present post began only later" in answer.content.decode()
    assert not GrantProposal.objects.exists()
    assert as_(people, "lin_anquan").get(address).status_code == 404
    assert as_(people, "cun").get(address).status_code == 403
