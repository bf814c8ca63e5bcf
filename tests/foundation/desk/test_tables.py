"""The one table: filters that turn round, sorting, pages, chips; all of it in the address."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from foundation.accounts.entry.sessions import SessionStore
from foundation.accounts.models import Area, User
from foundation.desk.tables import COUNTED, Column, Filter, Table, TablePage

AREAS = Table(
    "areas",
    columns=(
        Column("name", "Name", lambda area: area.name, "link", "name", lambda area: f"/{area.code}/"),
        Column("code", "Code", lambda area: area.padded_code, "code", "code"),
        Column("level", "Level", lambda area: area.get_level_display()),
    ),
    filters=(
        Filter("q", "Name", "text", lambda rows, value: rows.filter(name__contains=value)),
        Filter(
            "level",
            "Level",
            "choice",
            lambda rows, value: rows.filter(level=value),
            lambda user: [("9", "township"), ("12", "village")],
        ),
        Filter("top", "Has a parent", "yesno", lambda rows, value: rows.filter(parent__isnull=not value)),
    ),
    order=("code", "pk"),
    page_size=3,
    empty="Areas come by import.",
)


def asking(user: User, address: str = "/areas/", **session: str) -> HttpRequest:
    request = RequestFactory().get(address)
    request.user = user
    request.session = SessionStore()
    request.session.update(session)
    return request


@pytest.fixture
def show(people: dict[str, User]) -> Callable[..., TablePage]:
    """Show the table to the city overseer, who sees every area of the tests below the province."""

    def page(query: str = "", who: str = "shi", **session: str) -> TablePage:
        rows = Area.objects.visible_to(people[who])
        return AREAS.page(rows, asking(people[who], f"/areas/?{query}", **session))

    return page


def names(page: TablePage) -> list[str]:
    return [row.record.name for row in page.rows]


def everything(show: Callable[..., TablePage], query: str = "") -> list[str]:
    """Turn all the pages by their links."""
    page = show(query)
    found = names(page)
    while page.next_url:
        page = show(urlsplit(page.next_url).query)
        found += names(page)
    return found


def test_a_page_shows_so_many_rows_and_leads_on_and_back(show: Callable[..., TablePage]) -> None:
    first = show()
    assert names(first) == ["示例市", "示例县", "青石镇"]
    assert first.previous_url is None
    assert first.next_url is not None
    second = show(urlsplit(first.next_url).query)
    assert names(second) == ["石桥村", "芒种村", "白河镇"]
    assert second.previous_url is not None
    assert names(show(urlsplit(second.previous_url).query)) == names(first)


def test_all_pages_together_are_all_rows(show: Callable[..., TablePage], people: dict[str, User]) -> None:
    expected = list(Area.objects.visible_to(people["shi"]).order_by("code").values_list("name", flat=True))
    assert everything(show) == expected
    assert sorted(everything(show, "sort=-name")) == sorted(expected)


def test_a_filter_keeps_what_fits_and_turned_round_the_rest(show: Callable[..., TablePage]) -> None:
    villages = everything(show, "level=12")
    others = everything(show, "level=12&not=level")
    assert set(villages) == {"石桥村", "芒种村", "河口村", "东山村"}
    assert set(others) == {"示例市", "示例县", "青石镇", "白河镇", "邻县", "东山镇"}
    assert everything(show, "q=东山&level=12&not=level") == ["东山镇"]
    assert everything(show, "q=东山&not=q&level=9") == ["青石镇", "白河镇"]


def test_a_filter_turned_round_shows_nothing_from_outside(show: Callable[..., TablePage]) -> None:
    page = show("q=nowhere&not=q", who="cun")
    assert names(page) == ["石桥村"]


def test_a_value_that_is_no_choice_is_no_filter(show: Callable[..., TablePage]) -> None:
    page = show("level=7&top=perhaps&q=%00%20")
    assert page.chips == []
    assert page.count == "10"


def test_chips_take_one_filter_away_and_keep_the_others(show: Callable[..., TablePage]) -> None:
    page = show("q=东&level=12&not=level&not=q&after=x")
    by_text, by_level = page.chips
    assert (by_text.value, by_text.negated) == ("东", True)
    assert (by_level.value, by_level.negated) == ("village", True)
    assert parse_qs(urlsplit(by_text.remove_url).query) == {"level": ["12"], "not": ["level"]}


@pytest.mark.parametrize(
    "bad", ["after=x", "before=x", "after=x%00", "after=WyI5OTk5Il0:1abc:forged", "after="]
)
def test_a_bad_cursor_opens_the_first_page(show: Callable[..., TablePage], bad: str) -> None:
    assert names(show(bad)) == names(show())


def test_a_cursor_of_another_order_opens_the_first_page(show: Callable[..., TablePage]) -> None:
    next_url = show().next_url
    assert next_url is not None
    assert names(show(f"{urlsplit(next_url).query}&sort=-code")) == names(show("sort=-code"))


def test_only_marked_columns_sort(show: Callable[..., TablePage]) -> None:
    name, code, level = show("sort=-code").columns
    assert (code.sorted, name.sorted, level.sort_url) == ("descending", "", None)
    assert names(show("sort=level")) == names(show())
    assert names(show("sort=parent__name")) == names(show())


def test_the_list_is_narrowed_to_the_area_looked_at(
    show: Callable[..., TablePage], people: dict[str, User], areas: dict[str, Area]
) -> None:
    people["zhen"].postings.update(area="999901002")
    assert "白河镇" in everything(lambda query: show(query, who="zhen", area_focus="999901002"))
    assert show(who="shi", area_focus="999902").count == "10", "no post there: the focus does not count"


def test_rows_are_counted_up_to_a_bound(show: Callable[..., TablePage]) -> None:
    Area.objects.bulk_create(
        [Area(code=f"9999{n:02}{m:03}", name="某镇", level=9) for n in range(3, 6) for m in range(400)]
    )
    assert show().count == f"{COUNTED:,}+"
    assert show("q=示例").count == "2"


def test_reading_a_page_costs_two_queries(
    show: Callable[..., TablePage], people: dict[str, User], django_assert_num_queries: Callable[..., object]
) -> None:
    people["shi"].duties()
    request = asking(people["shi"], "/areas/?q=村&not=q&sort=-name")
    with django_assert_num_queries(3):  # loans of the reader, the rows, their number
        AREAS.page(Area.objects.visible_to(people["shi"]), request)


def test_the_table_draws_links_labels_for_phones_and_its_state(show: Callable[..., TablePage]) -> None:
    html = render_to_string("components/table.html", {"table": show("sort=name&level=12")})
    assert 'aria-sort="ascending"' in html
    assert 'data-label="Code"' in html
    assert '<a href="/999901001001/">' in html
    assert re.search(r'<option value="12" selected>\s*village', html)
    links = [unescape(link) for link in re.findall(r'rel="next" href="([^"]+)"', html)]
    assert parse_qs(urlsplit(links[0]).query).keys() == {"sort", "level", "after"}


def test_an_empty_list_says_how_things_get_here_or_which_filter_hides_them(
    show: Callable[..., TablePage], people: dict[str, User]
) -> None:
    nobody = AREAS.page(Area.objects.none(), asking(people["shi"]))
    assert "Areas come by import." in render_to_string("components/table.html", {"table": nobody})
    hidden = render_to_string("components/table.html", {"table": show("q=zzz")})
    assert "Areas come by import." not in hidden
    assert 'href="/areas/"' in hidden


def test_what_people_are_called_cannot_become_markup(show: Callable[..., TablePage]) -> None:
    Area.objects.filter(code="9999").update(name="<script>alert(1)</script>")
    html = render_to_string("components/table.html", {"table": show("q=<script")})
    assert "<script" not in html
    assert "&lt;script&gt;alert" in html


def test_a_table_whose_order_is_not_unique_is_refused() -> None:
    with pytest.raises(ValueError, match="must end in pk"):
        Table("bad", columns=(), order=("name",))
    with pytest.raises(ValueError, match="taken"):
        Table("bad", columns=(), filters=(Filter("sort", "x", "text", lambda rows, value: rows),))
