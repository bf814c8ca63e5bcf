"""The administration site: scoped, read-only, for two offices, under a policy of its own."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from foundation.accounts.models import Posting, User
from foundation.accounts.sign_in import BACKEND
from foundation.desk.admin_site import AdministrationSite, ScopedAdmin
from tests.people import OUTSIDERS, POSTS

People = dict[str, User]
OFFICES = ("xitong", "anquan")
TABLES = ("area", "user", "posting", "standin", "department", "rolelabel")


def as_(people: People, name: str) -> Client:
    browser = Client()
    browser.force_login(people[name], backend=BACKEND)
    return browser


def test_the_site_is_ours_and_takes_scoped_tables_only() -> None:
    assert isinstance(admin.site._wrapped, AdministrationSite)  # type: ignore[attr-defined]
    assert len(admin.site._registry) == len(TABLES)
    assert all(isinstance(table, ScopedAdmin) for table in admin.site._registry.values())


@pytest.mark.parametrize("name", sorted(POSTS | OUTSIDERS))
def test_two_offices_enter_and_others_are_told_why(people: People, name: str) -> None:
    answer = as_(people, name).get("/admin/")
    assert answer.status_code == (200 if name in (*OFFICES, "lin_anquan") else 403)


def test_a_visitor_signs_in_on_the_desk(db: None) -> None:
    assert Client().get("/admin/")["Location"].startswith("/sign-in/")


def test_passwords_and_sessions_belong_to_the_desk(people: People) -> None:
    assert as_(people, "anquan").get("/admin/password_change/").status_code == 404
    assert as_(people, "cun").get("/admin/password/").status_code == 200
    for name in ("password_change_done", "view_on_site"):
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:{name}", args=[1, 1] if name == "view_on_site" else [])


@pytest.mark.parametrize("table", TABLES)
def test_tables_show_ones_own_area_alone(people: People, table: str) -> None:
    shown = as_(people, "anquan").get(f"/admin/accounts/{table}/").content.decode()
    assert "lin_" not in shown
    assert "东山" not in shown


def test_a_row_outside_is_not_there(people: People) -> None:
    foreign = Posting.objects.get(user=people["lin_cun"])
    own = Posting.objects.get(user=people["cun"])
    browser = as_(people, "anquan")
    assert browser.get(f"/admin/accounts/posting/{foreign.pk}/change/").status_code == 404
    shown = browser.get(f"/admin/accounts/posting/{own.pk}/change/").content.decode()
    assert f"/staff/{people['cun'].pk}/" in shown
    assert 'name="_save"' not in shown


@pytest.mark.parametrize("page", ["add", "delete", "history"])
def test_nothing_is_added_deleted_or_taken_for_history(page: str) -> None:
    for table in TABLES:
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:accounts_{table}_{page}", args=[] if page == "add" else ["1"])


def test_nothing_is_changed(people: People) -> None:
    browser = as_(people, "xitong")
    url = f"/admin/accounts/user/{people['cun'].pk}/change/"
    assert browser.post(url, {"name": "别人", "username": "cun"}).status_code == 403
    assert User.objects.get(username="cun").name == "cun"
    posted = {"action": "delete_selected", "_selected_action": [people["cun"].pk]}
    browser.post("/admin/accounts/user/", posted)
    assert User.objects.filter(username="cun").exists()


def test_no_page_shows_a_password(people: People) -> None:
    people["cun"].set_password("ein-langes-eigenes-wort")
    people["cun"].save()
    shown = as_(people, "xitong").get(f"/admin/accounts/user/{people['cun'].pk}/change/").content.decode()
    assert "argon2" not in shown


def test_the_policy_is_relaxed_here_and_nowhere_else(people: People) -> None:
    browser = as_(people, "anquan")
    assert "unsafe-eval" in browser.get("/admin/")["Content-Security-Policy"]
    assert "unsafe" not in browser.get("/staff/")["Content-Security-Policy"]
