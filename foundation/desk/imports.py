"""Hand in a file to be imported: it is kept, and a job reads it. For pages, and for `import_areas` on the server."""

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from foundation.accounts.models import User
from foundation.accounts.roles import Level
from foundation.accounts.scope import prefixes
from foundation.jobs import asking, spool
from foundation.jobs.kinds import known
from foundation.jobs.models import Job


def hand_in(file: BinaryIO, kind: str, *, by: User, ring: bool = True, **how: bool) -> Job:
    """Keep `file` and ask for its import; the same file handed in twice by one person is one job while it is open.

    `how` are the choices that the kind of import knows (strict); they stand in the job's parameters.
    """
    kept = spool.keep_file(file)
    try:
        job = asking.enqueue(
            kind,
            {"sha256": kept.sha256, "size": kept.size, **how},
            by=by,
            area=_area(kind, by),
            dedupe=":".join([str(by.pk), kept.sha256, *(name for name, chosen in how.items() if chosen)]),
            spooled=kept.name,
            ring=ring,
        )
    except BaseException:
        spool.forget(kept.name)
        raise
    if job.spooled != kept.name:
        spool.forget(kept.name)
    return job


def area_counts(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return the counts of an import of areas in the order of datasets.md section 6 (the database keeps none)."""
    names = ("rows_read", "created", "changed", "unchanged", "rejected", "orphans")
    levels = {level.name.lower(): result["by_level"][level.name.lower()] for level in Level}
    return {name: result[name] for name in names} | {"by_level": levels}


def area_sentences(result: Mapping[str, Any]) -> Iterable[str]:
    """Tell what came of an import of areas."""
    yield _("%(rows_read)d rows read.") % result
    yield (
        _("%(created)d new, %(changed)d renamed, %(unchanged)d unchanged, %(rejected)d rejected.") % result
    )
    if result["orphans"]:
        yield (
            _("%(orphans)d areas wait for the area above them, which is neither here nor in the file.")
            % result
        )


def staff_sentences(result: Mapping[str, Any]) -> Iterable[str]:
    """Tell what came of an import of staff."""
    yield _("%(rows_read)d rows read, %(rows_accepted)d accepted, %(rows_rejected)d rejected.") % result
    yield _("%(accounts_opened)d accounts opened, %(postings_granted)d postings granted.") % result
    if result["postings_unchanged"]:
        yield _("%(postings_unchanged)d postings were there already.") % result
    if result["postings_waiting"]:
        yield (
            _(
                "%(postings_waiting)d postings wait until the other administrator (system or security) hands in "
                "the very same file."
            )
            % result
        )


def _area(kind: str, by: User) -> str:
    """Return the highest area in which `by` may hand in such a file; the job belongs to it."""
    for right in known()[kind].rights:
        if codes := prefixes(by, right):
            return min(codes)
    return ""
