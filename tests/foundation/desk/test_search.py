"""Global search: by name, initials and code; nothing from outside one's areas."""

from collections.abc import Callable

import pytest
from django.test import Client

from foundation.accounts.models import Area, User
from foundation.desk.search import MOST_HITS, search

PARTS = "tests.foundation.desk.parts"
Find = Callable[[str, str], list[str]]


@pytest.fixture
def find(people: dict[str, User]) -> Find:
    Area.objects.filter(code="999901001001").update(initials="sqc")
    User.objects.filter(username="cun").update(initials="lc", name="立春")
    return lambda who, text: [hit.title for group in search(people[who], text) for hit in group.hits]


@pytest.mark.parametrize("typed", ["石桥", " 石桥村 ", "sqc", "SQ", "999901001001", "9999010010"])
def test_an_area_is_found_by_part_of_its_name_its_initials_and_its_code(find: Find, typed: str) -> None:
    assert "石桥村" in find("zhen", typed)


def test_a_code_may_be_typed_as_people_write_it_with_zeros(find: Find) -> None:
    assert "青石镇" in find("xian", "999901001000")


def test_people_are_found_by_name_initials_and_login_name(find: Find) -> None:
    for typed in ("立", "lc", "LC", "cun"):
        assert "立春" in find("zhen", typed), typed


def test_nothing_is_found_outside_ones_areas(find: Find) -> None:
    for typed in ("石桥", "sqc", "9999010", "立春", "lc", "cun"):
        assert "石桥村" not in find("lin_xian", typed)
        assert "立春" not in find("lin_xian", typed)
    assert find("bangfu", "cun") == [], "a helper does not see staff"


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "%", "_", "'; --", "9" * 500, "\\"])
def test_odd_words_find_nothing_and_break_nothing(
    find: Find, signed_in: Callable[..., Client], typed: str
) -> None:
    assert find("xian", typed) == []
    assert signed_in("xian").get("/search/", {"q": typed}).status_code == 200


def test_a_part_shows_twenty_hits_and_says_that_there_are_more(
    people: dict[str, User], compose: Callable[..., None]
) -> None:
    compose("SEARCH", f"{PARTS}.households")
    (found,) = search(people["cun"], "x")
    assert (len(found.hits), found.more) == (MOST_HITS, True)


def test_what_was_typed_comes_back_as_words_not_as_markup(signed_in: Callable[..., Client]) -> None:
    page = signed_in("cun").get("/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;" in page
