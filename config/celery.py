"""The Celery app: a doorbell for work that stands in the database, never its keeper.

Messages carry ids only, are acknowledged early, and leave no result behind: what was done, and whether it
was done, is read from rows (design.md section 3, "Long work is a job row").
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("shouwang")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
