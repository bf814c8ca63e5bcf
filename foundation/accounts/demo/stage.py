"""The hands of the story: open an account and grant a post, by the administrators of the county it lies in."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from foundation.accounts import postings, staff
from foundation.accounts.demo.cast import BY_LOGIN, NAMES_TAKEN, Player
from foundation.accounts.demo.names import invented_names, login_of
from foundation.accounts.demo.places import COUNTY, NEIGHBOUR_COUNTY
from foundation.accounts.eligibility import Grant
from foundation.accounts.models import Area, Department, Posting, User
from foundation.accounts.roles import Role


@dataclass(slots=True)
class Stage:
    """Everybody who has come on so far, and `shell`, the platform's own account, which sets the first ones in."""

    shell: User
    day: datetime.date
    people: dict[str, User] = field(default_factory=dict)
    names: Iterator[str] = field(default_factory=lambda: invented_names(NAMES_TAKEN))

    def engage(
        self, player: Player, *, until: datetime.date | None = None, by_shell: bool = False, reason: str
    ) -> Posting:
        """Open an account and grant its post from this day on; the county's administrators do it, or `shell`."""
        area = Area.objects.get(code=player.area)
        opens, grants = (self.shell, self.shell) if by_shell else self.offices(player.area)
        new = staff.NewAccount(player.username, player.name, area)
        person = self.people[player.username] = staff.open_account(new, by=opens)
        department = Department.objects.get(code=player.department) if player.department else None
        wanted = Grant(person, player.role, area, self.day, until, department)
        return postings.grant(wanted, by=grants, reason=reason)

    def engage_named(self, *usernames: str, until: datetime.date | None = None, reason: str) -> None:
        """Let people of the cast come on."""
        for username in usernames:
            self.engage(BY_LOGIN[username], until=until, reason=reason)

    def engage_another(self, role: Role, area: str, *, department: str | None = None, reason: str) -> Posting:
        """Let one more invented person come on, who has a name but no door."""
        # Two surnames may read alike (江, 蒋): the second to come finds the login name taken and is passed over.
        name = next(name for name in self.names if login_of(name) not in self.people)
        return self.engage(Player(login_of(name), name, role, area, department), reason=reason)

    def offices(self, area: str) -> tuple[User, User]:
        """Return who opens accounts and who grants posts in an area: the two administrators of its county."""
        if area.startswith(NEIGHBOUR_COUNTY):
            return self.people["lin_xitong"], self.people["lin_anquan"]
        if area.startswith(COUNTY):
            return self.people["xitong"], self.people["anquan"]
        return self.shell, self.shell

    def holder(self, role: Role, area: str) -> Posting:
        """Return the posting that somebody holds on this day as `role` in `area`."""
        return Posting.objects.in_force(self.day).select_related("user", "area").get(role=role, area_id=area)
