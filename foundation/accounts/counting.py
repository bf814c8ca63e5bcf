"""Where counts of what happens in a process are kept until a watcher asks (foundation/desk/metrics.py)."""

from prometheus_client import CollectorRegistry, Counter, disable_created_metrics

# When a process began to count says nothing: rates are worked out where the numbers are kept.
disable_created_metrics()

#: Everything that is counted while it happens. Labels name kinds, never people, records or areas.
COUNTED = CollectorRegistry(auto_describe=False)

SIGN_INS = Counter(
    "shouwang_sign_ins",
    "Sign-ins, by what came of them: ok, password (wrong), locked (the name waits), code (wrong second factor).",
    ["result"],
    registry=COUNTED,
)
for _result in ("ok", "password", "locked", "code"):
    SIGN_INS.labels(_result)
