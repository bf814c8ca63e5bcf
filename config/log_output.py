"""Where the log goes and how its lines look: setting LOGGING. One stream; lines for programs in production.

Web server, worker and scheduler also write one file a day, which is kept as long as the law asks, in either profile.

Decides by the environment alone, because gunicorn asks before Django has begun.
"""

import os
from pathlib import Path
from typing import Any

from config import logs
from foundation.desk import log_days

PRODUCTION = os.environ.get("SHOUWANG_PROFILE") == "production"
#: Processes that write a log; a command tells its faults to whoever typed it.
PROCESS = os.environ.get("SHOUWANG_PROCESS", "")
WRITES = PROCESS in ("web", "worker", "scheduler")
LOG_DAYS_FOLDER = Path(os.environ.get("SHOUWANG_VAR", "var")) / "log" / "days"
LOG_DAYS_KEPT = log_days.days_to_keep(os.environ.get("SHOUWANG_LOG_DAYS", ""))
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.MaskingFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "config.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json" if PRODUCTION else "line"}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Without Django's own handlers: one of them would mail whole requests to administrators.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "django.request": {"level": "ERROR"},
    },
}
if WRITES:
    LOGGING["handlers"]["days"] = {
        "()": "foundation.desk.log_days.DailyLog",
        "folder": str(LOG_DAYS_FOLDER),
        "process": PROCESS,
        "formatter": "json",
    }
    LOGGING["root"]["handlers"].append("days")
    logs.take_over_faults()
