"""What each body of the API holds, name by name: nothing is told or taken because a model happens to have it (8.2.3).

The table beside this file (api_fields.txt) was read and agreed to. Whoever adds a field on purpose writes it there:

    SHOUWANG_WRITE_FIELDS=1 ./test tests/house/test_api_fields.py
"""

import os
from pathlib import Path
from typing import Any

from foundation.accounts.models import ApiToken, Posting, User
from foundation.accounts.programs.description import described

TABLE = Path(__file__).with_name("api_fields.txt")
#: What no request may carry: what the platform itself decides, wherever it stands (ASVS 15.3.3).
DECIDED_HERE = {
    *(
        "id",
        "pk",
        "uuid",
        "state",
        "status",
        "area",
        "area_id",
        "created_by",
        "entered_by",
        "made_by",
        "decided_by",
    ),
    *(
        "approved_at",
        "approved_by",
        "decided_on",
        "entered_on",
        "received_on",
        "revision",
        "digest",
        "source",
        "chain",
    ),
    *("is_staff", "is_superuser", "is_active", "role", "rights", "may", "user", "owner"),
}
#: Handing in a file says for which area it is: that is what is asked (monitoring/deliveries/api.py checks it).
NAMES_ITS_AREA = {"UploadRequest"}


def bodies() -> dict[str, list[str]]:
    """Return the names of the fields of every body, but of pages of lists, which hold rows alone."""
    found = described("en")["components"]["schemas"]
    return {
        name: list(told["properties"])
        for name, told in sorted(found.items())
        if told.get("properties") and not name.startswith("Paginated")
    }


def table() -> dict[str, list[str]]:
    """Return what the table says."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return {name: fields.split() for name, _colon, fields in (line.partition(":") for line in lines)}


def test_8_2_3_every_body_holds_the_fields_that_were_agreed_to() -> None:
    """ASVS 8.2.3, 15.3.1: a field that nobody wrote into the table is a leak until somebody says otherwise."""
    now = bodies()
    if os.environ.get("SHOUWANG_WRITE_FIELDS"):
        TABLE.write_text(
            "".join(f"{name}: {' '.join(fields)}\n" for name, fields in now.items()), encoding="utf-8"
        )
    assert len(now) > 100
    assert now == table()


def test_15_3_3_no_request_carries_what_the_platform_decides() -> None:
    """ASVS 15.3.3: state, area, author, day of decision and the like are in no body that is read."""
    sent = {name: set(fields) for name, fields in bodies().items() if name.endswith("Request")}
    assert len(sent) > 50
    taken = {name: fields & DECIDED_HERE for name, fields in sent.items() if fields & DECIDED_HERE}
    assert taken == {name: {"area"} for name in NAMES_ITS_AREA}


def test_8_2_3_no_body_holds_what_protects_an_account() -> None:
    hidden = {"password", "digest", "oath", "secret", "sessions_ended", "last_login", "sealed"}
    accounts: tuple[Any, ...] = (User, ApiToken, Posting)
    assert hidden & {field.name for model in accounts for field in model._meta.get_fields()}
    people = {name: set(bodies()[name]) & hidden for name in ("Staff", "Posting")}
    assert not any(people.values())
