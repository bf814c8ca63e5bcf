"""History of a table: the version of a row before each change or removal (django-pghistory, per statement)."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def keep_versions() -> Callable[[M], M]:
    """Keep the version before every change, by triggers; the row itself is the newest version.

    Versions carry no context of their own: each names the Revision that made it, and the row or the next version
    names the one that ended it.
    """
    return pghistory.track(
        pghistory.UpdateEvent("before_update", level=pghistory.Statement, row=pghistory.Old),
        pghistory.DeleteEvent("before_delete", level=pghistory.Statement, row=pghistory.Old),
        obj_field=pghistory.ObjForeignKey(related_name="versions"),
        context_field=None,  # type: ignore[arg-type]
    )
