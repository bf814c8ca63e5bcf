"""The web process that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
# Django imports the pages at the first request; here before the processes part, which then share them and answer it.
get_resolver().url_patterns  # noqa: B018
