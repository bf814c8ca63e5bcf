"""Starting, sharing, ending and dying: what a person may do to a running platform."""

import os
import signal
import socket
import subprocess
import time

import pytest

from tests.launch.trial import Trial, await_that, gone

pytestmark = pytest.mark.xdist_group("launch")  # each trial needs a core for itself


def test_a_start_a_second_start_a_shared_command_and_the_end(trial: Trial) -> None:
    process = trial.serve()
    assert trial.answers()
    pids = trial.recorded()
    assert {"run", "web server", "worker", "scheduler", "database", "broker", "keeper"} <= pids.keys()

    second = trial.run()
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert f"process {process.pid} at {trial.address}" in second.stderr

    shared = trial.run("manage", "shell", "--no-imports", "-c", "print('only this')")
    assert (shared.stdout, shared.stderr, shared.returncode) == ("only this\n", "", 0)

    status = trial.run("status")
    assert status.returncode == 0
    assert str(pids["web server"]) in status.stdout

    refused = trial.run("reset", "--yes")
    assert "./run stop first" in refused.stderr
    assert trial.answers()

    assert trial.run("stop").returncode == 0
    assert gone(pids) == []
    assert process.wait(5) == 0
    assert trial.run("status").returncode == 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_ctrl_c_and_a_closed_terminal_end_everything(trial: Trial, number: signal.Signals) -> None:
    process = trial.serve()
    pids = trial.recorded()
    process.send_signal(number)
    assert process.wait(40) == 0
    assert gone(pids, 1) == []
    assert "the data are safe" in trial.said()


def test_a_killed_start_leaves_nothing_and_the_next_one_works(trial: Trial) -> None:
    first = trial.serve()
    pids = trial.recorded()
    first.kill()
    assert gone(pids) == []
    second = trial.serve()
    assert trial.answers()
    assert second.poll() is None


def test_orphans_of_a_killed_keeper_are_ended_and_no_row_is_lost(trial: Trial) -> None:
    trial.ask(
        "from django.contrib.contenttypes.models import ContentType as C; C.objects.create(model='kept')"
    )
    first = trial.serve()
    pids = trial.recorded()
    # Both watchers die at once, so nobody is left to end the rest.
    os.kill(pids["keeper"], signal.SIGKILL)
    first.kill()
    first.wait()
    left = {name: pid for name, pid in pids.items() if name not in ("keeper", "run")}
    trial.serve()
    assert gone(left, 1) == []
    counted = trial.ask(
        "from django.contrib.contenttypes.models import ContentType as C; print(C.objects.filter(model='kept').count())"
    )
    assert counted == "1"


def test_a_child_that_dies_is_started_again(trial: Trial) -> None:
    trial.serve()
    before = trial.recorded()
    os.kill(before["web server"], signal.SIGKILL)
    os.kill(before["database"], signal.SIGKILL)
    os.kill(before["broker"], signal.SIGKILL)
    assert await_that(
        lambda: not {before[n] for n in ("web server", "database")} & set(trial.recorded().values())
    )
    assert await_that(trial.answers)
    assert await_that(lambda: trial.run("manage", "check", "--database", "default").returncode == 0)


def test_a_killed_keeper_comes_back_at_the_same_sockets(trial: Trial) -> None:
    trial.serve()
    before = trial.recorded()
    os.kill(before["keeper"], signal.SIGKILL)
    assert await_that(lambda: trial.recorded().get("keeper") not in (None, before["keeper"]), 30)
    assert trial.ask("from foundation.accounts.models import User; print(User.objects.count())") == "0"
    assert trial.recorded()["web server"] == before["web server"]


def test_two_commands_at_once_share_servers_that_were_down(trial: Trial) -> None:
    assert trial.run("manage", "check").returncode == 0
    code = "import time; time.sleep(1); print('done')"
    begun = [trial.begin("manage", "shell", "--no-imports", "-c", code) for _ in range(2)]
    assert [process.wait(60) for process in begun] == [0, 0], trial.said(0) + trial.said(1)
    assert (trial.said(0), trial.said(1)) == ("done\n", "done\n")
    assert gone(trial.recorded()) == []


def test_the_exit_status_of_a_command_passes_through(trial: Trial) -> None:
    done = trial.run("manage", "shell", "--no-imports", "-c", "import sys; sys.exit(7)")
    assert done.returncode == 7
    assert done.stdout == ""


def test_a_port_in_use_is_one_sentence(trial: Trial) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", trial.port))
        holder.listen()
        done = trial.run()
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"Port {trial.port} of 127.0.0.1 cannot be used" in done.stderr


def test_the_second_start_takes_less_than_ten_seconds(trial: Trial) -> None:
    trial.serve()
    trial.run("stop")
    began = time.monotonic()
    trial.serve()
    assert time.monotonic() - began < 10


def test_a_disappearing_terminal_does_not_break_a_command(trial: Trial) -> None:
    process = subprocess.Popen(
        [str(trial.home / "run"), "manage", "shell", "--no-imports", "-c", "import time; time.sleep(60)"],
        env=trial.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert await_that(lambda: "keeper" in trial.recorded(), 30)
    pids = trial.recorded()
    time.sleep(1)
    process.send_signal(signal.SIGHUP)
    process.wait(20)
    assert gone(pids) == []
