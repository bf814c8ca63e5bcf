"""Where an installation lives, what its settings are, and the environment its processes get."""

import base64
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from launch.sentences import Stop

HOME = Path(__file__).resolve().parent.parent
DATA_VERSION = "1"
PROFILES = ("local", "production")
#: As foundation/desk/log_days.py, which this package does not import.
LOG_DAYS_LEAST = 184


@dataclass(frozen=True)
class Urls:
    """The addresses of the database (as application and as owner) and of the broker."""

    database: str
    owner: str
    redis: str


@dataclass(frozen=True)
class Installation:
    """One folder of code with one folder of data, and the settings the person gave."""

    home: Path
    var: Path
    profile: str
    host: str
    port: int
    demo: bool
    own_database: str | None
    own_owner: str | None
    own_redis: str | None
    durable: bool = True  # False only for ./test, whose databases are thrown away
    demo_households: str = ""  # how many the demo has; empty: its own number
    tools_with: Path | None = None  # the products of set-up, when they were made with other data

    @property
    def run(self) -> Path:
        """Locks, records of running processes and stamps."""
        return self.var / "run"

    @property
    def logs(self) -> Path:
        """What the processes say."""
        return self.var / "log"

    @property
    def keys(self) -> Path:
        """Secrets of this installation; never part of the plain backup."""
        return self.var / "keys"

    @property
    def writable_home(self) -> bool:
        """Whether set-up may put its products beside the code."""
        return os.access(self.home, os.W_OK)

    @property
    def venv(self) -> Path:
        """The virtual environment: in the clone, or with the data when the clone is read-only."""
        return self.home / ".venv" if self.writable_home else self.var / "venv"

    @property
    def tools(self) -> Path:
        """Where front-end packages, compiled translations and set-up stamps go."""
        return self.tools_with or (self.home if self.writable_home else self.var / "tools")

    @property
    def address(self) -> str:
        """What to type into a browser on this machine."""
        everywhere = self.host in ("0.0.0.0", "::")  # noqa: S104 (compared, not bound)
        name = "127.0.0.1" if everywhere else f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{name}:{self.port}/"


def read_installation(environ: Mapping[str, str]) -> Installation:
    """The installation that the environment variables describe; a wrong value is one sentence."""
    profile = environ.get("SHOUWANG_PROFILE") or "local"
    if profile not in PROFILES:
        raise Stop(f"SHOUWANG_PROFILE is {profile!r}; it may be local or production.", 2)
    port = environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Stop(f"PORT is {port!r}; it must be a number from 1 to 65535.", 2)
    demo = environ.get("SHOUWANG_DEMO") or ("1" if profile == "local" else "0")
    if demo not in ("0", "1"):
        raise Stop(f"SHOUWANG_DEMO is {demo!r}; it may be 0 or 1.", 2)
    households = environ.get("SHOUWANG_DEMO_HOUSEHOLDS") or ""
    if households and not (households.isdecimal() and int(households)):
        raise Stop(f"SHOUWANG_DEMO_HOUSEHOLDS is {households!r}; it must be a number from 1 on.", 2)
    days = environ.get("SHOUWANG_LOG_DAYS") or ""
    if days and not (days.isdecimal() and int(days) >= LOG_DAYS_LEAST):
        raise Stop(
            f"SHOUWANG_LOG_DAYS is {days!r}; the law asks for six months: {LOG_DAYS_LEAST} at least.", 2
        )
    own_database = environ.get("DATABASE_URL") or None
    own_owner = environ.get("DATABASE_OWNER_URL") or own_database
    if own_owner and not own_database:
        raise Stop("DATABASE_OWNER_URL is set without DATABASE_URL; set both, or DATABASE_URL alone.", 2)
    return Installation(
        home=HOME,
        var=Path(environ.get("SHOUWANG_VAR") or HOME / "var").expanduser().absolute(),
        profile=profile,
        host=environ.get("HOST") or "127.0.0.1",
        port=int(port),
        demo=demo == "1",
        demo_households=households,
        own_database=own_database,
        own_owner=own_owner,
        own_redis=environ.get("REDIS_URL") or None,
        durable=environ.get("SHOUWANG_THROWAWAY") != "1",
    )


def process_environment(place: Installation, urls: Urls) -> dict[str, str]:
    """The environment of every process of the application."""
    return {
        **os.environ,
        "SHOUWANG_VAR": str(place.var),
        "SHOUWANG_PROFILE": place.profile,
        "SHOUWANG_DEMO": "1" if place.demo else "0",
        "SHOUWANG_SECRET_KEY_FILE": str(place.keys / "secret_key"),
        "SHOUWANG_APP_ROLE": urlsplit(urls.database).username or "",
        "SHOUWANG_NODE_MODULES": str(place.tools / "node_modules"),
        "SHOUWANG_LOCALE": str(place.tools / "locale"),
        "DATABASE_URL": urls.database,
        "DATABASE_OWNER_URL": urls.owner,
        "REDIS_URL": urls.redis,
        "HOST": place.host,
        "PORT": str(place.port),
        "PYTHONUNBUFFERED": "1",
    }


def keep_bytecode(place: Installation) -> None:
    """Let every process keep the modules that it compiled: the next one starts in half the time.

    Beside the code, or with the data when the clone is read-only; whatever this process was told.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if not place.writable_home:
        os.environ["PYTHONPYCACHEPREFIX"] = str(place.tools / ".cache" / "bytecode")


def owner_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The same environment for a command that changes the shape of the database."""
    return {**environ, "DATABASE_URL": environ["DATABASE_OWNER_URL"]}


def create_secret_key(place: Installation) -> None:
    """Write the application's secret key once; it never changes afterwards."""
    place.keys.mkdir(mode=0o700, exist_ok=True)
    path = place.keys / "secret_key"
    if path.exists():
        return
    # Written aside and linked into place: two first starts agree on one key, and none is ever half written.
    draft = place.keys / f".secret_key.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(64)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def own_command(*arguments: str) -> list[str]:
    """A command line that runs a command of this program in the present interpreter."""
    return [sys.executable, "-P", str(HOME / "launch" / "__main__.py"), *arguments]
