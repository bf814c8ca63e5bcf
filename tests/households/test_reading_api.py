"""What the API tells of standings and authorisations: within one's areas, by codes, without names."""

from collections.abc import Callable

import pytest

from foundation.accounts.models import User
from households.models import Household, Standing
from tests.house.planted_signatures import an_authorisation
from tests.households.standing_made import household, revision
from tests.programs import Program, costs_no_more, programs

Programs = Callable[[str], Program]


@pytest.fixture
def api(people: dict[str, User]) -> Programs:
    return programs(people)


def standing(people: dict[str, User], kind: str = "marginal") -> Standing:
    """Return the standing of a household of its own, since November."""
    home = household(people["xian"], f"YS{Household.objects.count() + 100:06d}")
    wrote = revision(people["xian"])
    made: Standing = Standing.objects.create(
        household=home, kind=kind, from_day="2026-11-01", basis=wrote.kind, revision=wrote, risk_types=["01"]
    )
    return made


def test_standings_are_read_and_narrowed(api: Programs, people: dict[str, User]) -> None:
    row = standing(people)
    told = api("cun").get("standings-detail", pk=row.pk)
    assert (told["household"], told["kind"], told["until_day"]) == (row.household_id, "marginal", None)
    for query, count in (
        ({"monitored": "yes"}, 1), ({"monitored": "no"}, 0), ({"on": "2026-11-04"}, 1), ({"on": "2026-10-31"}, 0),
        ({"kind": "sudden"}, 0), ({"area": "999901"}, 1), ({"household": row.household_id}, 1),
    ):  # fmt: skip
        assert len(api("cun").rows("standings-list", query=query)) == count, query
    api("lin_cun").get("standings-detail", status=404, pk=row.pk)
    api("wangge").get("standings-list", status=403)
    for query in ({"on": "x"}, {"kind": "x"}, {"monitored": "x"}, {"nobody": 1}):
        api("cun").get("standings-list", status=400, query=query)
    costs_no_more(api("cun"), "standings-list", lambda: standing(people))


def test_authorisations_are_read_without_names(api: Programs, people: dict[str, User]) -> None:
    row = an_authorisation("in_force", people)
    member = row.members.get()
    told = api("cun").get("authorisations-detail", pk=row.pk)
    assert (told["members"], told["state"], told["kinds"]) == (
        [member.resident_id],
        "in_force",
        sorted(row.kind_codes),
    )
    assert member.name not in str(told)
    assert (
        len(api("cun").rows("authorisations-list", query={"ends_by": "2099-01-01", "state": "in_force"})) == 1
    )
    api("lin_cun").get("authorisations-detail", status=404, pk=row.pk)
    costs_no_more(api("cun"), "authorisations-list", lambda: an_authorisation("expired", people))
