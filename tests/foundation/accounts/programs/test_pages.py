"""Lists come page by page, by key: every row once, whatever the size; a page is never larger than allowed."""

from typing import Any

from django.test import Client

from foundation.accounts.models import User
from tests.foundation.accounts.programs.made import program_of

People = dict[str, User]


def all_of(program: Client, address: str) -> list[dict[str, Any]]:
    """Follow `next` to the end."""
    rows: list[dict[str, Any]] = []
    while address:
        told = program.get(address).json()
        rows += told["results"]
        address = told["next"]
    return rows


def test_every_row_comes_once(people: People) -> None:
    program = program_of(people["anquan"])
    codes = [row["id"] for row in all_of(program, "/api/v1/postings/?page_size=3")]
    assert len(codes) == len(set(codes)) > 10
    assert codes == [row["id"] for row in all_of(program, "/api/v1/postings/")]


def test_a_page_is_never_larger_than_allowed(people: People) -> None:
    program = program_of(people["anquan"])
    for asked in ("200", "201", "9" * 30):
        assert program.get(f"/api/v1/postings/?page_size={asked}").status_code == 200
    assert len(program.get("/api/v1/postings/?page_size=2").json()["results"]) == 2
