"""What the platform is composed of, with the kinds of work of these tests."""

from config.composition import *  # noqa: F403
from config.composition import JOB_KINDS as REAL

JOB_KINDS = (*REAL, "tests.foundation.jobs.kinds.COUNT", "tests.foundation.jobs.kinds.STUMBLE")
