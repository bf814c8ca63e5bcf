"""Tables of long work: the job that somebody asked for, and the chunks that workers take."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from uuid6 import uuid7

from foundation.jobs.querysets import ChunkQuerySet, JobQuerySet


class State(models.TextChoices):
    """How a job or a chunk stands. Written by foundation.jobs alone: the one state that no `move()` writes."""

    QUEUED = "queued", _("waiting for a worker")
    RUNNING = "running", _("running")
    WAITING_RETRY = "waiting_retry", _("waiting to try again")
    DONE = "done", pgettext_lazy("job", "done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


OPEN = (State.QUEUED, State.RUNNING, State.WAITING_RETRY)
_OPEN = Q(state__in=[state.value for state in OPEN])


class Phase(models.TextChoices):
    """What is to be done next: the job itself is taken to plan and to finish, its chunks in between."""

    PLAN = "plan", _("preparing")
    WORK = "work", _("working")
    FINISH = "finish", _("completing")


class Leased(models.Model):
    """Work that one worker holds at a time.

    `fence` grows by one at each claim; what a worker commits is refused once somebody else has claimed, so a
    worker that was thought dead can do no harm. `attempts` counts claims since the last lasting progress.
    All times are the database's, so that clocks of machines may differ.
    """

    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.QUEUED)
    lease_owner = models.CharField(_("held by"), max_length=100, blank=True)
    lease_until = models.DateTimeField(_("held until"), null=True, blank=True)
    fence = models.BigIntegerField(_("fencing token"), default=0)
    attempts = models.PositiveSmallIntegerField(_("fruitless attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    error = models.CharField(_("what went wrong"), max_length=500, blank=True)
    error_ref = models.CharField(
        _("reference"), max_length=16, blank=True, help_text=_("Finds the fault in the log of the worker.")
    )

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        """Whether the work has not ended yet."""
        return self.state in OPEN


class Job(Leased):
    """Long work (任务): who asked for which kind of work in which area, how far it came, how it ended.

    `params` and `result` hold ids, counts and digests, never personal data. `spooled` names a file that is kept
    for this job until it ends (foundation/jobs/spool.py); `rejects` one that the asker may fetch afterwards.
    """

    uuid = models.UUIDField(_("job"), unique=True, default=uuid7, editable=False)
    kind = models.CharField(_("kind of work"), max_length=60)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name=_("asked by")
    )
    asked_in = models.CharField(
        _("asked in the request"), max_length=48, blank=True, help_text=_("Joins the lines of the logs.")
    )
    area = models.CharField(_("area"), max_length=15, blank=True, help_text=_("Empty: whole country."))
    params = models.JSONField(_("what is asked"), default=dict)
    dedupe_key = models.CharField(_("key against asking twice"), max_length=120, blank=True)
    spooled = models.CharField(_("kept file"), max_length=32, blank=True)
    rejects = models.CharField(_("file of rejected rows"), max_length=32, blank=True)
    phase = models.CharField(_("phase"), max_length=8, choices=Phase.choices, default=Phase.PLAN)
    total = models.BigIntegerField(_("rows in all"), default=0)
    result = models.JSONField(_("result"), default=dict)
    created_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    rung_at = models.DateTimeField(_("last rung at"), auto_now_add=True)
    cancel_requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancel_requested_at = models.DateTimeField(_("cancelling asked at"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "dedupe_key"],
                name="the_same_work_is_open_once",
                condition=_OPEN & ~Q(dedupe_key=""),
            ),
            models.CheckConstraint(
                name="a_job_has_ended_or_is_open",
                condition=(_OPEN & Q(finished_at__isnull=True))
                | (~_OPEN & Q(finished_at__isnull=False, lease_until__isnull=True)),
            ),
        ]
        indexes = [
            # Jobs that may need a worker: the sweeper, and what a doorbell looks for.
            models.Index(fields=["rung_at"], name="job_open_by_last_ring", condition=_OPEN),
            # A person's own jobs, newest first.
            models.Index(fields=["asked_by", "-id"], name="job_of_person"),
            # An area's jobs, newest first: prefix scope.
            models.Index(
                fields=["area", "-id"], name="job_of_area", opclasses=["varchar_pattern_ops", "int8_ops"]
            ),
            # Jobs that ended long ago: the sweeper removes them.
            models.Index(fields=["finished_at"], name="job_by_end", condition=~_OPEN),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class Chunk(Leased):
    """One part of a job. Its effects, its checkpoint and its count of rows commit together or not at all."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="chunks", verbose_name=_("job"))
    number = models.PositiveIntegerField(_("number"))
    params = models.JSONField(_("what is asked"), default=dict)
    checkpoint = models.JSONField(_("checkpoint"), default=dict)
    result = models.JSONField(_("result"), default=dict)
    rows = models.BigIntegerField(_("rows in all"), default=0)
    rows_done = models.BigIntegerField(_("rows done"), default=0)
    seconds = models.FloatField(_("seconds of work that lasted"), default=0)

    objects = ChunkQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a job")
        verbose_name_plural = _("parts of jobs")
        ordering = ["job", "number"]
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="a_job_numbers_its_chunks_once"),
            models.CheckConstraint(
                name="an_ended_chunk_is_held_by_nobody", condition=_OPEN | Q(lease_until__isnull=True)
            ),
        ]
        indexes = [
            # The next chunk to take.
            models.Index(fields=["job", "number"], name="chunk_open", condition=_OPEN),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.number}"


class Pulse(models.Model):
    """How far the worker of a chunk has come inside a step that is not committed yet; for the eye only.

    Written beside the step's transaction, so it tells of work that a kill would undo, and that its worker lives.
    """

    chunk = models.OneToOneField(Chunk, models.CASCADE, primary_key=True, related_name="pulse")
    fence = models.BigIntegerField(_("of this claim"))
    rows_seen = models.BigIntegerField(_("rows seen"))
    seconds = models.FloatField(_("seconds of work"))
    beat_at = models.DateTimeField(_("last sign of the worker"), db_default=Now())

    class Meta:
        verbose_name = _("pulse of a part")
        verbose_name_plural = _("pulses of parts")


#: What is asked of one chunk: its parameters and the number of rows it counts for.
ChunkPlan = tuple[dict[str, Any], int]
