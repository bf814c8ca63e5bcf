"""The one table role → rights: three separate administrators, and who may not be whom."""

from itertools import combinations

import pytest

from foundation.accounts.roles import ADMINISTRATORS, RULES, Level, Right, Role, incompatible, roles_with


def test_every_role_has_a_rule_with_a_level_and_a_right() -> None:
    assert set(RULES) == set(Role)
    assert all(rule.levels and rule.rights for rule in RULES.values())


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_no_administrator_reads_households(role: Role) -> None:
    assert Right.VIEW_HOUSEHOLDS not in RULES[role].rights


def test_managing_accounts_granting_and_auditing_are_three_offices() -> None:
    for one, other in combinations((Right.MANAGE_ACCOUNTS, Right.GRANT_POSTINGS, Right.VIEW_LEDGER), 2):
        assert not roles_with(one) & roles_with(other)
    assert roles_with(Right.GRANT_POSTINGS) == {Role.SECURITY_ADMIN}


def test_the_system_administrator_reads_no_record_of_acts() -> None:
    assert Right.VIEW_LEDGER not in RULES[Role.SYSTEM_ADMIN].rights


def test_incompatibility_goes_both_ways_and_never_with_itself() -> None:
    for one in Role:
        assert not incompatible(one, one)
        for other in Role:
            assert incompatible(one, other) == incompatible(other, one)


@pytest.mark.parametrize(
    ("maker", "checker"),
    [
        (Role.COUNTY_DISPATCHER, Role.COUNTY_APPROVER),
        (Role.TOWNSHIP_VERIFIER, Role.TOWNSHIP_APPROVER),
        (Role.VILLAGE_ASSISTANT, Role.TOWNSHIP_VERIFIER),
        (Role.EXTERNAL_AUDITOR, Role.HELPER),
        (Role.SYSTEM_ADMIN, Role.COUNTY_READER),
    ],
)
def test_makers_do_not_check_and_auditors_do_nothing_else(maker: Role, checker: Role) -> None:
    assert incompatible(maker, checker)


def test_ordinary_double_posts_are_allowed() -> None:
    assert not incompatible(Role.HELPER, Role.COUNTY_READER)
    assert not incompatible(Role.FIRST_SECRETARY, Role.HELPER)


def test_work_of_an_acting_role_always_climbs_to_a_higher_level() -> None:
    for role, rule in RULES.items():
        if rule.acts:
            assert rule.next_up is not None, role
        if rule.next_up is not None:
            assert min(rule.levels) > min(RULES[rule.next_up].levels), role


def test_time_limited_roles_are_the_visitors() -> None:
    assert {role for role, rule in RULES.items() if rule.time_limited} == {
        Role.INSPECTOR,
        Role.EXTERNAL_AUDITOR,
    }


def test_a_level_is_the_length_of_its_code() -> None:
    assert [level.value for level in Level] == [2, 4, 6, 9, 12, 15]
