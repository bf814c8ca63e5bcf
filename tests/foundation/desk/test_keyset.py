"""Paging by key: every row once, whatever the order, whatever is added meanwhile."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.accounts.models import User
from foundation.desk.keyset import Cursor, Key, keys_of, read, unsign, values_of

DAYS = st.none() | st.dates(datetime.date(2026, 1, 1), datetime.date(2026, 1, 4))
PEOPLE = st.lists(st.tuples(DAYS, st.sampled_from(["白露", "谷雨", "立春"])), max_size=17)
ORDERS = st.sampled_from(
    [
        ("pk",),
        ("-pk",),
        ("created_on", "name", "pk"),
        ("-created_on", "-name", "pk"),
        ("name", "-created_on", "-pk"),
    ]
)


def open_accounts(people: list[tuple[datetime.date | None, str]], prefix: str = "a") -> None:
    for number, (day, name) in enumerate(people):
        User.objects.create_user(f"{prefix}{number}", name=name, created_on=day)


def walk(keys: tuple[Key, ...], size: int, *, between: Any = None) -> list[list[User]]:
    """Turn the pages from the first to the last."""
    pages, cursor = [], None
    while True:
        part = read(User.objects.all(), keys, size, cursor)
        pages.append(part.rows)
        assert part.more_before == (cursor is not None)
        if not part.more_after:
            return pages
        cursor = Cursor(values_of(part.rows[-1], keys))
        if between:
            between(len(pages))


def sorted_people(order: tuple[str, ...]) -> list[User]:
    """Sort in Python: by each part from the last to the first, empties last."""
    people = list(User.objects.all())
    for term in reversed(order):
        name = term.lstrip("-")
        filled = [each for each in people if getattr(each, name) is not None]
        empty = [each for each in people if getattr(each, name) is None]
        people = sorted(filled, key=lambda each: getattr(each, name), reverse=term.startswith("-")) + empty
    return people


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE, order=ORDERS, size=st.integers(1, 6))
def test_every_row_comes_once_and_in_order_forward_and_back(
    people: list[tuple[datetime.date | None, str]], order: tuple[str, ...], size: int
) -> None:
    with transaction.atomic():
        open_accounts(people)
        keys = keys_of(User, order)
        pages = walk(keys, size)
        # PostgreSQL sorts names by its collation: compare with Python only where no name decides.
        if "name" not in "".join(order):
            assert [row for page in pages for row in page] == sorted_people(order)
        assert sorted(row.pk for page in pages for row in page) == sorted(
            User.objects.values_list("pk", flat=True)
        )
        for earlier, later in zip(pages[-2::-1], pages[:0:-1], strict=True):
            back = read(User.objects.all(), keys, size, Cursor(values_of(later[0], keys), backward=True))
            assert back.rows == earlier
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("order", [("created_on", "pk"), ("-created_on", "pk"), ("name", "pk")])
def test_rows_added_while_somebody_turns_pages_lose_and_double_nothing(order: tuple[str, ...]) -> None:
    day = datetime.date(2026, 1, 2)
    open_accounts([(day, "立春"), (None, "白露")] * 10)
    present = set(User.objects.values_list("pk", flat=True))

    def somebody_is_added(page: int) -> None:
        open_accounts([(day, "立春"), (None, "谷雨"), (day - datetime.timedelta(1), "白露")], f"new{page}x")

    seen = [row.pk for page in walk(keys_of(User, order), 3, between=somebody_is_added) for row in page]
    assert len(seen) == len(set(seen))
    assert present <= set(seen)


@given(word=st.text(max_size=200) | st.from_regex(r"[A-Za-z0-9_\-.:]{0,80}"))
def test_a_made_up_cursor_is_no_cursor(word: str) -> None:
    assert unsign(word, "staff.pk", 1, backward=False) is None


@given(values=st.lists(st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(), min_size=1))
def test_a_cursor_comes_back_as_it_was_and_only_in_its_own_table_and_order(values: list[Any]) -> None:
    word = Cursor(tuple(values)).sign("staff.name,pk")
    assert unsign(word, "staff.name,pk", len(values), backward=True) == Cursor(tuple(values), backward=True)
    assert unsign(word, "staff.-name,pk", len(values), backward=False) is None
    assert unsign(word, "staff.name,pk", len(values) + 1, backward=False) is None
    assert unsign(word[:-1], "staff.name,pk", len(values), backward=False) is None
