"""One's own account: password, language, posts."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from foundation.accounts.models import RoleLabel, StandIn, User
from foundation.desk.own_account import own_posts, posts_stood_in
from foundation.ledger.models import Entry

OLD, NEW = "spring-begins-4", "summer-begins-5"
ENGLISH = {"accept-language": "en"}
TODAY = datetime.date(2026, 11, 4)
Change = Callable[..., str]


@pytest.fixture
def cun(people: dict[str, User]) -> User:
    people["cun"].set_password(OLD)
    people["cun"].save()
    return people["cun"]


@pytest.fixture
def change(client: Client, cun: User) -> Change:
    client.force_login(cun)

    def send(old: str = OLD, new: str = NEW, again: str | None = None) -> str:
        data = {"old": old, "new": new, "again": new if again is None else again}
        return client.post("/me/password/", data, headers=ENGLISH, follow=True).content.decode()

    return send


def test_a_new_password_counts_at_once_and_ends_other_sessions_but_this(
    change: Change, client: Client, cun: User
) -> None:
    elsewhere = Client()
    elsewhere.force_login(cun)
    assert "Your password is changed" in change()
    cun.refresh_from_db()
    assert cun.check_password(NEW)
    assert client.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302
    entry = Entry.objects.get(verb="staff.password_changed")
    assert entry.object_id == str(cun.pk)
    assert NEW.encode() not in bytes(entry.body)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"old": "wrong"}, "This is not your present password."),
        ({"new": OLD}, "The new password is the old one"),
        ({"new": "short"}, "at least 12 characters"),
        ({"new": "123456789012"}, "entirely numeric"),
        ({"again": "different-5-x"}, "The two new passwords differ"),
    ],
)
def test_a_refused_password_says_why_and_changes_nothing(
    change: Change, cun: User, typed: dict[str, str], sentence: str
) -> None:
    assert sentence in change(**typed)
    cun.refresh_from_db()
    assert cun.check_password(OLD)
    assert not Entry.objects.filter(verb="staff.password_changed").exists()


def test_a_person_keeps_their_language_on_every_device(client: Client, cun: User) -> None:
    client.force_login(cun)
    assert 'lang="zh-hans"' in client.get("/").content.decode()
    answer = client.post("/language/", {"language": "en", "next": "/me/"})
    assert answer["Location"] == "/me/"
    assert answer.cookies["django_language"].value == "en"
    other = Client(headers={"accept-language": "zh-CN"})
    other.force_login(cun)
    page = other.get("/")
    assert '<html lang="en"' in page.content.decode()
    assert page["Content-Language"] == "en"
    assert '<html lang="en"' in other.get("/nothing/").content.decode(), "errors too"
    assert Entry.objects.filter(verb="staff.language_chosen").count() == 1


def test_a_visitor_keeps_it_by_cookie_and_an_unknown_language_changes_nothing(
    client: Client, db: None
) -> None:
    assert '<html lang="zh-hans"' in client.get("/sign-in/").content.decode()
    client.post("/language/", {"language": "xx"})
    assert '<html lang="zh-hans"' in client.get("/sign-in/").content.decode()
    client.post("/language/", {"language": "en"})
    assert '<html lang="en"' in client.get("/sign-in/").content.decode()


def test_posts_are_read_in_the_areas_own_words_with_who_stands_in(people: dict[str, User], cun: User) -> None:
    RoleLabel.objects.create(
        area_id="999901", role="village_assistant", label="村级监测员", from_day=datetime.date(2026, 1, 1)
    )
    StandIn.objects.create(
        posting=cun.postings.get(),
        substitute=people["shuji"],
        from_day=TODAY,
        until_day=TODAY + datetime.timedelta(9),
        reason="leave",
    )
    (post,) = own_posts(cun)
    assert (post.label, post.area, post.until_day) == ("村级监测员", "石桥村", None)
    assert post.stand_in is not None
    assert post.stand_in.substitute == people["shuji"]
    (stood_in,) = posts_stood_in(people["shuji"])
    assert (stood_in.absent, stood_in.label, stood_in.area) == (cun.name, "村级监测员", "石桥村")


def test_a_post_that_ended_is_no_longer_shown_and_one_to_come_is(cun: User) -> None:
    cun.postings.update(until_day=TODAY - datetime.timedelta(1))
    assert own_posts(cun) == []
    cun.postings.update(from_day=TODAY + datetime.timedelta(3), until_day=None)
    assert len(own_posts(cun)) == 1


def test_the_page_shows_posts_or_says_what_their_lack_means(client: Client, cun: User) -> None:
    client.force_login(cun)
    assert "石桥村" in client.get("/me/").content.decode()
    cun.postings.update(until_day=TODAY - datetime.timedelta(1))
    assert "You hold no post today" in client.get("/me/", headers=ENGLISH).content.decode()
