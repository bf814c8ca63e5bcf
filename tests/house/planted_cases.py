"""Cases that the walks look at: one on every household, with what came to it and what it was sent back for."""

from collections.abc import Iterable, Iterator

from assistance.models import BasisChange, Case, CasePiece, CaseRisk, ComparedExport, Difference, FollowUp
from foundation.accounts.models import User
from households.models import Household
from monitoring.models import Finding
from tests.house.planted_attachments import attached
from tests.house.things import DAY, Thing, of_the_place
from tests.households.families import make_household


def cased(people: dict[str, User], homes: list[Household]) -> dict[str, list[Thing]]:
    """Let every household have a running case with all that hangs on it; by kind of thing."""
    cases = [a_case_of(home) for home in homes]
    owed = FollowUp.objects.bulk_create(FollowUp(case=case, counts_from=DAY, due_on=DAY) for case in cases)
    return {
        "follow_up": [Thing(each.pk, each.case.area_id) for each in owed],
        "case": [Thing(case.pk, case.area_id) for case in cases],
        "case_piece": list(_pieces(cases, people["xian"])),
        "basis_change": list(_from_outside(BasisChange, cases)),
        "case_risk": list(_from_outside(CaseRisk, cases)),
        "case_paper": list(attached(cases, people["xian"], "paper")),
    }


def _pieces(cases: Iterable[Case], by: User) -> Iterator[Thing]:
    for case in cases:
        made = CasePiece.objects.create(case=case, step="apply", piece="photos", asked_on=DAY, asked_by=by)
        yield Thing(made.pk, case.area_id)


def _from_outside(model: type[BasisChange] | type[CaseRisk], cases: Iterable[Case]) -> Iterator[Thing]:
    """Let every case whose household was found by a comparison have something to answer."""
    for case in cases:
        finding = Finding.objects.filter(household=case.household_id).first()
        if finding is None:
            continue
        fields = {}
        if model is BasisChange:
            old = {"standard": finding.standard_id, "day": str(DAY), "measured": "1", "line": "1"}
            fields = {"kind": "taken_back", "old": old}
        made = model.objects.create(case=case, finding=finding, told_on=DAY, **fields)
        yield Thing(made.pk, case.area_id)


def exports(people: dict[str, User], homes: list[Household]) -> Iterator[Thing]:
    """Let an export of the national system be compared for every village, with a person who stands only there."""
    for home in homes:
        made = ComparedExport.objects.create(
            area=home.area,
            sha256="0" * 64,
            rows=1,
            rejected=0,
            same=0,
            made_on=DAY,
            made_by=of_the_place(home.area_id, people),
        )
        Difference.objects.create(export=made, side="here", code=home.code, household=home, here=home.code)
        yield Thing(made.pk, home.area_id)


def a_case_of(home: Household, **fields: object) -> Case:
    """Return a case of a household as rows alone; `fields` over the usual ones."""
    usual = {"state": "open", "origin": "alert", "opened_on": DAY, "first_clue_on": DAY, "area": home.area}
    return Case.objects.create(household=home, **usual | fields)


def a_case(state: str, people: dict[str, User]) -> Case:
    """Return a case in a state, of a household of its own (for the walk of the lifecycles)."""
    number = Case.objects.count()
    return a_case_of(make_household(f"YC{number:06d}", by=people["xian"]), state=state)
