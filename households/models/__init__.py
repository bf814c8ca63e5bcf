"""Tables of the register."""

from households.models.codes import HouseholdCode, ScanCount
from households.models.duplicates import Duplicate
from households.models.findings import QualityCount, QualityFinding
from households.models.households import Household, Resident
from households.models.identities import Identity, IdentityKeys
from households.models.income import Income
from households.models.leaflets import LeafletTick
from households.models.revisions import Revision
from households.models.standing import Standing, StandingMember
from households.models.tails import Tail

__all__ = [
    "Duplicate",
    "Household",
    "HouseholdCode",
    "Identity",
    "IdentityKeys",
    "Income",
    "LeafletTick",
    "QualityCount",
    "QualityFinding",
    "Resident",
    "Revision",
    "ScanCount",
    "Standing",
    "StandingMember",
    "Tail",
]
