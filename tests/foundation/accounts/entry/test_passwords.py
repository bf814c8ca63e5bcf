"""Passwords and accounts that are not used: what is refused, what ends by itself (safety.md L02, L08)."""

import datetime
import time
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from foundation.accounts import clock
from foundation.accounts.entry import common_passwords, passwords, unused
from foundation.accounts.models import OldPassword, User
from foundation.accounts.refusals import Refused

People = dict[str, User]


@pytest.fixture
def cun(people: People, settings: Any) -> User:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    people["cun"].set_password("spring-begins-0")
    people["cun"].save()
    return people["cun"]


@pytest.mark.parametrize(
    "weak", ["short-one", "password1234", "13812345678-mine", "it-is-99990119800101123x", "123456789012"]
)
def test_l02_weak_ones_and_personal_numbers_are_refused(cun: User, weak: str) -> None:
    with pytest.raises(Refused):
        passwords.check_new(cun, weak)


@pytest.mark.parametrize(
    "common",
    [
        "woaini1314520", "Woaini@13145201314", "a123456789012", "qwe123456789", "5201314520131", "zhongguo2026!!",
        "zhang19860312!", "Fupin@2021Xiaokang", "1qaz2wsx3edc", "liu1988-1988liu", "shouwang2026!",
        "mima88888888", "qazwsxedc123", "Admin@2026@2026", "xiaokang20211001",
    ],
)  # fmt: skip
def test_l02_what_everybody_here_would_think_of_is_refused_as_common(cun: User, common: str) -> None:
    assert len(common) >= 12
    with translation.override("en"), pytest.raises(Refused, match="This password is too common"):
        passwords.check_new(cun, common)


@pytest.mark.parametrize(
    "fine",
    [
        "spring-begins-4",
        "the-rain-comes-down",
        "qiaomai-kaihua-7",
        "zhao-ge-haotian-shai-gu",
        "春分过后在河边种三亩荞麦",
        "x" + "7q!vK" * 3,
    ],
)
def test_a_sentence_of_ones_own_is_not_common(cun: User, fine: str) -> None:
    passwords.check_new(cun, fine)


def test_taking_a_password_apart_takes_no_time() -> None:
    """No password makes the check wait, however its pieces overlap."""
    began = time.monotonic()
    common_passwords.is_put_together("121231234" * 14 + "§")
    assert time.monotonic() - began < 0.5


def test_administrators_need_longer_ones(people: People) -> None:
    fifteen = "rain-water-2026"
    passwords.check_new(people["cun"], fifteen)
    with pytest.raises(Refused):
        passwords.check_new(people["xitong"], fifteen)
    passwords.check_new(people["xitong"], fifteen + "!")


def test_l02_the_last_five_are_not_taken_again(cun: User) -> None:
    for number in range(1, 6):
        passwords.choose(cun, f"spring-begins-{number}")
    for number in range(1, 6):
        with pytest.raises(Refused):
            passwords.check_new(cun, f"spring-begins-{number}")
    passwords.check_new(cun, "spring-begins-0")
    assert OldPassword.objects.filter(user=cun).count() == 5


def test_l02_a_password_of_ninety_days_is_changed_before_anything_else(cun: User) -> None:
    client = Client()
    client.force_login(cun)
    assert client.get("/").status_code == 200
    User.objects.filter(pk=cun.pk).update(password_chosen_at=timezone.now() - datetime.timedelta(days=91))
    assert client.get("/")["Location"] == "/me/password/"
    again = "the-rain-comes-down"
    client.post("/me/password/", {"old": "spring-begins-0", "new": again, "again": again})
    assert client.get("/").status_code == 200


def test_l08_who_never_comes_is_closed_out_by_role(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    today = clock.today()
    User.objects.update(created_on=today - datetime.timedelta(days=91))
    closed = unused.close(by=User.objects.built_in("system"))
    active = set(User.objects.filter(is_active=True, is_built_in=False).values_list("username", flat=True))
    assert active == {"cun", "wangge", "bangfu", "shuji", "duiyuan", "lin_cun"}
    assert closed == len(people) - len(active)
    User.objects.update(created_on=today - datetime.timedelta(days=366))
    assert unused.close(by=User.objects.built_in("system")) == len(active)


def test_l08_a_sign_in_or_being_opened_again_counts_anew(people: People) -> None:
    today = clock.today()
    User.objects.update(created_on=today - datetime.timedelta(days=91))
    User.objects.filter(username="xian").update(last_login=timezone.now())
    User.objects.filter(username="zhen").update(enabled_on=today - datetime.timedelta(days=89))
    unused.close(by=User.objects.built_in("system"))
    kept = set(
        User.objects.filter(is_active=True, username__in=["xian", "zhen", "shending"]).values_list(
            "username", flat=True
        )
    )
    assert kept == {"xian", "zhen"}


def test_nobody_is_closed_out_of_the_demonstration(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "is_demonstration", lambda: True)
    User.objects.update(created_on=clock.today() - datetime.timedelta(days=400))
    assert unused.close(by=User.objects.built_in("system")) == 0
