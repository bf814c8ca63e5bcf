"""Health of the web container: asks by a name that the application answers to."""

import os
import urllib.request

HOST = os.environ["SHOUWANG_HOSTS"].split(",")[0]
REQUEST = urllib.request.Request("http://127.0.0.1:8000/healthz/", headers={"Host": HOST})
urllib.request.urlopen(REQUEST, timeout=5)  # noqa: S310 (a constant address)
