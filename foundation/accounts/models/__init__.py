"""Tables of accounts: areas, people and their postings, and this installation."""

from foundation.accounts.models.areas import Area, AreaName, AreaSuccession
from foundation.accounts.models.counts import ActCount
from foundation.accounts.models.entry import OldPassword, RecoveryCode, SecondFactor, StaffSession
from foundation.accounts.models.installation import Installation
from foundation.accounts.models.people import User
from foundation.accounts.models.postings import Department, Kin, Loan, Posting, RoleLabel, StandIn
from foundation.accounts.models.programs import ApiToken, KeptAnswer

__all__ = [
    "ActCount",
    "ApiToken",
    "Area",
    "AreaName",
    "AreaSuccession",
    "Department",
    "Installation",
    "KeptAnswer",
    "Kin",
    "Loan",
    "OldPassword",
    "Posting",
    "RecoveryCode",
    "RoleLabel",
    "SecondFactor",
    "StaffSession",
    "StandIn",
    "User",
]
