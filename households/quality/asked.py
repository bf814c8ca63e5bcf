"""Every rule that is asked: those of the register, and those of storeys above, which know more of a household.

A storey above names an object in `config/composition.py` under QUALITY_RULES (MoreRules). Its rules are asked beside
the register's own, by the same check: their findings are judged, counted and shown with the others.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

from foundation.accounts.composition import parts
from households.quality.declaring import Rule
from households.quality.rules import RULES


class MoreRules(Protocol):
    """Rules of a storey above, and what it adds to the temporary tables that rules read."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Its rules; their codes are in nobody else's list."""

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the temporary tables that `prepare` makes; a check analyses and drops them."""

    def prepare(self, cursor: Any, parameters: Mapping[str, Any]) -> None:
        """Make its tables, and add to checked_family and checked_member what it knows of the same households.

        `parameters` are those of the check (`today`, lists of codes). A bounded number of statements.
        """


def more() -> tuple[MoreRules, ...]:
    """Return the parts above."""
    return parts("QUALITY_RULES")


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of their numbers."""
    return tuple(
        sorted((*RULES, *(rule for part in more() for rule in part.rules)), key=lambda rule: rule.code)
    )


@cache
def by_code() -> dict[str, Rule]:
    """Return every rule by its code."""
    return {rule.code: rule for rule in rules()}
