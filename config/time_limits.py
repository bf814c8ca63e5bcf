"""How long a statement, a wait for a lock and a pause inside a transaction may take, by kind of process.

Nobody waits a minute for a page, a night's comparison may read for half an hour; commands of an operator and migrations
have no limit for a statement. The kind is SHOUWANG_PROCESS, which ./run sets; without it a process is a command.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds; 0 is no limit."""

    statement: int
    lock: int = 10
    pause: int = 120

    @property
    def options(self) -> str:
        """The limits as options of a connection to PostgreSQL."""
        return (
            f"-c lock_timeout={self.lock}s -c idle_in_transaction_session_timeout={self.pause}s "
            f"-c statement_timeout={self.statement}s"
        )


COMMAND = Limits(statement=0)
LIMITS = {"web": Limits(60), "worker": Limits(1800), "scheduler": Limits(60), "command": COMMAND}


def options(process: str) -> str:
    """Return the options of a connection for a kind of process; an unknown kind is a command."""
    return LIMITS.get(process, COMMAND).options
