"""Roles (domain.md 1.3, field.md 2.0) and the one table role → rights.

Labels here are defaults: what a role is called is a value of the area (`RoleLabel`).
"""

from dataclasses import dataclass
from itertools import combinations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.IntegerChoices):
    """Administrative level; the number is the length of its significant code."""

    PROVINCE = 2, _("province")
    CITY = 4, _("city")
    COUNTY = 6, _("county")
    TOWNSHIP = 9, _("township")
    VILLAGE = 12, _("village")
    GROUP = 15, _("villager group")


class Right(models.TextChoices):
    """What a role may do. A right is always held within the area of a posting, never everywhere."""

    VIEW_AREAS = "view_areas", _("see the areas")
    MANAGE_AREAS = "manage_areas", _("import, rename and retire areas")
    VIEW_STAFF = "view_staff", _("see staff and their postings")
    MANAGE_ACCOUNTS = "manage_accounts", _("open, correct and disable accounts")
    GRANT_POSTINGS = "grant_postings", _("grant and end postings")
    APPROVE_GRANTS = "approve_grants", _("approve grants that somebody else proposed")
    ARRANGE_STAND_INS = "arrange_stand_ins", _("arrange stand-ins")
    VIEW_VACANCIES = "view_vacancies", _("see vacant posts")
    LABEL_ROLES = "label_roles", _("set what roles are called here")
    LEND_OBJECTS = "lend_objects", _("lend single records across areas")
    VIEW_LEDGER = "view_ledger", _("read the record of acts")
    VIEW_OPERATIONS = "view_operations", _("see how the installation runs (counts only)")
    USE_ADMIN_SITE = "use_admin_site", _("use the administration site")
    VIEW_HOUSEHOLDS = "view_households", _("see the households of the area")
    IMPORT_REGISTER = "import_register", _("take in register files and take them back")
    EDIT_HOUSEHOLDS = "edit_households", _("correct households and people in the register, and propose moves")
    ANSWER_MOVES = "answer_moves", _("accept and refuse households and people who come, and move them back")
    SETTLE_MOVES = "settle_moves", _("decide on moves between areas that were not answered in time")
    REVEAL_NUMBERS = "reveal_numbers", _("see an ID number or telephone in full, with a reason")
    ERASE_PEOPLE = "erase_people", _("erase a person from the register")
    KEEP_CODES = "keep_codes", _("give out and revoke household codes, print village sheets, tick leaflets")
    TAKE_AUTHORISATIONS = "take_authorisations", _("take households' authorisations, and record their end")
    VIEW_DATASETS = "view_datasets", _("see the contracts of departmental data")
    DELIVER_DATA = "deliver_data", _("deliver departmental data, and read the rows delivered")
    VIEW_FINDINGS = "view_findings", _("see comparisons, what they found, and on which rows")
    RUN_COMPARISON = "run_comparison", _("run and try comparisons, and release what they hold back")
    VIEW_ALERTS = "view_alerts", _("see the alerts of the area")
    REPORT_CONCERNS = "report_concerns", _("report that a household may be in difficulty")
    DISPATCH_ALERTS = "dispatch_alerts", _("dispatch, join and close alerts")
    VISIT_HOUSEHOLDS = "visit_households", _("visit households and report what was found")
    REVIEW_VISITS = "review_visits", _("review what a visit found")
    VIEW_CASES = "view_cases", _("see the cases of the area")
    PREPARE_CASES = "prepare_cases", _("prepare cases: application, asset check, evaluation, notice")
    REVIEW_CASES = "review_cases", _("review cases for the township, and announce what was decided")
    DECIDE_CASES = "decide_cases", _("decide on cases for the county")
    ASSIGN_HELPERS = "assign_helpers", _("name helpers of households, and let them hand over")
    PLAN_HELP = "plan_help", _("choose measures for households, and write their plans")
    ANSWER_MEASURES = "answer_measures", _("answer for one's office what it was asked to do for a household")
    RECORD_AID = "record_aid", _("write down aid that landed, and settle where roll and record disagree")
    SETTLE_RETURNS = "settle_returns", _("decide on reports that were sent back again and again")
    SETTLE_REMINDERS = "settle_reminders", _("answer reminders about aid that goes on")
    VIEW_VALUES = "view_values", _("see the regulation values in force")
    PROPOSE_VALUES = "propose_values", _("propose local regulation values")
    APPROVE_VALUES = "approve_values", _("approve local regulation values that somebody else proposed")
    MANAGE_HOLIDAYS = "manage_holidays", _("keep the table of holidays and moved working days")


class Role(models.TextChoices):
    """A person's place in the work. `shell` and `system` are the two built-in accounts of the platform."""

    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDIT_ADMIN = "audit_admin", _("Audit administrator")
    DEPARTMENT_OFFICER = "department_officer", _("Department information officer")
    CASE_OFFICER = "case_officer", _("Department case officer")
    COUNTY_DISPATCHER = "county_dispatcher", _("County dispatcher")
    COUNTY_APPROVER = "county_approver", _("County approver")
    TOWNSHIP_VERIFIER = "township_verifier", _("Township verifier")
    TOWNSHIP_APPROVER = "township_approver", _("Township approver")
    VILLAGE_ASSISTANT = "village_assistant", _("Village assistant")
    GRID_MEMBER = "grid_member", _("Grid member")
    HELPER = "helper", pgettext_lazy("role", "Helper")
    FIRST_SECRETARY = "first_secretary", _("First secretary")
    STATIONED_MEMBER = "stationed_member", _("Stationed team member")
    HOTLINE_CLERK = "hotline_clerk", _("Hotline clerk")
    INSPECTOR = "inspector", _("Inspector")
    COUNTY_READER = "county_reader", _("County leader (reads)")
    CITY_OVERSEER = "city_overseer", _("City overseer")
    PROVINCE_OVERSEER = "province_overseer", _("Province overseer")
    EXTERNAL_AUDITOR = "external_auditor", _("External auditor")


@dataclass(frozen=True, slots=True)
class RoleRule:
    """Where a role may be posted and what it may do there.

    `acts` names roles whose post must never stand empty (field.md 5.25): a vacancy is listed, and the work
    goes to `next_up` one level higher until somebody is found. `with_loan` are rights held for single records that
    are lent to the person alone, never for an area.
    """

    levels: frozenset[Level]
    rights: frozenset[Right]
    with_loan: frozenset[Right] = frozenset()
    needs_department: bool = False
    time_limited: bool = False
    next_up: Role | None = None
    acts: bool = False


_ALL = frozenset({Right.VIEW_AREAS, Right.VIEW_VALUES})
_READ = _ALL | {Right.VIEW_STAFF}
_OFFICE = _READ | {Right.VIEW_HOUSEHOLDS, Right.VIEW_VACANCIES, Right.VIEW_CASES}
# Who knocks at doors and answers for what the register says.
_REGISTER = frozenset({Right.EDIT_HOUSEHOLDS, Right.REVEAL_NUMBERS})
_DOORSTEP = frozenset(
    {Right.VIEW_HOUSEHOLDS, Right.VIEW_ALERTS, Right.VIEW_CASES, Right.REPORT_CONCERNS, Right.KEEP_CODES}
)
# Who chooses help and writes down what landed; who answers for an office, what its own did.
_HELPING = frozenset({Right.PLAN_HELP, Right.RECORD_AID})
_ANSWERS = frozenset({Right.ANSWER_MEASURES, Right.RECORD_AID})
# Who speaks with the household, writes down what was found, takes what it signs, and prepares its case.
_VISITS = _HELPING | {Right.VISIT_HOUSEHOLDS, Right.TAKE_AUTHORISATIONS, Right.PREPARE_CASES}
# What who helps a household does for it alone.
_HELPS = _HELPING | {Right.VIEW_HOUSEHOLDS, Right.VIEW_CASES, Right.VISIT_HOUSEHOLDS, Right.REVEAL_NUMBERS}
# What the offices of a county and of a township do alike: they name people, and answer for who comes to live there.
_LOCAL = frozenset({Right.ANSWER_MOVES, Right.ASSIGN_HELPERS, Right.ARRANGE_STAND_INS, Right.KEEP_CODES})
# Who reads what the comparison found, with amounts and rows; the doorstep sees alerts alone.
_WARNINGS = frozenset({Right.VIEW_FINDINGS, Right.VIEW_ALERTS})
# Above the county one person of the office proposes a value and another approves it: the engine sees to that.
_OVERSEE = frozenset(
    {
        Right.VIEW_OPERATIONS,
        Right.PROPOSE_VALUES,
        Right.APPROVE_VALUES,
        Right.MANAGE_HOLIDAYS,
        Right.VIEW_DATASETS,
        Right.SETTLE_MOVES,
        *_WARNINGS,
    }
)
_COUNTY_UP = frozenset({Level.COUNTY, Level.CITY, Level.PROVINCE})
_COUNTY = frozenset({Level.COUNTY})
_TOWNSHIP = frozenset({Level.TOWNSHIP})
_VILLAGE = frozenset({Level.VILLAGE})

RULES: dict[Role, RoleRule] = {
    # The three administrators (三员分立, safety.md L09): none of them reads households.
    Role.SYSTEM_ADMIN: RoleRule(
        _COUNTY_UP,
        _READ
        | {
            Right.MANAGE_AREAS,
            Right.MANAGE_ACCOUNTS,
            Right.VIEW_DATASETS,
            Right.APPROVE_GRANTS,
            Right.VIEW_OPERATIONS,
            Right.MANAGE_HOLIDAYS,
            Right.USE_ADMIN_SITE,
        },
    ),
    Role.SECURITY_ADMIN: RoleRule(
        _COUNTY_UP,
        _READ
        | {
            Right.GRANT_POSTINGS,
            Right.APPROVE_GRANTS,
            Right.ARRANGE_STAND_INS,
            Right.VIEW_VACANCIES,
            Right.LABEL_ROLES,
            Right.LEND_OBJECTS,
            Right.USE_ADMIN_SITE,
        },
    ),
    Role.AUDIT_ADMIN: RoleRule(_COUNTY_UP, _ALL | {Right.VIEW_LEDGER}),
    Role.DEPARTMENT_OFFICER: RoleRule(
        _COUNTY_UP, _ALL | _ANSWERS | {Right.VIEW_DATASETS, Right.DELIVER_DATA}, needs_department=True
    ),
    Role.CASE_OFFICER: RoleRule(
        _COUNTY_UP, _ALL | _ANSWERS | {Right.VIEW_DATASETS, Right.SETTLE_REMINDERS}, needs_department=True
    ),
    Role.COUNTY_DISPATCHER: RoleRule(
        _COUNTY,
        _OFFICE
        | _REGISTER
        | {
            Right.IMPORT_REGISTER,
            Right.VIEW_DATASETS,
            Right.DELIVER_DATA,
            Right.PROPOSE_VALUES,
            Right.MANAGE_HOLIDAYS,
            Right.RUN_COMPARISON,
            Right.REPORT_CONCERNS,
            Right.DISPATCH_ALERTS,
            Right.SETTLE_MOVES,
            Right.SETTLE_REMINDERS,
            *_ANSWERS,
            *_LOCAL,
            *_WARNINGS,
        },
        next_up=Role.CITY_OVERSEER,
        acts=True,
    ),
    Role.COUNTY_APPROVER: RoleRule(
        _COUNTY,
        _OFFICE
        | {
            Right.APPROVE_VALUES,
            Right.DECIDE_CASES,
            Right.REVEAL_NUMBERS,
            Right.ERASE_PEOPLE,
            Right.VIEW_DATASETS,
            Right.SETTLE_RETURNS,
            Right.ASSIGN_HELPERS,
            *_WARNINGS,
        },
        next_up=Role.CITY_OVERSEER,
        acts=True,
    ),
    Role.TOWNSHIP_VERIFIER: RoleRule(
        _TOWNSHIP,
        _OFFICE
        | _REGISTER
        | _WARNINGS
        | {
            *_VISITS,
            *_LOCAL,
            Right.REPORT_CONCERNS,
            Right.REVIEW_VISITS,
            Right.REVIEW_CASES,
            Right.SETTLE_REMINDERS,
            Right.ANSWER_MEASURES,
        },
        next_up=Role.COUNTY_DISPATCHER,
        acts=True,
    ),
    Role.TOWNSHIP_APPROVER: RoleRule(
        _TOWNSHIP,
        _OFFICE | _WARNINGS | {Right.REVIEW_CASES, Right.SETTLE_RETURNS, Right.ASSIGN_HELPERS},
        next_up=Role.COUNTY_APPROVER,
    ),
    Role.VILLAGE_ASSISTANT: RoleRule(
        _VILLAGE,
        _READ | _REGISTER | _DOORSTEP | _VISITS | {Right.SETTLE_REMINDERS},
        next_up=Role.TOWNSHIP_VERIFIER,
        acts=True,
    ),
    Role.GRID_MEMBER: RoleRule(frozenset({Level.TOWNSHIP, Level.VILLAGE, Level.GROUP}), _ALL),
    # A helper sees the households that are lent to them, not the village.
    Role.HELPER: RoleRule(frozenset(Level) - {Level.GROUP}, _ALL, with_loan=_HELPS),
    Role.FIRST_SECRETARY: RoleRule(_VILLAGE, _READ | _DOORSTEP | _VISITS),
    Role.STATIONED_MEMBER: RoleRule(_VILLAGE, _READ | _DOORSTEP | _VISITS),
    Role.HOTLINE_CLERK: RoleRule(_COUNTY, _ALL | {Right.VIEW_HOUSEHOLDS, Right.REPORT_CONCERNS}),
    Role.INSPECTOR: RoleRule(
        frozenset({Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE}),
        _ALL | _WARNINGS | {Right.VIEW_HOUSEHOLDS, Right.VIEW_CASES},
        time_limited=True,
    ),
    Role.COUNTY_READER: RoleRule(_COUNTY, _OFFICE | _WARNINGS | {Right.VIEW_OPERATIONS, Right.VIEW_DATASETS}),
    Role.CITY_OVERSEER: RoleRule(frozenset({Level.CITY}), _OFFICE | _OVERSEE, next_up=Role.PROVINCE_OVERSEER),
    Role.PROVINCE_OVERSEER: RoleRule(frozenset({Level.PROVINCE}), _OFFICE | _OVERSEE),
    Role.EXTERNAL_AUDITOR: RoleRule(
        _COUNTY_UP,
        _READ | _WARNINGS | {Right.VIEW_LEDGER, Right.VIEW_HOUSEHOLDS, Right.VIEW_CASES},
        time_limited=True,
    ),
}

ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)

#: Pairs that one person may not hold at the same time: the maker of a step is never its checker, who
#: administers does not use, and who audits does nothing else. Checked both ways when a posting is granted.
INCOMPATIBLE: frozenset[frozenset[Role]] = frozenset(
    {frozenset(pair) for pair in combinations(ADMINISTRATORS, 2)}
    | {frozenset({admin, role}) for admin in ADMINISTRATORS for role in Role if role not in ADMINISTRATORS}
    | {frozenset({Role.EXTERNAL_AUDITOR, role}) for role in Role if role is not Role.EXTERNAL_AUDITOR}
    | {
        frozenset({Role.COUNTY_DISPATCHER, Role.COUNTY_APPROVER}),
        frozenset({Role.TOWNSHIP_VERIFIER, Role.TOWNSHIP_APPROVER}),
        frozenset({Role.VILLAGE_ASSISTANT, Role.TOWNSHIP_VERIFIER}),
        frozenset({Role.VILLAGE_ASSISTANT, Role.TOWNSHIP_APPROVER}),
    }
)


def incompatible(one: Role, other: Role) -> bool:
    """Say whether one person may not hold both roles at the same time."""
    return frozenset({one, other}) in INCOMPATIBLE


def roles_with(right: Right) -> frozenset[Role]:
    """Return the roles that hold `right`."""
    return frozenset(role for role, rule in RULES.items() if right in rule.rights)
