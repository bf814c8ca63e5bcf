"""Of the register for the scope walk: files imported and looked through, pairs, codes and leaflets."""

from collections.abc import Iterator

from foundation.accounts.models import User
from households.codes.tokens import new_token
from households.leaflets.texts import edition_of
from households.models import Duplicate, Household, HouseholdCode, LeafletTick, Revision
from households.register import handing_in
from households.register.importing import COUNTS
from tests.house.things import ALL_POSTS, DAY, Thing
from tests.households.register.files import csv_of, row


def in_register(people: dict[str, User], homes: list[Household]) -> dict[str, list[Thing]]:
    """Plant everything of this module, by kind."""
    return {
        "register_file": list(register_files(people, homes)),
        "register_look": list(register_looks(people)),
        "scanned_code": list(scanned_codes(people, homes)),
    }


def register_files(people: dict[str, User], homes: list[Household]) -> Iterator[Thing]:
    """Let a file of each county be there, and a pair of the two: each sees its own side of it."""
    counts = dict.fromkeys((*COUNTS, "rows_read", "rows_accepted", "rows_rejected", "duplicates"), 0)
    for name in ("xian", "lin_xian"):
        county = ALL_POSTS[name][1]
        made = Revision.objects.create(
            kind="register_file",
            by=people[name],
            area_id=county,
            as_of=DAY,
            entered_on=DAY,
            counts=counts | {"rejects": {}},
        )
        here = next(home for home in homes if home.area_id.startswith(county))
        there = next(home for home in homes if not home.area_id.startswith(county))
        Duplicate.objects.create(
            identity=here.phone, household=there, claimed_code=f"{county}-1", claimed_area_id=here.area_id,
            claimed_name="沈立夏", found_on=DAY, revision=made,
        )  # fmt: skip
        yield Thing(made.pk, county)


def register_looks(people: dict[str, User]) -> Iterator[Thing]:
    """Let each dispatcher have handed in a file that is being looked through."""
    for name in ("xian", "lin_xian"):
        job = handing_in.show(csv_of([row(1, area=f"{ALL_POSTS[name][1]}001001")]), by=people[name])
        yield Thing(job.uuid, ALL_POSTS[name][1], owner=name)


def scanned_codes(people: dict[str, User], homes: list[Household]) -> Iterator[Thing]:
    """Let every household have a code and a leaflet; whoever scans the code gets an answer."""
    for home in homes:
        keeper = people["lin_xian" if home.area_id.startswith(ALL_POSTS["lin_xian"][1]) else "xian"]
        code = HouseholdCode.objects.create(
            household=home, token=new_token(), issued_on=DAY, issued_by=keeper
        )
        LeafletTick.objects.create(
            household=home,
            edition=edition_of(home.area_id, DAY),
            given_on=DAY,
            entered_on=DAY,
            given_by=keeper,
        )
        yield Thing(f"{home.area_id[:9]}-{code.token}", None)
