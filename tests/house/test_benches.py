"""The benches start as their own first lines say: from anywhere, by their path."""

import os
import subprocess
import sys

import pytest

from tests.house.house import ROOT

BENCHES = sorted(
    path for path in (ROOT / "bench").glob("*.py") if "ArgumentParser(" in path.read_text(encoding="utf-8")
)


def test_there_are_benches() -> None:
    assert {"feeds.py", "comparison.py", "queue.py"} <= {path.name for path in BENCHES}


@pytest.mark.slow
@pytest.mark.parametrize("path", BENCHES, ids=lambda path: path.stem)
def test_a_bench_starts_and_says_what_it_takes(path: object) -> None:
    done = subprocess.run(
        [sys.executable, str(path), "--help"],
        cwd=ROOT.parent,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout[:6]) == (0, "usage:"), done.stderr[-2000:]
