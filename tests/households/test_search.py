"""Search of the register: by everything people type, within their scope, the best first, never counted."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from foundation.accounts import loans
from foundation.accounts.models import User
from foundation.accounts.names import person_initials
from households import search
from households.identity import keeping
from households.models import Household, Resident
from households.search_parts import suggestions
from tests.households.families import make_household
from tests.people import NEIGHBOUR_VILLAGE

PHONE = "13800001234"
Find = Callable[..., list[str]]


@pytest.fixture
def find(home: Household, people: dict[str, User]) -> Find:
    """Two households at home, one next door; find the names that somebody finds."""
    make_household("YS000002", "沈立", "古丽·阿布都热依木", by=people["xian"])
    make_household("LX000001", "沈立夏", by=people["xian"], area=NEIGHBOUR_VILLAGE)
    for row in Resident.objects.all():
        Resident.objects.filter(pk=row.pk).update(initials=person_initials(row.name))
    return lambda who, typed: [row.name for row in search.residents(people[who], typed)]


def number_of(name: str) -> str:
    row = Resident.objects.select_related("identity").filter(name=name).order_by("pk").first()
    return keeping.opened(row.identity.subject, row.identity.sealed)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("沈立夏", ["沈立夏"]),
        ("沈立", ["沈立", "沈立夏"]),
        ("沈", ["沈小满", "沈立", "沈立夏"]),
        ("立夏", ["沈立夏"]),
        (" 沈 立 夏 ", ["沈立夏"]),
        ("夏", []),
        ("slx", ["沈立夏"]),
        ("SL", ["沈立", "沈立夏"]),
        ("阿布都", ["古丽·阿布都热依木"]),
        ("依木", ["古丽·阿布都热依木"]),
        ("丽·", ["古丽·阿布都热依木"]),
        ("%", []),
        ("_立", []),
        ("", []),
    ],
)
@pytest.mark.parametrize("who", ["cun", "zhen", "xian", "shi"])
def test_people_are_found_by_what_is_typed_of_their_names(
    find: Find, who: str, typed: str, found: list[str]
) -> None:
    shown = find(who, typed)
    if who == "shi":  # who sees both counties finds the namesake next door as well
        shown = list(dict.fromkeys(shown))
    assert sorted(shown) == sorted(found)


def test_who_is_called_exactly_so_comes_first(find: Find) -> None:
    assert find("xian", "沈立")[0] == "沈立"


def test_people_are_found_by_their_number_and_by_its_end(find: Find) -> None:
    number = number_of("柳霜降")
    for typed in (number, f" {number[:6]} {number[6:]}", number.lower(), number[-4:], number[-4:].lower()):
        assert find("cun", typed) == ["柳霜降"], typed
    assert find("cun", number[:-1] + ("0" if number[-1] != "0" else "1")) == []


def test_who_left_is_found_too_and_who_moves_is_found_there(
    find: Find, home: Household, people: dict[str, User]
) -> None:
    number = number_of("柳霜降")
    Resident.objects.filter(name="柳霜降").update(left_on="2026-10-01", departure="moved_out")
    assert find("cun", number) == find("cun", number[-4:]) == ["柳霜降"]
    Household.objects.filter(pk=home.pk).update(area=NEIGHBOUR_VILLAGE)
    assert find("cun", number[-4:]) == find("cun", "霜降") == []
    assert find("lin_cun", number[-4:]) == find("lin_cun", "霜降") == ["柳霜降"]


def test_nothing_is_found_outside_ones_areas_or_without_the_right(find: Find) -> None:
    number = number_of("柳霜降")
    for who in ("lin_xian", "lin_cun", "xitong", "shenjiyuan", "bangfu"):
        for typed in ("柳霜降", "柳", "霜降", "lsj", number, number[-4:]):
            assert find(who, typed) == [], (who, typed)


def test_a_lent_household_is_found_by_who_was_lent_it(
    find: Find, home: Household, people: dict[str, User]
) -> None:
    until = datetime.date(2026, 12, 1)
    loans.lend(home, home.area_id, people["bangfu"], until, by=people["anquan"], reason="结对帮扶")
    number = number_of("柳霜降")
    for typed in ("柳霜降", "霜降", "lsj", number, number[-4:]):
        assert find("bangfu", typed) == ["柳霜降"], typed
    assert [row.code for row in search.households(people["bangfu"], "YS0000")] == ["YS000001"]


def test_households_are_found_by_number_its_beginning_and_telephone(
    find: Find, people: dict[str, User]
) -> None:
    def codes(who: str, typed: str) -> list[str]:
        return [row.code for row in search.households(people[who], typed)]

    assert codes("cun", "YS000001") == ["YS000001"]
    assert sorted(codes("cun", "YS0")) == ["YS000001", "YS000002"]
    for typed in (PHONE, "138 0000 1234", "+86 138-0000-1234"):
        assert codes("cun", typed) == ["YS000001"]
    assert codes("lin_cun", PHONE) == codes("lin_cun", "YS") == []


def test_not_more_than_asked_for_are_looked_for(find: Find, people: dict[str, User]) -> None:
    assert len(search.residents(people["xian"], "沈", most=2)) == 2


def test_search_asks_few_questions(
    find: Find, people: dict[str, User], django_assert_max_num_queries: Callable
) -> None:
    people["xian"].duties()
    with django_assert_max_num_queries(5):
        search.residents(people["xian"], "立夏")


def test_a_picker_offers_households_by_number_or_by_their_people(find: Find, people: dict[str, User]) -> None:
    assert [each.code for each in suggestions(people["cun"], "霜降")] == ["YS000001"]
    assert [each.code for each in suggestions(people["cun"], "YS000002")] == ["YS000002"]


def test_the_picker_answers_with_options(find: Find, signed_in: Callable[..., Client]) -> None:
    answer = signed_in("cun").post("/households/pick/?field=household", {"household": "立夏"})
    assert '<option value="YS000001">沈立夏 · 石桥村</option>' in answer.content.decode()
    assert signed_in("cun").get("/households/pick/").status_code == 405


def test_the_search_of_the_top_bar_finds_people_and_leads_to_their_household(
    find: Find, home: Household, signed_in: Callable[..., Client]
) -> None:
    page = signed_in("cun").post("/search/", {"q": number_of("柳霜降")}).content.decode()
    assert f'href="/households/{home.pk}/"' in page
    assert "44" in page
    assert "YS000001" in page


def test_words_go_into_the_address_and_numbers_never_do(find: Find, signed_in: Callable[..., Client]) -> None:
    client, number = signed_in("cun"), number_of("柳霜降")
    assert client.post("/search/", {"q": "立夏"}).headers["Location"] == "/search/?q=%E7%AB%8B%E5%A4%8F"
    for typed in (number, number[-4:] if number[-4:].isdigit() else "1234", "13800001234"):
        assert client.post("/search/", {"q": typed}).status_code == 200
    page = client.get("/search/", {"q": number}).content.decode()
    assert "柳霜降" not in page, "who puts it there learns not to"
