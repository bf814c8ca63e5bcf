"""Hand in a register file: it is kept sealed, and a job looks at it or imports it."""

import datetime
from typing import BinaryIO

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.refusals import Refused
from foundation.accounts.roles import Right
from foundation.accounts.scope import prefixes
from foundation.jobs import asking, spool
from foundation.jobs.models import Job, State
from households.models import Revision
from households.register.reverting import check_may_go_back

IMPORT, LOOK, TAKE_BACK = "import_register", "look_at_register", "take_back_register"


def hand_in(file: BinaryIO, *, by: User, as_of: datetime.date | None = None, ring: bool = True) -> Job:
    """Keep `file` and ask for its import; the same file handed in twice by one person is one job while it is open."""
    kept = spool.keep_file(file)
    params = _params(kept.sha256, kept.size, as_of)
    return _asked(IMPORT, params, kept.name, by=by, dedupe=f"{by.pk}:{kept.sha256}:{as_of or ''}", ring=ring)


def show(file: BinaryIO, *, by: User, as_of: datetime.date | None = None) -> Job:
    """Keep `file` for a day and ask what importing it would do."""
    kept = spool.keep_file(file)
    # The job does not own the file: it is there to be imported afterwards. Without an import it is a stray tomorrow.
    params = _params(kept.sha256, kept.size, as_of) | {"kept": kept.name}
    params["digest"] = params.pop("sha256")
    try:
        return asking.enqueue(LOOK, params, by=by, area=_area(by))
    except BaseException:
        spool.forget(kept.name)
        raise


def confirm(looked: Job, *, by: User) -> Job:
    """Ask for the import of a file that was looked at; only who handed it in does so."""
    if looked.asked_by_id != by.pk:
        raise Refused(_("Only who handed in a file imports it."))
    if looked.state != State.DONE:
        raise Refused(_("Wait until the file has been looked through."))
    spool.opened(looked.params["kept"]).close()
    as_of = looked.params.get("as_of")
    params = _params(looked.params["digest"], looked.params["size"], None)
    if as_of:
        params["as_of"] = as_of
    dedupe = f"{by.pk}:{looked.params['digest']}:{as_of or ''}"
    return _asked(IMPORT, params, looked.params["kept"], by=by, dedupe=dedupe, ring=True)


def ask_back(file: Revision, *, by: User, reason: str) -> Job:
    """Ask that a file is taken back (households.register.reverting)."""
    check_may_go_back(file, by=by, reason=reason)
    params = {"revision": file.pk, "reason": reason.strip()}
    return asking.enqueue(TAKE_BACK, params, by=by, area=file.area_id or "", dedupe=f"revision:{file.pk}")


def _asked(kind: str, params: dict[str, object], kept: str, *, by: User, dedupe: str, ring: bool) -> Job:
    try:
        job = asking.enqueue(kind, params, by=by, area=_area(by), dedupe=dedupe, spooled=kept, ring=ring)
    except BaseException:
        spool.forget(kept)
        raise
    if job.spooled != kept:
        spool.forget(kept)
    return job


def _params(sha256: str, size: int, as_of: datetime.date | None) -> dict[str, object]:
    return {"sha256": sha256, "size": size} | ({"as_of": as_of.isoformat()} if as_of else {})


def _area(by: User) -> str:
    return min(prefixes(by, Right.IMPORT_REGISTER), default="")
