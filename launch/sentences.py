"""How the launcher speaks: sentences on standard error, and one sentence when it has to stop."""

import errno
import sys


class Stop(Exception):  # noqa: N818 (an end with a reason, not always an error)
    """The work cannot go on; the message is the one sentence that the person needs."""

    def __init__(self, sentence: str, status: int = 1) -> None:
        super().__init__(sentence)
        self.status = status


def say(sentence: str) -> None:
    """Tell the person at the terminal; standard output stays free for the result of a command."""
    print(sentence, file=sys.stderr, flush=True)


def is_disk_full(error: OSError) -> bool:
    """Whether the operating system refused for want of space or quota."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def disk_full(place: object) -> Stop:
    """The sentence for a full disk."""
    return Stop(f"The disk that holds {place} is full: free some space and start again; nothing is lost.")


def speaks_of_full_disk(text: str) -> bool:
    """Whether the output of a program says that it ran out of space."""
    return "No space left on device" in text or "Disk quota exceeded" in text or "ENOSPC" in text


def last_words(text: str, lines: int = 12) -> str:
    """The end of a program's output, indented under a sentence."""
    return "\n".join("    " + line for line in text.strip().splitlines()[-lines:])
