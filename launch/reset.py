"""Acts that need the data for themselves: the guard, the question, and ./run reset."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launch.environment import Installation
from launch.keeper import end_leftovers
from launch.locks import Lock
from launch.sentences import Stop, say

# What set-up made is not data, and the locks are held by this very act.
KEPT = {"venv", "tools"}


@contextmanager
def alone(place: Installation) -> Iterator[None]:
    """Nobody else uses the data: refused while ./run is up or a ./run manage is at work."""
    with Lock(place.run / "instance.lock") as instance:
        if not instance.try_exclusive():
            raise Stop("Shouwang runs on these data: end it with ./run stop first.")
        with Lock(place.run / "users.lock") as users:
            if not users.try_exclusive():
                raise Stop("A ./run manage still uses these data: wait for its end, then start again.")
        end_leftovers(place)
        yield


def confirm(sentence: str) -> None:
    """Ask the person at the terminal; everything but yes ends here."""
    if not sys.stdin.isatty():
        raise Stop(f"{sentence} There is no terminal to ask at: say --yes if you mean it.", 2)
    print(f"{sentence} Type yes to go on: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("yes", "是"):
        raise Stop("Nothing was changed.")


def reset(place: Installation, *, yes: bool) -> int:
    """Throw away the database, the files and the keys of this installation."""
    with alone(place):
        if not yes:
            confirm(
                f"All data in {place.var} will be thrown away, the keys too; only a backup brings them back."
            )
        database = place.var / "pg18"
        if database.is_symlink():
            shutil.rmtree(database.resolve().parent, ignore_errors=True)  # launch/identity.py put it there
        for entry in place.var.iterdir():
            if entry.name not in KEPT | {"run", "lost+found"}:
                _remove(entry)
        for entry in place.run.iterdir():
            if entry.suffix != ".lock":
                _remove(entry)
    say(f"The data in {place.var} are gone.")
    if place.own_database:
        say("The database of DATABASE_URL is yours and was left alone.")
    return 0


def _remove(entry: Path) -> None:
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry)
    else:
        entry.unlink()
