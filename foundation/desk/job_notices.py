"""Tell who asked for long work how it ended (foundation.jobs.endings.JobFollower)."""

from foundation.inbox.notices import notify
from foundation.jobs.models import Job, State

_TOLD = {State.DONE: "job_done", State.FAILED: "job_failed", State.CANCELLED: "job_cancelled"}


def tell_asker(job: Job, state: State) -> None:
    """Tell the asker, unless they cancelled it themselves; each job is one notice of a kind until it is read."""
    if state == State.CANCELLED and job.cancel_requested_by_id == job.asked_by_id:
        return
    notify([job.asked_by], _TOLD[state], place=f"/jobs/{job.uuid}/", group=str(job.uuid))
