"""What Celery rings for, each the function of the same name; all of it may run twice without harm."""

import datetime
import logging

from celery import shared_task
from django.conf import settings

from foundation.desk import log_days, record_check

log = logging.getLogger(__name__)


@shared_task
def tidy_log() -> None:
    """Take away the files of the log whose time is over."""
    gone = log_days.forget_old(
        settings.LOG_DAYS_FOLDER, settings.LOG_DAYS_KEPT, datetime.datetime.now(datetime.UTC).date()
    )
    log.info("%d files of the log were old enough to go", gone)


@shared_task
def check_record() -> None:
    """Look whether the record of acts is guarded and as written; what is wrong is told."""
    record_check.check_record()
