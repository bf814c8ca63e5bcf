"""./run without a command: everything in the foreground, and an orderly end."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from types import FrameType
from typing import Any

from launch import application
from launch.environment import Installation, Urls, process_environment
from launch.keeper import end_leftovers
from launch.locks import Lock, is_held
from launch.machine import check_port
from launch.processes import Child, is_alive, look_after, open_log, read_json, record, write_json
from launch.sentences import Stop, say
from launch.servers import attach, running, servers

KEEPER_RETURNS = 5


class Ended(BaseException):
    """A signal asks for the orderly end; not an Exception, so that no step can swallow it."""


def serve(place: Installation, before: Callable[[], None]) -> int:
    """Run web server, worker and scheduler until somebody ends them; `before` is the rest of set-up."""
    with Lock(place.run / "instance.lock") as lock:
        _take(lock, place)
        ended = end_leftovers(place)
        if ended:
            say(f"Ended what an earlier start left behind: {', '.join(ended)}.")
        signals = _Signals()
        try:
            check_port(place)
            _state(place, [])
            before()
            known = (place.var / "pg18").exists()
            with servers(place) as urls:
                identity = (running(place) or {}).get("identity")
                if identity and known:  # the making of the database has said it already
                    say(identity)
                _Instance(place, urls, signals).live()
        except Ended:
            say("Everything has ended; the data are safe.")
            return 0
        finally:
            signals.hurry = True
            (place.run / "state.json").unlink(missing_ok=True)
    return 0


def _take(lock: Lock, place: Installation) -> None:
    """Be the only ./run on these data."""
    for _ in range(10):  # another command may be looking at the lock this very moment
        if lock.try_exclusive():
            return
        time.sleep(0.05)
    state = read_json(place.run / "state.json") or {}
    raise Stop(
        f"Shouwang already runs on these data: process {state.get('pid', '(starting)')} at "
        f"{state.get('address', 'an address it has not told yet')}; ./run stop ends it."
    )


def _state(place: Installation, children: list[dict[str, Any]]) -> None:
    me = record("run", os.getpid())
    write_json(
        place.run / "state.json",
        {"pid": os.getpid(), "me": me, "address": place.address, "began": time.time(), "children": children},
    )


class _Signals:
    """Turns the first request to end into `Ended`; the next ones shorten the end."""

    def __init__(self) -> None:
        self.hurry = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._handle)

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if not self.hurry:
            self.hurry = True
            raise Ended


class _Instance:
    def __init__(self, place: Installation, urls: Urls, signals: _Signals) -> None:
        self.place = place
        self.signals = signals
        self.environment = process_environment(place, urls)
        self.own_servers = not (place.own_database and place.own_redis)
        self.keeper_returns = 0
        # In the order of their start; they end in the opposite order.
        self.children = [
            self._child("web server", application.web_command(place), "web"),
            self._child("worker", application.worker_command(place), "worker"),
            self._child("scheduler", application.scheduler_command(place), "scheduler"),
        ]

    def _child(self, name: str, command: list[str], log: str) -> Child:
        path = self.place.logs / f"{log}.log"

        def start() -> "subprocess.Popen[bytes]":
            descriptor = open_log(path)
            own = {"SHOUWANG_PROCESS": log} | (application.counting_place(self.place) if log == "web" else {})
            try:
                return subprocess.Popen(
                    command, cwd=self.place.home, env=self.environment | own,
                    stdin=subprocess.DEVNULL,
                    stdout=descriptor, stderr=descriptor, start_new_session=True,
                )  # fmt: skip
            finally:
                os.close(descriptor)

        return Child(name, start, path)

    def live(self) -> None:
        """Prepare, start, tell the address, watch."""
        application.prepare_database(self.place, self.environment)
        application.collect_static(self.place, self.environment)
        accounts = application.load_demo(self.place, self.environment) if self.place.demo else ""
        try:
            try:
                if self.place.demo:
                    application.load_demo_register(self.place, self.environment, new=bool(accounts))
                    application.load_demo_feeds(self.place, self.environment, new=bool(accounts))
                web, *others = self.children
                web.start()
                self._record()
                # The others import as much as the web server does: beside it, they would only hold the page up.
                self._await_web()
                for child in others:
                    child.start()
                self._record()
                say(f"Shouwang is up; the logs are in {self.place.logs}. Ctrl-C ends everything.")
                print(self.place.address, flush=True)
            finally:
                # Shown exactly once and kept nowhere, so not even a failed start may swallow them.
                if accounts:
                    print(accounts, end="", flush=True)
            self._watch()
        finally:
            self._stop()

    def _await_web(self) -> None:
        """Wait until the page of health answers."""
        while not healthy(self.place):
            if self.children[0].look() is True:
                self._record()
            time.sleep(0.1)

    def _watch(self) -> None:
        while True:
            if look_after(self.children):
                self._record()
            if self.own_servers and not running(self.place):
                self._call_keeper_back()
            time.sleep(0.5)

    def _call_keeper_back(self) -> None:
        """The process that holds the servers was killed: the next one opens sockets at the same place."""
        self.keeper_returns += 1
        if self.keeper_returns > KEEPER_RETURNS:
            raise Stop(
                f"The embedded servers ended {self.keeper_returns} times; the logs: {self.place.logs}."
            )
        say("The process that holds the embedded servers ended; it is started again.")
        attach(self.place)

    def _record(self) -> None:
        _state(self.place, [entry for child in reversed(self.children) if (entry := child.entry())])

    def _stop(self) -> None:
        if any(child.process for child in self.children):
            say("Ending the scheduler, the worker, the web server, the broker and the database.")
        self.signals.hurry = True
        for child in reversed(self.children):
            child.stop()


def healthy(place: Installation) -> bool:
    """Whether the web server answers. In production it may refuse the name we call it by, and still be up."""
    address = place.address + "healthz/"
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as refusal:
        return place.profile == "production" and refusal.code < 500
    except OSError:
        return False


def status(place: Installation) -> int:
    """Say what runs; status 0 when ./run is up, 3 when not."""
    state = read_json(place.run / "state.json") or {}
    up = is_held(place.run / "instance.lock")
    facts = running(place)
    print(f"Data: {place.var}")
    if up:
        print(f"Shouwang runs: process {state.get('pid', '?')} at {state.get('address', '?')}")
        for entry in state.get("children", []):
            print(f"  {entry['name']}: process {entry['pid']}, {'running' if is_alive(entry) else 'ended'}")
    else:
        print("Shouwang does not run.")
    for entry in (facts or {}).get("children", []):
        print(f"  {entry['name']}: process {entry['pid']}, {'running' if is_alive(entry) else 'ended'}")
    return 0 if up else 3


def stop(place: Installation, patience_s: float = 120.0) -> int:
    """End the ./run of these data, and whatever a killed one left behind."""
    lock, state = place.run / "instance.lock", read_json(place.run / "state.json")
    if is_held(lock) and state and is_alive(state["me"]):
        os.kill(state["pid"], signal.SIGTERM)
        deadline = time.monotonic() + patience_s
        while is_held(lock):
            if time.monotonic() > deadline:
                raise Stop(
                    f"Process {state['pid']} has not ended after {patience_s:g} s; look into {place.logs}."
                )
            time.sleep(0.05)
        say("Shouwang has ended.")
        return 0
    ended = end_leftovers(place)
    say(
        f"Ended what a killed start left behind: {', '.join(ended)}."
        if ended
        else "Shouwang does not run on these data."
    )
    if running(place):
        say("The database stays up for a ./run manage that still uses it.")
    return 0
