"""./test: static checks, then the tests against servers of their own that are thrown away afterwards."""

import dataclasses
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from launch.application import manage
from launch.chromium import ensure_characters, find_chromium
from launch.environment import Installation, Urls, create_secret_key, process_environment
from launch.frontend import ensure_packages
from launch.machine import open_data_folder
from launch.memory import folder_in_memory
from launch.old_browsers import old_browsers
from launch.sentences import Stop, say
from launch.servers import servers
from launch.translations import compile_catalogues, problems

RESULTS = "SHOUWANG_STATIC_CHECKS"


@dataclass
class Step:
    """A static check: its name and what it does; it gives back whether it passed and what it said."""

    name: str
    work: Callable[[], tuple[bool, str]]


def run_checks(place: Installation, arguments: list[str]) -> int:
    """All static checks and the tests; with -k, a path or another option of pytest only the chosen tests."""
    everything = "--all" in arguments
    chosen = [argument for argument in arguments if argument != "--all"]
    began = time.monotonic()
    ensure_packages(place, development=True)
    compile_catalogues(place)
    with throwaway(place) as (test_place, urls):
        environment = check_environment(test_place, urls)
        say(f"Set-up took {time.monotonic() - began:.1f} s.")
        failed: list[str] = []
        if chosen:
            say("Only chosen tests: the static checks are left out; ./test alone runs everything.")
        else:
            failed = run_static(static_steps(test_place, environment))
        status = run_pytest(environment, chosen, everything=everything, failed=failed)
    return status or (1 if failed else 0)


@contextmanager
def throwaway(place: Installation) -> Iterator[tuple[Installation, Urls]]:
    """Servers with an empty database in a private folder; the caller's own settings do not count."""
    with tempfile.TemporaryDirectory(prefix="shouwang-test-", dir=folder_in_memory()) as folder:
        test_place = dataclasses.replace(
            place,
            var=Path(folder, "var"),
            tools_with=place.tools,
            profile="local",
            demo=False,
            durable=False,
            own_database=None,
            own_owner=None,
            own_redis=None,
        )
        open_data_folder(test_place)
        create_secret_key(test_place)
        with servers(test_place) as urls:
            yield test_place, urls


def check_environment(place: Installation, urls: Urls) -> dict[str, str]:
    """What the tests and the checks see; a pinned day or a host of the caller would change their verdict."""
    environment = process_environment(place, urls)
    for name in ("SHOUWANG_TODAY", "SHOUWANG_HOSTS", "DJANGO_SETTINGS_MODULE", "SHOUWANG_BACKUP_PASSPHRASE"):
        environment.pop(name, None)
    return environment


def static_steps(place: Installation, environment: dict[str, str]) -> list[Step]:
    """The checks that need no test, in the order in which they are cheapest to fail."""
    tool = [sys.executable, "-m"]
    production = environment | {"SHOUWANG_PROFILE": "production", "SHOUWANG_HOSTS": "shouwang.example"}

    def command(words: list[str], environ: dict[str, str] = environment) -> Callable[[], tuple[bool, str]]:
        return lambda: _command(words, place.home, environ)

    return [
        Step("format (ruff)", command([*tool, "ruff", "format", "--check", "."])),
        Step("lint (ruff)", command([*tool, "ruff", "check", "."])),
        Step("import contracts", command([str(Path(sys.executable).with_name("lint-imports"))])),
        Step("translations", lambda: _translations(place.home)),
        Step("missing migrations", command(manage(place, "makemigrations", "--check", "--dry-run"))),
        Step(
            "deployment checks",
            command(manage(place, "check", "--deploy", "--fail-level", "WARNING"), production),
        ),
        Step("old browsers", lambda: old_browsers(place)),
        Step("types (mypy)", command([*tool, "mypy", "--explicit-package-bases", *_packages(place.home)])),
    ]


def _packages(home: Path) -> list[str]:
    """The top-level packages of the product and manage.py; the tests prove themselves by running."""
    packages = sorted(
        path.parent.name for path in home.glob("*/__init__.py") if not path.parent.name.startswith(".")
    )
    return [*(name for name in packages if name != "tests"), "manage.py"]


def _command(words: list[str], home: Path, environment: dict[str, str]) -> tuple[bool, str]:
    done = subprocess.run(
        words,
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout


def _translations(home: Path) -> tuple[bool, str]:
    lines = list(problems(home))
    return not lines, "\n".join(lines)


def run_static(steps: list[Step]) -> list[str]:
    """Run every step, whatever the others said; gives back the names of those that failed."""
    failed = []
    for step in steps:
        began = time.monotonic()
        passed, text = step.work()
        say(f"{step.name:<22}{time.monotonic() - began:7.1f} s  {'passed' if passed else 'FAILED'}")
        if not passed:
            failed.append(step.name)
            say("\n".join("    " + line for line in text.strip().splitlines()))
    return failed


def run_pytest(environment: dict[str, str], chosen: list[str], *, everything: bool, failed: list[str]) -> int:
    """Run the tests; pytest's own summary is the last that is printed."""
    wish: list[str] = []
    if not everything:
        wish.append("not slow")
        say("Tests marked slow are left out; ./test --all runs them.")
    try:
        environment = environment | {"SHOUWANG_CHROMIUM": find_chromium()}
        ensure_characters()
    except Stop as reason:
        wish.append("not browser")
        failed.append("browser tests")
        say(f"Browser tests cannot run, which counts as a failure: {reason}")
    environment = environment | {RESULTS: ", ".join(failed)}
    # One run for all: the browser tests share one of the two processes (launch/pytest_plugin.py).
    command = [sys.executable, "-m", "pytest", "-p", "launch.pytest_plugin", "-n", "2", "--dist", "loadgroup"]
    if wish:
        command += ["-m", " and ".join(wish)]
    return subprocess.run([*command, *chosen], env=environment, check=False).returncode
