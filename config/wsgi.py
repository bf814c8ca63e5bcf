"""The web process that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# What is imported stays: looking through it for garbage, again and again while it grows, takes a fifth of the start.
gc.disable()
application = get_wsgi_application()
# Django imports the pages at the first request; here before the processes part, which then share them and answer it.
get_resolver().url_patterns  # noqa: B018
# Never looked through again: a collection would write into every page of memory that the processes share.
gc.freeze()
gc.enable()
