"""What cases add to the check of the register: their tables, and their rules (households.quality.asked.MoreRules)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistance.data_checks import rules, rules_of_help
from households.quality.declaring import Rule

_SQL = Path(__file__).parent / "sql"
#: In this order: each reads what those before it made.
_STATEMENTS = ("told", "help", "words", "members", "cases")


class CaseRules:
    """The rules that need cases. Where the register asks of measures, it reads from now on what landed of them."""

    rules: tuple[Rule, ...] = (*rules.RULES, *rules_of_help.RULES)
    tables = ("checked_told", "checked_help", "checked_case")

    def prepare(self, cursor: Any, parameters: Mapping[str, Any]) -> None:
        """Make the tables of cases, and add what landed to the measures that the register names."""
        for name in _STATEMENTS:
            cursor.execute((_SQL / f"{name}.sql").read_text(encoding="utf-8"), parameters)


CASES = CaseRules()
