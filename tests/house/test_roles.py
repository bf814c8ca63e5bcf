"""The table of roles is whole, and every right in it opens something."""

import re

from foundation.accounts.roles import ADMINISTRATORS, RULES, Right, Role, roles_with
from tests.house.house import named, product_files

#: Rights that no code asks for yet, each with who will. An entry that is used fails.
WAITING: dict[Right, str] = {}


def test_every_role_has_its_rule():
    assert set(RULES) == set(Role)
    assert all(rule.levels and rule.rights for rule in RULES.values())


def test_no_administrator_reads_households():
    assert not roles_with(Right.VIEW_HOUSEHOLDS) & set(ADMINISTRATORS)


def test_whoever_grants_neither_opens_accounts_nor_reads_the_record():
    apart = (Right.GRANT_POSTINGS, Right.MANAGE_ACCOUNTS, Right.VIEW_LEDGER)
    for role in ADMINISTRATORS:
        assert len(RULES[role].rights & set(apart)) == 1


def test_every_right_is_held_by_a_role():
    assert not [right for right in Right if not roles_with(right)]


def test_every_right_is_asked_for_somewhere():
    text = "\n".join(file.read_text() for file in product_files() if not named(file).endswith("/roles.py"))
    used = {right for right in Right if re.search(rf"\bRight\.{right.name}\b", text)}
    assert set(Right) - used == set(WAITING)


def test_work_that_must_not_lie_has_somebody_one_level_up():
    assert all(rule.next_up for rule in RULES.values() if rule.acts)
