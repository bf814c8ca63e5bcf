"""PostgreSQL refuses root: what root lends it, also where only root may enter."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.launch.trial import HOME, PASSPHRASE, Trial, await_that

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="these are root's troubles"),
    pytest.mark.timeout(300),
]


@pytest.fixture
def private(tmp_path: Path) -> Path:
    """A folder that only root may enter."""
    folder = tmp_path / "private"
    folder.mkdir(mode=0o700)
    return folder


def test_a_namespace_in_a_private_folder(private: Path) -> None:
    trial = Trial(private, SHOUWANG_POSTGRES_AS="namespace")
    done = trial.run("manage", "check", "--database", "default")
    if "allows no user namespace" in done.stderr:
        pytest.skip("this system allows no user namespace")
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("PostgreSQL refuses root, so it runs in a user namespace")
    assert (trial.var / "pg18").stat().st_uid == 0


def test_an_account_in_a_private_folder(private: Path) -> None:
    trial = Trial(private, SHOUWANG_POSTGRES_AS="account")
    done = trial.run("manage", "check", "--database", "default")
    assert done.returncode == 0, done.stderr
    assert "so it runs as the account nobody with its data in /var/lib/shouwang/" in done.stderr
    outside = (trial.var / "pg18").resolve()
    assert outside.stat().st_uid == pwd.getpwnam("nobody").pw_uid
    # The owner of the data decides from now on.
    trial.settings.clear()
    assert trial.run("manage", "check", "--database", "default").returncode == 0
    assert trial.run("reset", "--yes").returncode == 0
    assert not outside.parent.exists()


def test_an_account_in_an_open_folder(tmp_path: Path) -> None:
    folder = Path("/var/tmp", f"shouwang-{os.getpid()}")
    folder.mkdir(mode=0o755)
    try:
        trial = Trial(folder, SHOUWANG_POSTGRES_AS="account")
        process = trial.begin("manage", "shell", "--no-imports", "-c", "import time; time.sleep(2)")
        assert await_that(lambda: "database" in trial.recorded() and "keeper" in trial.recorded())
        status = Path(f"/proc/{trial.recorded()['database']}/status").read_text()
        assert f"Uid:\t{pwd.getpwnam('nobody').pw_uid}\t" in status
        assert process.wait(90) == 0
        assert not (trial.var / "pg18").is_symlink()
    finally:
        shutil.rmtree(folder)


@pytest.mark.slow
def test_an_ordinary_user_from_a_fresh_clone() -> None:
    name, home = "shouwang-trial", Path("/home/shouwang-trial")
    subprocess.run(["useradd", "--create-home", "--shell", "/bin/sh", name], check=True)
    try:
        clone = home / "clone"
        _clone(clone)
        subprocess.run(["chown", "-R", f"{name}:", str(clone)], check=True)
        account = pwd.getpwnam(name)
        environment = {"HOME": str(home), "PATH": _path_without_private_folders(), "SHOUWANG_DEMO": "0"}
        environment |= {key: value for key, value in os.environ.items() if key.startswith(("PIP_", "SSL_"))}
        done = subprocess.run(
            [str(clone / "run"), "manage", "check", "--database", "default"],
            env=environment, user=account.pw_uid, group=account.pw_gid, extra_groups=[], cwd="/",
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "Making the virtual environment" in done.stderr
        assert (clone / "var" / "pg18").stat().st_uid == account.pw_uid
        # Root may help out on the same data without taking them over.
        helped = subprocess.run(
            [str(clone / "run"), "manage", "check"], env=environment, capture_output=True, check=False
        )
        assert helped.returncode == 0, helped.stderr
        assert (clone / "var" / "pg18").stat().st_uid == account.pw_uid
    finally:
        subprocess.run(["userdel", "--remove", name], check=False, capture_output=True)


@pytest.mark.slow
def test_a_fresh_clone_without_node_in_a_private_folder(private: Path) -> None:
    clone = private / "clone"
    _clone(clone)
    tools = private / "bin"
    tools.mkdir()
    for folder in os.environ["PATH"].split(os.pathsep):
        for tool in Path(folder).glob("*"):
            if tool.name not in ("node", "npm", "npx") and not (tools / tool.name).exists():
                (tools / tool.name).symlink_to(tool)
    trial = Trial(private, clone, PATH=str(tools))
    done = subprocess.run(
        [str(clone / "run"), "setup"], env=trial.environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "This machine has no node" in done.stderr
    assert (clone / "node_modules" / "htmx.org").is_dir()
    assert not list((clone / ".cache").glob("node-*"))
    assert PASSPHRASE not in done.stderr


def _clone(target: Path) -> None:
    """The files that git knows, as they are now."""
    listing = subprocess.run(
        ["git", "-C", str(HOME), "ls-files", "-co", "--exclude-standard", "-z"],
        capture_output=True,
        check=True,
    )
    for name in filter(None, listing.stdout.decode().split("\0")):
        if (HOME / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(HOME / name, target / name)


def _path_without_private_folders() -> str:
    return os.pathsep.join(
        folder for folder in ("/usr/local/bin", "/usr/bin", "/bin") if os.path.isdir(folder)
    )
