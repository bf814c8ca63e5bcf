"""On whose behalf this thread works: what ledger entries and lines of the log say of where they come from.

Knows no table, so that the log can read it before Django has begun.
"""

import re
import uuid
from contextvars import ContextVar
from dataclasses import dataclass

#: Id of the web request, job or command on whose behalf entries are written.
current_request: ContextVar[str] = ContextVar("current_request", default="")
#: Inside a job: the id of the request that asked for it, or "".
asking_request: ContextVar[str] = ContextVar("asking_request", default="")

#: A UUID of chance or of time (RFC 9562), with hyphens or without: whatever else is sent is not taken over.
_WELL_FORMED = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[47][0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}")


@dataclass(slots=True)
class Doing:
    """What is known of the request this thread answers: never its address, only the name of its route."""

    method: str
    route: str = ""
    user: int | None = None


#: The request this thread answers, None outside of one.
doing: ContextVar[Doing | None] = ContextVar("doing", default=None)


def request_id(sent: str) -> str:
    """Return the id of a request: the one a proxy sent along where it is well-formed, else a new one."""
    return sent.replace("-", "") if _WELL_FORMED.fullmatch(sent) else uuid.uuid4().hex


def job_id() -> str:
    """Return the id of the job this thread works on, or ""."""
    kind, _, name = current_request.get().partition(":")
    return name if kind == "job" else ""


def asked_in() -> str:
    """Return the id of the request at the beginning: this one, or the one that asked for this job."""
    return asking_request.get() if job_id() else current_request.get()
