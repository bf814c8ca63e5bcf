"""The commands of ./run and what each needs before it starts."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from launch import machine
from launch.environment import (
    HOME,
    Installation,
    create_secret_key,
    keep_bytecode,
    own_command,
    process_environment,
    read_installation,
)
from launch.sentences import Stop, disk_full, is_disk_full, say
from launch.virtualenv import ensure_environment

USAGE = """\
./run                       start everything; Ctrl-C ends it
./run manage COMMAND …      a management command in the same environment (./run manage help lists them)
./run status                what runs
./run stop                  end the ./run of these data
./run backup FILE           database, archive and uploads into FILE, the keys by passphrase into FILE.keys
./run restore FILE [--yes]  the data of a backup in place of the present ones
./run reset [--yes]         throw all data away
./run setup                 only make the environment
./run only web|worker|scheduler   one process, on servers of your own (DATABASE_URL, REDIS_URL)
./run messages              bring locale/ to the words in the code
./test                      checks and tests; ./test --all with the slow ones; ./test -k NAME only some

SHOUWANG_VAR=DIR  all data there         PORT=8000, HOST=127.0.0.1   where the web server listens
SHOUWANG_DEMO=0   no demo data           SHOUWANG_PROFILE=local|production
DATABASE_URL, REDIS_URL                  servers of your own (DATABASE_OWNER_URL for the owner role)
"""


def main(arguments: list[str]) -> int:
    """Run a command; whatever goes wrong ends as one sentence."""
    try:
        return _dispatch(arguments)
    except Stop as reason:
        say(str(reason))
        return reason.status
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    except OSError as error:
        if is_disk_full(error):
            say(str(disk_full(error.filename or HOME)))
            return 1
        raise


def _dispatch(arguments: list[str]) -> int:
    name, rest = (arguments[0], arguments[1:]) if arguments else ("serve", [])
    if name in ("help", "-h", "--help"):
        print(USAGE, end="")
        return 0
    if name not in COMMANDS:
        raise Stop(f"There is no command {name!r}; ./run help lists them.", 2)
    machine.check_platform()
    place = read_installation(os.environ)
    keep_bytecode(place)
    if name == "test":
        machine.check_space(place.home)
        python = ensure_environment(place, development=True)
    else:
        machine.open_data_folder(place)
        machine.check_space(place.var)
        python = ensure_environment(place, development=False)
    if not os.path.samefile(sys.prefix, place.venv):
        # The same process goes on inside the environment, so signals and exit status need no middleman.
        os.execv(python, [str(python), *own_command(*arguments)[1:]])  # noqa: S606
    return COMMANDS[name](place, rest)


def _set_up(place: Installation) -> None:
    from launch.frontend import ensure_packages
    from launch.translations import compile_catalogues

    ensure_packages(place, development=False)
    compile_catalogues(place)
    create_secret_key(place)


def _serve(place: Installation, arguments: list[str]) -> int:
    from launch.supervisor import serve

    _no_arguments("./run", arguments)
    return serve(place, before=lambda: _set_up(place))


def _manage(place: Installation, arguments: list[str]) -> int:
    from launch.application import RESHAPING, manage, migration_stamp, prepare_database
    from launch.servers import servers

    _set_up(place)
    with servers(place) as urls:
        environment = process_environment(place, urls)
        prepare_database(place, environment)
        if arguments and arguments[0] in RESHAPING:
            migration_stamp(place).unlink(missing_ok=True)
        return pass_through(manage(place, *arguments), environment)


def pass_through(command: list[str], environment: dict[str, str]) -> int:
    """Run a command on our terminal; Ctrl-C is its own affair, other requests to end are handed on."""
    process = subprocess.Popen(command, env=environment)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda asked, _: process.send_signal(asked))
    code = process.wait()
    return 128 - code if code < 0 else code


def _only(place: Installation, arguments: list[str]) -> int:
    from launch import application

    commands = {
        "web": application.web_command,
        "worker": application.worker_command,
        "scheduler": application.scheduler_command,
    }
    if len(arguments) != 1 or arguments[0] not in commands:
        raise Stop("./run only takes one of web, worker and scheduler.", 2)
    if not (place.own_database and place.own_redis):
        raise Stop("./run only needs servers of your own: set DATABASE_URL and REDIS_URL.", 2)
    from launch.servers import servers

    _set_up(place)
    with servers(place) as urls:
        environment = process_environment(place, urls)
    if arguments[0] == "web":
        application.collect_static(place, environment)
        environment |= application.counting_place(place)
    command = commands[arguments[0]](place)
    os.chdir(place.home)
    os.execve(command[0], command, environment | {"SHOUWANG_PROCESS": arguments[0]})  # noqa: S606


def _status(place: Installation, arguments: list[str]) -> int:
    from launch.supervisor import status

    _no_arguments("./run status", arguments)
    return status(place)


def _stop(place: Installation, arguments: list[str]) -> int:
    from launch.supervisor import stop

    _no_arguments("./run stop", arguments)
    return stop(place)


def _setup(place: Installation, arguments: list[str]) -> int:
    _no_arguments("./run setup", arguments)
    _set_up(place)
    return 0


def _keeper(place: Installation, arguments: list[str]) -> int:
    from launch.keeper import keep

    return keep(place)


def _reset(place: Installation, arguments: list[str]) -> int:
    from launch.reset import reset

    return reset(place, yes=_yes("./run reset", arguments))


def _backup(place: Installation, arguments: list[str]) -> int:
    from launch.backup import backup

    if len(arguments) != 1:
        raise Stop("./run backup takes the name of one file.", 2)
    create_secret_key(place)
    return backup(place, Path(arguments[0]).absolute())


def _restore(place: Installation, arguments: list[str]) -> int:
    from launch.restore import restore

    files = [argument for argument in arguments if argument != "--yes"]
    if len(files) != 1:
        raise Stop("./run restore takes the name of one file, and --yes to ask nothing.", 2)
    _set_up(place)
    return restore(place, Path(files[0]).absolute(), yes="--yes" in arguments)


def _messages(place: Installation, arguments: list[str]) -> int:
    from launch.translations import update_catalogue

    _no_arguments("./run messages", arguments)
    update_catalogue(place.home)
    return 0


def _test(place: Installation, arguments: list[str]) -> int:
    from launch.checks import run_checks

    return run_checks(place, arguments)


def _no_arguments(command: str, arguments: list[str]) -> None:
    if arguments:
        raise Stop(f"{command} takes no arguments; ./run help lists the commands.", 2)


def _yes(command: str, arguments: list[str]) -> bool:
    if arguments not in ([], ["--yes"]):
        raise Stop(f"{command} takes nothing but --yes.", 2)
    return bool(arguments)


COMMANDS: dict[str, Callable[[Installation, list[str]], int]] = {
    "serve": _serve,
    "manage": _manage,
    "status": _status,
    "stop": _stop,
    "reset": _reset,
    "backup": _backup,
    "restore": _restore,
    "setup": _setup,
    "only": _only,
    "messages": _messages,
    "keeper": _keeper,
    "test": _test,
}
