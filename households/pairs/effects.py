"""What a decision does: one family event, by which the person leaves one household and joins the other.

Of two members who are one person by likeness, the row that is not theirs ends; the other one is there already. Planned
first, as every family event is: the page shows what follows, and the decision performs the same plan.
"""

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households import departures
from households.lineage.checking import head_of, members_of
from households.lineage.planning import Told, plan_departure, plan_joining
from households.lineage.plans import Plan
from households.models import Duplicate, Household, LineageAct, PairDecision, Resident
from households.models.households import HEAD
from households.pairs.sides import by_likeness, outcomes_of

Kind, Outcome = LineageAct.Kind, PairDecision.Outcome
_DEPARTURES = {
    Outcome.KEEP: Resident.Departure.OTHER,
    Outcome.MOVED: Resident.Departure.MOVED_OUT,
    Outcome.MARRIED_OUT: Resident.Departure.MARRIED_OUT,
}
_JOININGS = {Outcome.MOVED: Kind.CAME, Outcome.MARRIED_OUT: Kind.MARRIAGE}


def changes(pair: Duplicate, outcome: str) -> bool:
    """Say whether a decision writes to the register."""
    goes = (Outcome.MOVED, Outcome.MARRIED_OUT)
    return outcome in ((*goes, Outcome.KEEP) if by_likeness(pair) else goes)


def member(pair: Duplicate) -> Resident:
    """Return who of the pair is a member of the household that has them."""
    rows = Resident.objects.present().filter(household=pair.household_id, identity=pair.identity_id)
    found = rows.select_related("household").first()
    if found is None:
        raise Refused(_("This person is a member of the household no more: there is nothing to decide."))
    return found


def other_home(pair: Duplicate) -> Household | None:
    """Return the household that the file named; None where the register does not have it in that village."""
    if by_likeness(pair):
        return Household.objects.living().filter(residents=pair.other_id).first()
    rows = Household.objects.living().filter(code=pair.claimed_code, area=pair.claimed_area_id)
    return rows.first()


def heirs(pair: Duplicate) -> list[Resident]:
    """Return who could be head where a decision lets a head leave whom others live with; the eldest first."""
    found: list[Resident] = []
    for outcome in outcomes_of(pair):
        if not changes(pair, outcome):
            continue
        try:
            leaver = _double(pair, outcome) if by_likeness(pair) else member(pair)
        except Refused:
            continue
        if leaver.relation == HEAD:
            found += [each for each in departures.successors(leaver) if each not in found]
    return found


def plan(
    pair: Duplicate, outcome: str, relation: str, told: Told, *, by: User, new_head: Resident | None = None
) -> Plan:
    """Plan that the person leaves, and joins the other household where the register has it; or refuse it."""
    kind = Outcome(outcome)
    if by_likeness(pair):
        person, home = _double(pair, kind), None
    else:
        person, home = member(pair), other_home(pair)
    if home is None:
        return plan_departure(
            person, _DEPARTURES[kind], told, by=by, new_head=new_head, seen=person.revision_id
        )
    if not relation:
        raise Refused(_("Say what this person is to the head of the other household."), field="relation")
    if relation == HEAD and head_of(members_of(home)) is not None:
        raise Refused(_("The other household keeps its head: choose another relation."), field="relation")
    return plan_joining(person, home, _JOININGS[kind], relation, told, by=by, new_head=new_head)


def _double(pair: Duplicate, outcome: str) -> Resident:
    """Return the row that is not the person's: here where they moved or married, over there where they stay here."""
    # A pair by likeness names both: the database holds it so.
    keys = (pair.other_id or 0, pair.resident_id or 0)
    double, stays = keys if outcome == Outcome.KEEP else keys[::-1]
    rows = Resident.objects.present().select_related("household")
    person = rows.filter(pk=double).first()
    if person is None or not rows.filter(pk=stays).exists():
        raise Refused(_("One of the two is a member no more: there is nothing to decide."))
    return person
