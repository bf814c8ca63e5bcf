"""Counts of acts: shared, exact at once, forgotten when their time is over; and whose network a request comes from."""

import datetime
import re
import threading
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from foundation.accounts import limits
from foundation.accounts.limits import Limit
from foundation.accounts.models import ActCount

SLOW = Limit("knocking", "cun", most=2, seconds=600)
HELD = Limit("guessing", "cun", most=2, seconds=600, holds=True)


def back(minutes: int) -> None:
    ActCount.objects.update(began_at=timezone.now() - datetime.timedelta(minutes=minutes))


def test_the_third_of_two_waits_until_the_window_is_over(db: None) -> None:
    assert [limits.wait([SLOW]) for _time in range(2)] == [0, 0]
    back(7)
    assert 150 < limits.wait([SLOW]) <= 181
    back(11)
    assert limits.wait([SLOW]) == 0


def test_a_limit_that_holds_begins_its_window_with_the_last_allowed_act(db: None) -> None:
    assert limits.wait([HELD]) == 0
    ActCount.objects.update(began_at=ActCount.objects.get().began_at - datetime.timedelta(minutes=9))
    assert limits.wait([HELD]) == 0
    assert 590 < limits.wait([HELD]) <= 601


def test_forgiven_is_as_if_it_had_not_been(db: None) -> None:
    assert [limits.wait([SLOW]) for _time in range(2)] == [0, 0]
    limits.forgive([SLOW])
    assert limits.wait([SLOW]) == 0


def test_one_act_taken_back_leaves_the_others_counted(db: None) -> None:
    assert [limits.wait([SLOW]) for _time in range(2)] == [0, 0]
    limits.take_back([SLOW])
    assert limits.wait([SLOW]) == 0
    assert limits.wait([SLOW]) > 0


def test_what_is_over_is_forgotten_and_what_runs_stays(db: None) -> None:
    limits.wait([SLOW])
    assert limits.forget_old() == 0
    back(11)
    limits.wait([HELD])
    assert limits.forget_old() == 1
    assert ActCount.objects.get().key == HELD.key


def test_no_name_is_kept(db: None) -> None:
    limits.wait([SLOW])
    assert re.fullmatch(r"[0-9a-f]{64}", ActCount.objects.get().key)


def test_of_ten_at_once_exactly_two_pass(own_database: str) -> None:
    passed: list[bool] = []
    begin = threading.Barrier(10)

    def knock() -> None:
        begin.wait()
        try:
            passed.append(limits.wait([SLOW]) == 0)
        finally:
            connection.close()

    threads = [threading.Thread(target=knock) for _one in range(10)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(passed) == [False] * 8 + [True] * 2


@pytest.mark.parametrize(
    ("behind", "meta", "network"),
    [
        (False, {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "198.51.100.7"}, "192.0.2.1"),
        (True, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 198.51.100.7"}, "198.51.100.7"),
        (True, {"REMOTE_ADDR": "127.0.0.1"}, ""),
        (True, {"HTTP_X_FORWARDED_FOR": "6.6.6.6, 198.51.100.7:51034"}, "198.51.100.7"),
        (True, {"HTTP_X_FORWARDED_FOR": "[2001:db8:1:2::7]:51034"}, "2001:db8:1:2::/64"),
        (True, {"HTTP_X_FORWARDED_FOR": "[2001:db8:1:2::7]"}, "2001:db8:1:2::/64"),
        (True, {"HTTP_X_FORWARDED_FOR": "unknown"}, ""),
        (True, {"HTTP_X_FORWARDED_FOR": "198.51.100.7:no-port"}, ""),
        (False, {"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::/64"),
        (False, {"REMOTE_ADDR": "::ffff:192.0.2.1"}, "192.0.2.1"),
        (False, {"REMOTE_ADDR": ""}, ""),
    ],
)
def test_the_network_is_what_nobody_can_write_for_themselves(
    rf: Any, settings: Any, behind: bool, meta: dict[str, str], network: str
) -> None:
    settings.BEHIND_PROXY = behind
    request = rf.get("/")
    request.META = meta
    assert limits.network_of(request) == network
