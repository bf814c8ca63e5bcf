"""The web server imports the application once and copies itself: what copies would share must not be open by then."""

import os
import subprocess
import sys

from tests.launch.trial import HOME

CODE = """
import os, threading
import config.wsgi
from django.core.cache import caches
from django.db import connections
sockets = [name for name in os.listdir("/proc/self/fd") if os.path.islink(f"/proc/self/fd/{name}")
           and os.readlink(f"/proc/self/fd/{name}").startswith("socket:")]
print([one.connection for one in connections.all()], caches.all(initialized_only=True), len(sockets),
      threading.active_count())
"""


def test_importing_the_application_opens_nothing_that_processes_would_share() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CODE],
        cwd=HOME, env=os.environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert done.stdout.strip() == "[None] [] 0 1"
