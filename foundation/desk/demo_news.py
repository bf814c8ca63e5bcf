"""What is going on in the demonstration today, in sentences read from its rows: nothing here is written down."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.accounts import vacancies
from foundation.accounts.composition import parts
from foundation.accounts.demo.places import COUNTY
from foundation.accounts.labels import role_label
from foundation.accounts.models import Area, Posting, StandIn, User
from foundation.accounts.roles import Level, Role
from foundation.accounts.scope import within
from foundation.desk.demo_parts import Step, StoryLine
from foundation.ledger.models import Entry

#: No more than so many sentences of one kind.
MOST = 3


def numbers() -> list[tuple[int, Promise]]:
    """Return what the demonstration county holds, each number with its words; what later stages bring stands second."""
    areas = Area.objects.living().filter(within("code", [COUNTY]))
    posts = Posting.objects.in_force().filter(within("area__code", [COUNTY]))
    return [
        (areas.filter(level=Level.TOWNSHIP).count(), gettext_lazy("townships")),
        (areas.filter(level=Level.VILLAGE).count(), gettext_lazy("villages")),
        *(number for part in parts("DEMONSTRATION") for number in part.numbers()),
        (posts.values("user").distinct().count(), gettext_lazy("people at work")),
        (areas.filter(vacancies.vacant(Role.VILLAGE_ASSISTANT)).count(), gettext_lazy("posts empty")),
        (Entry.objects.filter(within("area", [COUNTY])).count(), gettext_lazy("recorded acts")),
    ]


def stories() -> list[StoryLine]:
    """Return what is worth seeing today: what the latest stage tells comes first."""
    return [line for part in reversed(parts("DEMONSTRATION")) for line in part.stories()]


def funnel() -> list[Step]:
    """Return the steps from the departments' data to what came of it, of every stage in its order."""
    return [step for part in parts("DEMONSTRATION") for step in part.funnel()]


def news() -> list[str]:
    """Say which posts stand empty and who does their work, who stands in for whom, and who leaves soon."""
    return [*_empty(), *_stood_in(), *_leaving()]


def _empty() -> Iterator[str]:
    role = Role.VILLAGE_ASSISTANT
    rows = Area.objects.living().filter(within("code", [COUNTY])).filter(vacancies.vacant(role))
    for area in rows.order_by("code")[:MOST]:
        told = {"area": area.name, "role": role_label(role, area.code)}
        owners = vacancies.owners(area.code, role)
        if owners:
            told |= {"owner": owners[0].user.name, "instead": role_label(owners[0].role, area.code)}
            yield _("%(area)s, %(role)s: nobody; the work goes to %(owner)s (%(instead)s).") % told
        else:
            yield _("%(area)s, %(role)s: nobody, and nobody to do the work.") % told


def _stood_in() -> Iterator[str]:
    rows = StandIn.objects.in_force().filter(within("posting__area__code", [COUNTY]))
    for row in rows.select_related("posting__user", "posting__area", "substitute")[:MOST]:
        yield _("%(substitute)s stands in for %(absent)s in %(area)s until %(day)s (%(reason)s).") % {
            "substitute": row.substitute.name,
            "absent": row.posting.user.name,
            "area": row.posting.area.name,
            "day": row.until_day,
            "reason": row.reason,
        }


def _leaving() -> Iterator[str]:
    soon = vacancies.ending_soon(User.objects.built_in("system"))
    for post in soon.filter(within("area__code", [COUNTY]))[:MOST]:
        yield _("%(name)s, %(role)s in %(area)s, leaves this post on %(day)s.") % {
            "name": post.user.name,
            "role": role_label(Role(post.role), post.area_id),
            "area": post.area.name,
            "day": post.until_day,
        }
