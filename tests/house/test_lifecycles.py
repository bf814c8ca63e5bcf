"""Every table of moves against the engine: verb × state × role, and its drawing in the documents.

A new lifecycle needs nothing here but a line in SAMPLES that makes one of its rows in a given state.
"""

import datetime
import uuid
from collections.abc import Callable

import pytest

from foundation.accounts.composition import parts
from foundation.accounts.models import Area, User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import RULES, Role
from foundation.desk.management.commands.draw_lifecycles import TARGET, drawn
from foundation.desk.models import GrantProposal
from foundation.regulations.models import LocalValue
from foundation.workflow.lifecycle import Lifecycle
from foundation.workflow.models import Stateful
from foundation.workflow.move import Request, move_many
from monitoring.models import Delivery
from tests.house.planted_aid import an_aid_of_its_own
from tests.house.planted_alerts import an_alert
from tests.house.planted_assessments import an_assessed
from tests.house.planted_cases import a_case
from tests.house.planted_categories import a_change, a_stay_visit
from tests.house.planted_feeds import a_correction_task, a_register_proposal, a_row_candidate
from tests.house.planted_findings import a_reminder, a_tuning_request
from tests.house.planted_help import a_measure_of_its_own, a_plan_of_its_own
from tests.house.planted_helpers import a_helper_place
from tests.house.planted_incomes import an_income_sheet
from tests.house.planted_moves import a_move, a_pair_decision
from tests.house.planted_removals import a_removal
from tests.house.planted_signatures import a_signature, an_authorisation
from tests.house.planted_visits import a_visit
from tests.people import COUNTY, POSTS, VILLAGE

DAY = datetime.date(2026, 11, 4)


def a_proposal(state: str, people: dict[str, User], areas: dict[str, Area]) -> GrantProposal:
    return GrantProposal.objects.create(
        user=people["lin_cun"],
        role=Role.FIRST_SECRETARY,
        area=areas[VILLAGE],
        from_day=DAY,
        proposed_by=people["lin_xian"],
        state=state,
    )


def a_local_value(state: str, people: dict[str, User], areas: dict[str, Area]) -> LocalValue:
    return LocalValue.objects.create(
        subject_id="notice_days",
        area=areas[COUNTY],
        from_day=DAY,
        kind="amount",
        unit="days",
        amount=7,
        source_kind="document",
        proposed_by=people["lin_xian"],
        state=state,
    )


def a_delivery(state: str, people: dict[str, User], areas: dict[str, Area]) -> Delivery:
    return Delivery.objects.create(
        dataset_id="medical_settlement",
        area=areas[COUNTY],
        period="2026-10",
        period_last=datetime.date(2026, 10, 31),
        by=people["lin_xian"],
        received_on=DAY,
        file_size=1,
        file_sha256=uuid.uuid4().hex * 2,
        state=state,
    )


SAMPLES: dict[str, Callable[[str, dict[str, User], dict[str, Area]], Stateful]] = {
    "grant": a_proposal,
    "local_value": a_local_value,
    "delivery": a_delivery,
    "register_proposal": lambda state, people, _areas: a_register_proposal(state, people),
    "row_candidate": lambda state, people, _areas: a_row_candidate(state, people),
    "alert": lambda state, people, _areas: an_alert(state, people),
    "case": lambda state, people, _areas: a_case(state, people),
    "helper": lambda state, people, _areas: a_helper_place(state, people),
    "removal": lambda state, people, _areas: a_removal(state, people),
    "assessed_household": lambda state, people, _areas: an_assessed(state, people),
    "recategorisation": lambda state, people, _areas: a_change(state, people),
    "stay_visit": lambda state, people, _areas: a_stay_visit(state, people),
    "correction_task": lambda state, people, _areas: a_correction_task(state, people),
    "tuning_request": lambda state, people, _areas: a_tuning_request(state, people),
    "reminder": lambda state, people, _areas: a_reminder(state, people),
    "household_move": lambda state, people, _areas: a_move(state, people),
    "pair": lambda state, people, _areas: a_pair_decision(state, people),
    "authorisation": lambda state, people, _areas: an_authorisation(state, people),
    "signature": lambda state, people, _areas: a_signature(state, people),
    "aid": lambda state, people, _areas: an_aid_of_its_own(state, people),
    "measure": lambda state, people, _areas: a_measure_of_its_own(state, people),
    "income_sheet": lambda state, people, _areas: an_income_sheet(state, people),
    "plan": lambda state, people, _areas: a_plan_of_its_own(state, people),
    "visit": lambda state, people, _areas: a_visit(state, people),
}


@pytest.mark.timeout(400)
@pytest.mark.parametrize("lifecycle", parts("LIFECYCLES"), ids=lambda lifecycle: lifecycle.name)
def test_the_engine_permits_exactly_what_the_table_says(
    lifecycle: Lifecycle, people: dict[str, User], areas: dict[str, Area]
) -> None:
    wrong = []
    for state in lifecycle.states:
        row = None
        for step in (lifecycle.find(move.verb) for move in lifecycle.moves):
            for username, (role, area, _department) in POSTS.items():
                row = row or SAMPLES[lifecycle.name](state, people, areas)
                given = dict.fromkeys(step.needs, "given")
                (result,) = move_many([row], Request(step.verb, reason="x", given=given), by=people[username])
                permitted = (
                    state in step.sources
                    and not step.by_path  # these rows follow no path
                    and step.right in RULES[role].rights
                    and row.area_code.startswith(area)
                )
                if result.moved is not permitted:
                    wrong.append((state, step.verb, username, result.refusal))
                row = None if result.moved else _as_it_was(row, state)
    assert wrong == []


def _as_it_was(row: Stateful, state: str) -> Stateful:
    """Return the row of a refused move, read again, for the next try: a refusal left it in its state."""
    again: Stateful = type(row)._default_manager.get(pk=row.pk)
    assert again.state == state
    return again


@pytest.mark.parametrize("lifecycle", parts("LIFECYCLES"), ids=lambda lifecycle: lifecycle.name)
def test_nothing_moves_without_what_it_needs(
    lifecycle: Lifecycle, people: dict[str, User], areas: dict[str, Area]
) -> None:
    for step in (move for move in lifecycle.moves if move.needs and not move.by_path):
        row = SAMPLES[lifecycle.name](min(step.sources), people, areas)
        holder = next(name for name, (role, _a, _d) in POSTS.items() if step.right in RULES[role].rights)
        (result,) = move_many([row], Request(step.verb), by=people[holder])
        assert isinstance(result.refusal, Refused)
        assert result.refusal.field in step.needs


def test_the_documents_show_the_tables_as_they_are() -> None:
    assert TARGET.read_text(encoding="utf-8") == drawn(), "run ./run manage draw_lifecycles"
