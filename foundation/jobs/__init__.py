"""Long work (design.md section 3): a job is a row, its parts are chunks, and Celery only rings the bell.

Starts from what a person asked for (`asking.enqueue`), leaves the effects of the kind's own stage functions and
a Job row that tells how far it came and how it ended. Workers take parts under a lease with a fencing token, so
that killing any process at any moment loses nothing and doubles nothing (docs/decisions/0010-jobs-are-rows.md).
"""
