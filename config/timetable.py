"""When the platform does something by itself: setting CELERY_BEAT_SCHEDULE, in the order of the day.

Times are those of CELERY_TIMEZONE. A task only rings: whatever takes long is a job, and one that nobody made in time
(`expires`, seconds) is dropped, because the next one does the same.
"""

from celery.schedules import crontab


def _at(hour: int, minute: int) -> crontab:
    return crontab(hour=str(hour), minute=str(minute))


TIMETABLE: dict[str, dict[str, object]] = {
    "end public notices": {"task": "assistance.tasks.end_notices", "schedule": _at(0, 10)},
    "close loans": {"task": "foundation.accounts.tasks.close_loans", "schedule": _at(0, 20)},
    "close unused accounts": {
        "task": "foundation.accounts.tasks.close_unused_accounts",
        "schedule": _at(0, 25),
    },
    "expire authorisations": {"task": "households.tasks.expire_authorisations", "schedule": _at(0, 30)},
    "tidy files": {"task": "foundation.files.tasks.tidy_files", "schedule": _at(3, 10)},
    "tidy archive": {"task": "monitoring.tasks.tidy_archive", "schedule": _at(3, 20)},
    "tidy trials": {"task": "monitoring.tasks.tidy_trials", "schedule": _at(3, 25)},
    "forget sessions": {"task": "foundation.accounts.tasks.forget_sessions", "schedule": _at(3, 15)},
    "forget answers": {"task": "foundation.accounts.tasks.forget_answers", "schedule": _at(3, 35)},
    "check the record": {"task": "foundation.desk.tasks.check_record", "schedule": _at(2, 50)},
    "tidy log": {"task": "foundation.desk.tasks.tidy_log", "schedule": _at(3, 5)},
    "forget begun forms": {"task": "households.tasks.forget_drafts", "schedule": _at(3, 30)},
    "check register": {"task": "households.tasks.check_register", "schedule": _at(3, 40)},
    "look after moves": {"task": "households.tasks.look_after_moves", "schedule": _at(6, 15)},
    "look after pairs": {"task": "households.tasks.look_after_pairs", "schedule": _at(3, 50)},
    "compare counties": {"task": "monitoring.tasks.compare_counties", "schedule": _at(4, 10)},
    "compare promised and paid": {"task": "assistance.tasks.compare_aid", "schedule": _at(5, 20)},
    "escalate cases": {"task": "assistance.tasks.escalate_cases", "schedule": _at(5, 50)},
    "look after follow-ups": {"task": "assistance.tasks.look_after_follow_ups", "schedule": _at(6, 0)},
    "tell overdue help": {"task": "assistance.tasks.tell_overdue_help", "schedule": _at(6, 2)},
    "look after incomes": {"task": "assistance.tasks.look_after_incomes", "schedule": _at(6, 5)},
    "look after warnings": {"task": "alerts.tasks.look_after_warnings", "schedule": _at(6, 10)},
    "look after helpers": {"task": "assistance.tasks.look_after_helpers", "schedule": _at(6, 20)},
    "remind of deliveries": {"task": "monitoring.tasks.remind_of_deliveries", "schedule": _at(6, 30)},
    "send morning digests": {"task": "foundation.inbox.tasks.send_morning_digests", "schedule": _at(8, 0)},
    # Every hour, every minute, every few seconds.
    "forget counts": {"task": "foundation.accounts.tasks.forget_counts", "schedule": crontab(minute="50")},
    "send waiting messages": {"task": "foundation.inbox.tasks.send_waiting_messages", "schedule": crontab()},
    "begin waiting comparisons": {
        "task": "monitoring.tasks.begin_waiting_comparisons",
        "schedule": crontab(),
        "options": {"expires": 60},
    },
    "sweep jobs": {"task": "foundation.jobs.tasks.sweep", "schedule": 15.0, "options": {"expires": 15}},
}
