"""Tables of the register."""

from households.models.authorisations import Authorisation, AuthorisationMember
from households.models.codes import HouseholdCode, ScanCount
from households.models.drafts import VisitDraft
from households.models.duplicates import Duplicate
from households.models.findings import QualityCount, QualityFinding
from households.models.households import Household, Resident
from households.models.identities import Identity, IdentityKeys
from households.models.income import Income
from households.models.leaflets import LeafletTick
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
    "Household",
    "HouseholdCode",
    "Identity",
    "IdentityKeys",
    "Income",
    "LeafletTick",
    "QualityCount",
    "QualityFinding",
    "Questionnaire",
    "Resident",
    "Revision",
    "ScanCount",
    "Signature",
    "Standing",
    "StandingMember",
    "Tail",
    "Visit",
    "VisitDraft",
    "VisitPurpose",
    "VisitVersion",
]
