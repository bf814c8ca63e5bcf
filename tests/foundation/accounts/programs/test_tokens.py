"""Tokens: made by their holder, worth what the posting is worth at each request, ended by many things."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from foundation.accounts import staff
from foundation.accounts.entry import second_factor, sessions
from foundation.accounts.models import ApiToken, Posting, SecondFactor, User
from foundation.accounts.programs import tokens
from foundation.accounts.programs.tokens import Wish
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Role
from foundation.ledger.models import Entry
from tests.foundation.accounts.programs.made import made_token, program_of
from tests.people import NEIGHBOUR_COUNTY, PASSWORD, TOWNSHIP

People = dict[str, User]
DATASETS = "/api/v1/datasets/"


@pytest.fixture
def yibao(people: People) -> User:
    person = people["yibao"]
    person.password = make_password(PASSWORD)
    person.save(update_fields=["password"])
    return person


def wish(person: User, **changes: object) -> Wish:
    told: dict[str, object] = {"name": "intake", "posting": person.postings.get(), "days": 30}
    return Wish(**(told | changes))  # type: ignore[arg-type]


def asked(word: str, path: str = DATASETS) -> int:
    return Client(headers={"authorization": f"Bearer {word}"}).get(path).status_code


def test_a_token_opens_what_its_holder_may_see_and_is_kept_as_a_digest_alone(yibao: User) -> None:
    token, word = tokens.make(wish(yibao), password=PASSWORD, code="", by=yibao)
    assert word.startswith("shouwang_")
    assert len(word) > 50
    assert word not in {str(value) for value in ApiToken.objects.values_list().get()}
    assert (asked(word), asked(word, "/api/v1/households/")) == (200, 403)
    token.refresh_from_db()
    assert token.last_used_on == datetime.date(2026, 11, 4)
    entry = Entry.objects.get(verb="staff.token_made")
    assert (entry.object_id, word in str(entry.body)) == (str(yibao.pk), False)


def test_l04_a_dead_or_invented_token_is_answered_401_and_says_how_to_sign_in(yibao: User) -> None:
    nobody = Client(headers={"authorization": "Bearer shouwang_invented"}).get(DATASETS)
    assert (nobody.status_code, nobody["WWW-Authenticate"]) == (401, 'Bearer realm="Shouwang"')
    for word in ("", "x" * 10_000, "数据", "shouwang_\x01"):
        assert Client(HTTP_AUTHORIZATION=f"Bearer {word}").get(DATASETS).status_code == 401


def _ended_posting(person: User, _people: People) -> None:
    person.postings.update(until_day="2026-11-03")


def _withdrawn_posting(person: User, _people: People) -> None:
    person.postings.update(withdrawn_on="2026-11-04")


def _closed_account(person: User, people: People) -> None:
    staff.disable(person, by=people["xitong"], reason="left")


def _new_password(person: User, _people: People) -> None:
    person.set_password("another-spring-44")
    person.save()


def _signed_out_everywhere(person: User, _people: People) -> None:
    sessions.end_others(person)


def _last_day_over(_person: User, _people: People) -> None:
    ApiToken.objects.update(made_on="2026-10-01", expires_on="2026-11-03")


def _revoked(person: User, _people: People) -> None:
    tokens.revoke(person.api_tokens.get(), by=person)


@pytest.mark.parametrize(
    "end",
    [
        _ended_posting,
        _withdrawn_posting,
        _closed_account,
        _new_password,
        _signed_out_everywhere,
        _last_day_over,
        _revoked,
    ],
)
def test_7_4_1_what_ends_a_token_ends_it_at_the_next_request(
    yibao: User, people: People, end: Callable[[User, People], None]
) -> None:
    _token, word = made_token(yibao)
    assert asked(word) == 200
    end(User.objects.get(pk=yibao.pk), people)
    assert asked(word) == 401


def test_a_token_acts_by_its_own_posting_alone(people: People) -> None:
    """8.2.2: what another post of the same person opens, the program does not reach."""
    person = people["yibao"]
    _token, word = made_token(person)
    Posting.objects.create(user=person, role=Role.TOWNSHIP_VERIFIER, area_id=TOWNSHIP, from_day="2026-01-01")
    browser = Client()
    browser.force_login(person)
    assert browser.get("/api/v1/households/").status_code == 200
    assert asked(word, "/api/v1/households/") == 403


def test_who_makes_a_token_proves_it(yibao: User, people: People) -> None:
    for refused in (
        wish(yibao),
        wish(yibao, days=91),
        wish(yibao, days=0),
        wish(yibao, name="  "),
        wish(yibao, posting=people["jingban"].postings.get()),
    ):
        password = "wrong" if refused == wish(yibao) else PASSWORD
        with pytest.raises(Refused):
            tokens.make(refused, password=password, code="", by=yibao)
    assert not ApiToken.objects.exists()


def test_6_3_1_who_has_a_second_factor_gives_a_code_and_wrong_ones_are_counted(
    yibao: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    SecondFactor.objects.create(user=yibao, secret=b"", confirmed_at="2026-11-01T00:00:00Z")
    monkeypatch.setattr(second_factor, "accept", lambda _user, code: code == "123456")
    for _time in range(5):
        with pytest.raises(Refused, match=r"."):
            tokens.make(wish(yibao), password=PASSWORD, code="000000", by=yibao)
    with pytest.raises(Refused):
        tokens.make(wish(yibao), password=PASSWORD, code="123456", by=yibao)
    assert not ApiToken.objects.exists()


def test_tokens_of_posts_with_a_second_factor_last_a_week(people: People) -> None:
    assert tokens.longest_days(people["xitong"].postings.get()) == 7
    assert tokens.longest_days(people["yibao"].postings.get()) == 90


def test_nobody_has_more_than_ten(yibao: User) -> None:
    for number in range(tokens.MOST):
        made_token(yibao, name=f"n{number}")
    with pytest.raises(Refused):
        tokens.make(wish(yibao), password=PASSWORD, code="", by=yibao)
    ApiToken.objects.filter(name="n3").update(revoked_on="2026-11-04")
    tokens.make(wish(yibao), password=PASSWORD, code="", by=yibao)


def test_who_manages_the_account_revokes_with_a_reason_and_nobody_else(yibao: User, people: People) -> None:
    token, word = made_token(yibao)
    for name, reason in (("xitong", " "), ("anquan", "why"), ("lin_anquan", "why")):
        with pytest.raises(Refused):
            tokens.revoke(token, by=people[name], reason=reason)
    tokens.revoke(token, by=people["xitong"], reason="the server was sold")
    assert asked(word) == 401
    assert Entry.objects.get(verb="staff.token_revoked").object_id == str(yibao.pk)
    with pytest.raises(Refused):
        tokens.revoke(token, by=yibao)


def test_who_must_first_change_the_password_is_told_so(yibao: User) -> None:
    program = program_of(yibao)
    User.objects.update(must_change_password=True)
    told = program.get(DATASETS)
    assert (told.status_code, told["Content-Type"]) == (403, "application/problem+json")
    assert "password" in told.json()["detail"]


def test_a_program_of_a_neighbour_finds_nothing_of_this_county(people: People) -> None:
    program = program_of(people["lin_xian"])
    codes = [row["code"] for row in program.get("/api/v1/areas/").json()["results"]]
    assert codes
    assert all(code.startswith(NEIGHBOUR_COUNTY) for code in codes)
