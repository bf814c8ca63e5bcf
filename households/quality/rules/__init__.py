"""The register's own rules of data quality, in the order of their numbers."""

from households.quality.declaring import Rule
from households.quality.rules import (
    families,
    identities,
    incomes,
    lifted_out,
    members,
    monitored,
    removed,
    risks,
)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *identities.RULES,
            *families.RULES,
            *incomes.RULES,
            *lifted_out.RULES,
            *monitored.RULES,
            *removed.RULES,
            *risks.RULES,
            *members.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
