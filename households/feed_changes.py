"""Bring a field of the register to what a department delivered: a Revision of kind FEED, with source and day.

A value that somebody checked by hand later than the department knew is not overwritten: that takes a correction by
hand, by somebody who looked. Whether a change is taken at all is decided above (monitoring.proposals).
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from households.corrections import begin_revision, household_of, may_correct, note, swap
from households.followers import register_changed
from households.models import Household, Resident, Revision
from households.provenance import stays
from households.sources import Row, source_of

#: What a department may know better than the register; leaving and coming are acts of their own.
HOUSEHOLD_FIELDS = frozenset({"house_grade", "water_safe"})
MEMBER_FIELDS = frozenset({"insured", "dibao", "health", "school_stage", "work_place", "work_months"})


@transaction.atomic
def take_from_feed(
    row: Row, wanted: Mapping[str, Any], *, by: User, known_on: datetime.date, origin: str, seen: int
) -> Revision:
    """Write what a delivery says into a row; every field gets the delivery as its source, of the day `known_on`.

    `origin` names the delivery and its line, for the household's history; `seen` is the revision of the row that was
    judged. Refused on one's own or kin's household, and where the register knows newer or by hand.
    """
    actor = may_correct(household_of(row), by)
    allowed = HOUSEHOLD_FIELDS if isinstance(row, Household) else MEMBER_FIELDS
    if strange := set(wanted) - allowed:
        raise ValueError(f"A delivery cannot touch {sorted(strange)}.")
    if isinstance(row, Resident) and row.left_on is not None:
        raise Refused(_("This person left on %(day)s.") % {"day": row.left_on})
    for name in wanted:
        _check_not_newer(row, name, known_on)
    revision = begin_revision(household_of(row), by, known_on, origin, wanted, Revision.Kind.FEED)
    swap(row, wanted, revision, seen=seen, day=known_on)
    verb = "household.taken_from_feed" if isinstance(row, Household) else "resident.taken_from_feed"
    note(verb, row, revision, by=actor, before=seen, fields=sorted(wanted))
    household = household_of(row)
    register_changed([household.area_id], [household.pk], by=by)
    return revision


def _check_not_newer(row: Row, name: str, known_on: datetime.date) -> None:
    known = source_of(row, name)
    if stays(known, Revision.Kind.FEED, known_on):
        raise Refused(
            _(
                "The register knows this as of %(day)s (%(source)s): the delivery of %(known)s does not replace it. "
                "Where the department is right, correct it by hand."
            )
            % {"day": known.day, "source": known.label, "known": known_on}
        )
