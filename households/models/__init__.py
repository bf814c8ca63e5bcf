"""Tables of the register."""

from households.models.authorisations import Authorisation, AuthorisationMember
from households.models.codes import HouseholdCode
from households.models.drafts import VisitDraft
from households.models.duplicates import Duplicate
from households.models.findings import QualityCount, QualityFinding
from households.models.grid import GridAct, GridCell, GridGroup, GridMember, GridPlace
from households.models.households import Household, Resident
from households.models.identities import Identity, IdentityKeys
from households.models.income import Income
from households.models.leaflets import LeafletTick
from households.models.lineage import LineageAct, LineagePart, LineagePerson
from households.models.moves import FormerArea, HouseholdMove
from households.models.pairs import PairDecision
from households.models.revisions import Revision
from households.models.signatures import Signature
from households.models.standing import CategoryChange, Standing, StandingMember
from households.models.tails import Tail
from households.models.visits import Questionnaire, Visit, VisitPurpose, VisitVersion

__all__ = [
    "Authorisation",
    "AuthorisationMember",
    "CategoryChange",
    "Duplicate",
    "FormerArea",
    "GridAct",
    "GridCell",
    "GridGroup",
    "GridMember",
    "GridPlace",
    "Household",
    "HouseholdCode",
    "HouseholdMove",
    "Identity",
    "IdentityKeys",
    "Income",
    "LeafletTick",
    "LineageAct",
    "LineagePart",
    "LineagePerson",
    "PairDecision",
    "QualityCount",
    "QualityFinding",
    "Questionnaire",
    "Resident",
    "Revision",
    "Signature",
    "Standing",
    "StandingMember",
    "Tail",
    "Visit",
    "VisitDraft",
    "VisitPurpose",
    "VisitVersion",
]
