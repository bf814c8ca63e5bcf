"""From a row of the staff workbook to a wish: who shall work as what, where and when, in terms of our tables."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation

from foundation.accounts.labels import role_labels_of_many
from foundation.accounts.models import Area, Department, User
from foundation.accounts.models.areas import readings
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import RULES, Right, Role
from foundation.accounts.scope import prefixes
from foundation.accounts.staff import check_login_name
from foundation.accounts.staff_file import (
    AREA,
    DEPARTMENT,
    FIRST,
    LAST,
    LOGIN,
    NAME,
    ROLE,
    Line,
    Reason,
    Reject,
    is_plain_name,
    read_day,
)
from foundation.accounts.tabular import plain

LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True, slots=True)
class Wish:
    """One readable row: a person (by login name, or by name alone) in a post, for a period."""

    line: Line
    name: str
    login: str
    role: Role
    area: Area
    department: Department | None
    first: datetime.date | None
    last: datetime.date | None

    @property
    def post(self) -> tuple[Role, str, str | None]:
        """The post without its days: what one person holds once at a time."""
        return self.role, self.area.pk, self.department.pk if self.department else None


class _Unreadable(Exception):  # noqa: N818  (leaves the reading of one row; never reaches anybody)
    def __init__(self, column: str, reason: Reason, sentence: str = "") -> None:
        super().__init__(reason)
        self.column, self.reason, self.sentence = column, reason, sentence


def read_wishes(lines: Iterable[Line], *, by: User) -> tuple[list[Wish], list[Reject]]:
    """Read rows against areas, role names and departments; four queries whatever their number."""
    rows = list(lines)
    words = _Words(rows, by)
    wishes: list[Wish] = []
    rejects: list[Reject] = []
    for line in rows:
        try:
            wishes.append(words.wish(line))
        except _Unreadable as unreadable:
            rejects.append(line.reject(unreadable.column, unreadable.reason, unreadable.sentence))
    return wishes, rejects


class _Words:
    """What the words of one file mean: its codes, role names and departments, looked up together."""

    def __init__(self, rows: Iterable[Line], by: User) -> None:
        scope = prefixes(by, Right.MANAGE_ACCOUNTS) | prefixes(by, Right.GRANT_POSTINGS)
        codes = {code for line in rows for code in readings(plain(line.cell(AREA)))}
        self._areas = {
            area.pk: area
            for area in Area.objects.filter(pk__in=codes)
            if any(area.pk.startswith(prefix) for prefix in scope)
        }
        self._labels = role_labels_of_many(self._areas)
        self._defaults = _default_role_names()
        self._departments: dict[str, Department] = {}
        for department in Department.objects.all():
            self._departments |= {department.pk: department, plain(department.name): department}

    def wish(self, line: Line) -> Wish:
        """Read one row, or say which cell cannot be read."""
        name = line.cell(NAME)
        if not name:
            raise _Unreadable(NAME, Reason.NAME_MISSING)
        if not is_plain_name(name):
            raise _Unreadable(NAME, Reason.NAME_INVALID)
        area, role = self._place(line)
        department = line.cell(DEPARTMENT)
        if department and plain(department) not in self._departments:
            raise _Unreadable(DEPARTMENT, Reason.DEPARTMENT_UNKNOWN)
        return Wish(
            line=line,
            name=name,
            login=_login(line.cell(LOGIN)),
            role=role,
            area=area,
            department=self._departments.get(plain(department)),
            first=_day(line, FIRST),
            last=_day(line, LAST),
        )

    def _place(self, line: Line) -> tuple[Area, Role]:
        """Return area and role together: of the areas a padded code may mean, the one the role fits."""
        areas = [self._areas[code] for code in readings(plain(line.cell(AREA))) if code in self._areas]
        if not areas:
            raise _Unreadable(AREA, Reason.AREA_UNKNOWN)
        read = [(area, self._role(line.cell(ROLE), area)) for area in areas]
        known = [(area, role) for area, role in read if role is not None]
        if not known:
            raise _Unreadable(ROLE, Reason.ROLE_UNKNOWN)
        fitting = [(area, role) for area, role in known if area.level in RULES[role].levels]
        return (fitting or known)[0]

    def _role(self, word: str, area: Area) -> Role | None:
        """Return the role an area calls `word`; its own names go before the defaults and the codes."""
        wanted = plain(word)
        for role, label in self._labels[area.pk].items():
            if plain(label) == wanted:
                return role
        return self._defaults.get(wanted)


def _default_role_names() -> dict[str, Role]:
    names: dict[str, Role] = {role.value: role for role in Role}
    for language in LANGUAGES:
        with translation.override(language):
            names |= {plain(str(role.label)): role for role in Role}
    return names


def _login(typed: str) -> str:
    if not typed:
        return ""
    try:
        return check_login_name(typed)
    except Refused as refused:
        raise _Unreadable(LOGIN, Reason.LOGIN_INVALID, refused.sentence) from refused


def _day(line: Line, column: str) -> datetime.date | None:
    try:
        return read_day(line.cell(column))
    except ValueError as unread:
        raise _Unreadable(column, Reason.DATE_INVALID) from unread
