"""Measures and plans by the API: an office answers for itself and learns whom, never why; the township decides."""

from collections.abc import Callable
from typing import Any

import pytest

from assistance.lifecycle_of_help import MEASURE, PLAN
from assistance.measures.api import MOVES
from assistance.models import Case, Measure, Plan
from assistance.plans.api import MOVES as PLAN_MOVES
from assistance.plans.making import Wanted, submit
from foundation.accounts.models import User
from households.models import Resident
from tests.assistance.help.helped import ENOUGH, ticked
from tests.house.planted_help import a_measure, a_measure_of_its_own, a_plan_of_its_own
from tests.programs import Program, costs_no_more, is_never_skipped, programs

Programs = Callable[[str], Program]
FULL = {"reason": "因为", "happened_on": "2026-11-04", "landed_on": "2026-11-04"}


@pytest.fixture
def api(people: dict[str, User]) -> Programs:
    return programs(people)


@pytest.fixture
def asked(case: Case, people: dict[str, User]) -> Measure:
    """Return a measure that the medical insurance office was asked for."""
    (made,) = ticked(case, people["cun"], ENOUGH[0])
    found: Measure = Measure.objects.get(pk=made.pk)
    return found


def test_an_office_says_that_it_landed(api: Programs, asked: Measure) -> None:
    told = api("yibao").get("measures-detail", pk=asked.pk)
    assert [each["move"] for each in told["may"]] == ["land", "refuse"]
    sent = {
        "move": "land", "version": told["version"], "landed_on": "2026-11-04", "amount": "1300.00", "per": "once",
    }  # fmt: skip
    told = api("yibao").post("measures-moves", sent, pk=asked.pk)
    assert (told["state"], told["amount"], told["per"]) == ("landed", "1300.00", "once")
    back = {"move": "take_back", "version": told["version"], "reason": "写错了", "happened_on": "2026-11-04"}
    assert api("yibao").post("measures-moves", back, pk=asked.pk)["state"] == "asked"
    assert [each["move"] for each in api("yibao").rows("measures-moves", pk=asked.pk)][-2:] == [
        "land",
        "take_back",
    ]


def test_what_landed_is_stopped_and_goes_on(api: Programs, asked: Measure) -> None:
    told = api("yibao").post("measures-moves", FULL | {"move": "land", "version": asked.version}, pk=asked.pk)
    assert [each["move"] for each in told["may"]] == ["take_back", "stop"]
    late = FULL | {"move": "stop", "version": told["version"], "stopped_on": "2026-12-01"}
    status, refused = api("cun").post("measures-moves", late, status=None, pk=asked.pk)
    assert (status, "up to the end of this month" in str(refused)) == (422, True)
    told = api("cun").post("measures-moves", late | {"stopped_on": "2026-11-04"}, pk=asked.pk)
    assert (told["state"], told["stopped_on"]) == ("landed", "2026-11-04")
    told = api("yibao").post(
        "measures-moves", FULL | {"move": "go_on", "version": told["version"]}, pk=asked.pk
    )
    assert told["stopped_on"] is None


def test_an_office_learns_whom_and_never_why(api: Programs, asked: Measure) -> None:
    """ASVS 8.2.3: case, risk and names are told as the page tells them: an office reads masks, the village names."""
    person = Resident.objects.get(pk=asked.resident_id)
    office, village = (api(who).get("measures-detail", pk=asked.pk) for who in ("yibao", "cun"))
    assert (office["case"], office["risk_type"]) == (None, None)
    assert person.name not in office["who"]
    assert (village["case"], village["risk_type"], person.name in village["who"]) == (
        asked.case_id,
        asked.risk_type,
        True,
    )
    assert "*" in office["id_number"]
    assert api("yibao").rows("measures-list", query={"case": asked.case_id}) == []
    assert {each["by"] for each in api("cun").rows("measures-moves", pk=asked.pk)} == {None}


@pytest.mark.parametrize(
    ("who", "move", "status"),
    [("cun", "land", 403), ("zhen", "refuse", 403), ("jingban", "land", 404), ("yibao", "withdraw", 403),
     ("lin_cun", "withdraw", 404), ("shi", "withdraw", 403)],
)  # fmt: skip
def test_nobody_answers_for_another(api: Programs, asked: Measure, who: str, move: str, status: int) -> None:
    """ASVS 8.2.2: the office that was asked answers, who helps the household asks and withdraws."""
    sent = FULL | {"move": move, "version": asked.version}
    assert api(who).post("measures-moves", sent, status=None, pk=asked.pk)[0] == status
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_no_step_of_a_measure_is_skipped(api: Programs, people: dict[str, User], settings: Any) -> None:
    """ASVS 2.3.1, 8.3.1: a move is refused in every state that it does not leave from."""
    settings.API_ACTS_A_MINUTE = settings.API_REQUESTS_A_MINUTE = 100_000
    who = {"answer_measures": "yibao", "plan_help": "cun", "record_aid": "yibao"}
    count = is_never_skipped(
        "measures-moves", MEASURE, lambda state: a_measure_of_its_own(state, people), MOVES,
        lambda right: api(who[right]), FULL,
    )  # fmt: skip
    assert count == 7 * 5 - 9


def test_two_who_saw_the_same(api: Programs, asked: Measure) -> None:
    """ASVS 15.4.2: the second of two who saw the same version is refused (409)."""
    sent = FULL | {"move": "refuse", "version": asked.version + 1}
    status, told = api("yibao").post("measures-moves", sent, status=None, pk=asked.pk)
    assert (status, "just changed this" in told["detail"]) == (409, True)


@pytest.mark.parametrize(
    "changes",
    [{"amount": "NaN"}, {"amount": 1e400}, {"amount": 10**12}, {"amount": "-1"}, {"per": "week"}, {"until_day": "x"},
     {"landed_on": None}, {"answer": "x" * 201}, {"answer": "\x00"}],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(api: Programs, asked: Measure, changes: Any) -> None:
    """ASVS 2.2.1: a body of the wrong shape is answered 400, what cannot be 422."""
    sent = FULL | {"move": "land", "version": asked.version, "per": "once"} | changes
    assert api("yibao").post("measures-moves", sent, status=None, pk=asked.pk)[0] in (400, 422)
    asked.refresh_from_db()
    assert asked.state == "asked"


def test_the_township_approves_a_plan(api: Programs, case: Case, people: dict[str, User]) -> None:
    ticked(case, people["cun"], *ENOUGH)
    plan = submit(case, Wanted("治好病"), by=people["cun"])
    told = api("zhen").get("plans-detail", pk=plan.pk)
    assert (len(told["lines"]), len(told["versions"]), told["aim"]) == (3, 1, "治好病")
    sent = {"move": "approve", "version": told["version"], "happened_on": "2026-11-04"}
    assert api("cun").post("plans-moves", sent, status=None, pk=plan.pk)[0] == 403
    assert api("zhen").post("plans-moves", sent, pk=plan.pk)["state"] == "approved"
    assert api("zhen").post("plans-moves", sent, status=None, pk=plan.pk)[0] == 409
    assert [each["move"] for each in api("cun").rows("plans-moves", pk=plan.pk)] == ["submit", "approve"]


def test_who_made_a_plan_does_not_approve_it(api: Programs, people: dict[str, User]) -> None:
    """ASVS 2.3.1: no step of a plan is skipped, in any state."""
    who = {"review_cases": "zhen", "plan_help": "cun"}
    count = is_never_skipped(
        "plans-moves", PLAN, lambda state: a_plan_of_its_own(state, people), PLAN_MOVES,
        lambda right: api(who[right]), FULL,
    )  # fmt: skip
    assert count == 12


def test_measures_are_chosen_and_the_plan_is_handed_up(api: Programs, case: Case) -> None:
    """What is suggested is chosen as it stands there, goes to its offices, and becomes the next version."""
    offered = api("cun").get("cases-suggestions", pk=case.pk)
    assert offered["risk_types"] == ["01", "09"]
    found = {each["code"]: each for each in offered["suggested"]}
    chosen = [
        {name: found[code][name] for name in ("code", "resident", "risk_type")}
        for code, _who, _risk in ENOUGH
    ]
    told = api("cun").post("measures-list", {"case": case.pk, "ticks": chosen, "note": "尽快"}, status=201)
    assert ([each["code"] for each in told["measures"]], told["asked"]) == ([each[0] for each in ENOUGH], 3)
    assert {each["state"] for each in told["measures"]} == {"asked"}
    again = api("cun").get("cases-suggestions", pk=case.pk)
    assert ENOUGH[0][0] in {each["code"] for each in again["left_out"] if each["already"]}
    made = api("cun").post("plans-list", {"case": case.pk, "aim": "年底前治好病"}, status=201)
    assert (made["state"], made["number"], len(made["lines"])) == ("submitted", 1, 3)
    status, refused = api("cun").post("plans-list", {"case": case.pk}, status=None)
    assert (status, "waits for the township already" in refused["detail"]) == (409, True)


def test_who_does_not_plan_chooses_nothing(api: Programs, case: Case) -> None:
    """ASVS 8.2.2: who reads the case is refused, and to whom it is foreign it cannot be named."""
    ticks = {"case": case.pk, "ticks": [{"code": ENOUGH[0][0]}]}
    for name, sent in (("measures-list", ticks), ("plans-list", {"case": case.pk})):
        assert api("shi").post(name, sent, status=None)[0] == 403
        foreign, none = (
            api("lin_cun").post(name, sent | {"case": key}, status=None) for key in (case.pk, 999_999_999)
        )
        assert (foreign[0], foreign[1]["errors"]) == (none[0], none[1]["errors"]) == (422, none[1]["errors"])
    assert not Measure.objects.exists()
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("ticks", "status"),
    [([], 400), ([{"code": "no_such_help"}], 409), ([{"code": ENOUGH[0][0]}], 422),
     ([{"code": "x", "resident": -1}], 400), ([{"code": ENOUGH[0][0], "resident": 999_999_999}], 409), ("x", 400),
     ([{}], 400)],
)  # fmt: skip
def test_choices_that_name_nothing_are_refused_whole(
    api: Programs, case: Case, ticks: Any, status: int
) -> None:
    """ASVS 2.2.1: with the first refusal none of the choices is made."""
    good = {
        "code": "medical_aid",
        "resident": case.household.residents.order_by("pk")[0].pk,
        "risk_type": "01",
    }
    sent = [good, *ticks] if ticks and isinstance(ticks, list) else ticks
    assert api("cun").post("measures-list", {"case": case.pk, "ticks": sent}, status=None)[0] == status
    assert not Measure.objects.exists()


def test_a_plan_that_leaves_a_risk_open_is_refused(
    api: Programs, case: Case, people: dict[str, User]
) -> None:
    ticked(case, people["cun"], ENOUGH[0])
    assert api("cun").post("plans-list", {"case": case.pk}, status=None)[0] == 409
    ticked(case, people["cun"], ENOUGH[1])
    status, told = api("cun").post("plans-list", {"case": case.pk}, status=None)
    assert (status, told["errors"][0]["field"]) == (422, "no_development")
    without = {"no_development": "在读书", "revisit_on": "2027-03-01"}
    assert (
        api("cun").post("plans-list", {"case": case.pk} | without, status=201)["no_development"] == "在读书"
    )


def test_longer_lists_cost_no_more_queries(api: Programs, case: Case, people: dict[str, User]) -> None:
    plans = iter(range(2, 40))
    costs_no_more(api("cun"), "measures-list", lambda: a_measure("landed", case, people["cun"]))
    costs_no_more(
        api("cun"),
        "plans-list",
        lambda: Plan.objects.create(
            case=case,
            number=next(plans),
            made_on="2026-11-04",
            made_by=people["cun"],
            state="returned",
            version=1,
        ),
    )
