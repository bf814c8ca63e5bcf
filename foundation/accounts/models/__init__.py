"""Tables of accounts: areas, people and their postings, and this installation."""

from foundation.accounts.models.areas import Area, AreaName, AreaSuccession
from foundation.accounts.models.installation import Installation
from foundation.accounts.models.people import User
from foundation.accounts.models.postings import Department, Kin, Loan, Posting, RoleLabel, StandIn

__all__ = [
    "Area",
    "AreaName",
    "AreaSuccession",
    "Department",
    "Installation",
    "Kin",
    "Loan",
    "Posting",
    "RoleLabel",
    "StandIn",
    "User",
]
