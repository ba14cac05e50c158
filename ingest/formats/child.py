"""The child process that parses: reads one file after another from its input, answers each in JSON, and dies of whatever goes wrong.

A request is a line ``suffix size`` and the file's bytes; an answer is a line of JSON, ``{"parsed": ...}`` or ``{"unreadable": what, "line": n}``.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from typing import BinaryIO

from ingest.errors import Unreadable
from ingest.types import Parsed

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.remove", "os.rename", "shutil.")


def serve(parsers: Mapping[str, Callable[[bytes], Parsed]], *, memory: int, seconds: float) -> None:
    """Answers until its input ends, with `memory` bytes for all of it and `seconds` of processor time for one file."""
    answers = _answers()
    _confine(memory)
    sys.excepthook = lambda _kind, error, _trace: _give_up(answers, error)
    while header := sys.stdin.buffer.readline():
        suffix, size = header.split()
        _allow(seconds)
        _answer(answers, _parsed(parsers[suffix.decode()], sys.stdin.buffer.read(int(size))))


def _answers() -> BinaryIO:
    """Where answers go; what parsers print goes nowhere, so that it cannot pass for an answer."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


def _confine(memory: int) -> None:
    """From here on: little memory, no core dumps, no connections and no other programs; dies with its parent, not by the keyboard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: object) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a parser may not do {event!r}")


def _allow(seconds: float) -> None:
    """Processor time for one more file."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime + seconds) + 1, hard))


def _parsed(parse: Callable[[bytes], Parsed], content: bytes) -> dict[str, object]:
    try:
        return {"parsed": parse(content)}
    except Unreadable as error:
        return {"unreadable": str(error), "line": error.line}


def _answer(answers: BinaryIO, what: dict[str, object]) -> None:
    """Lone surrogates, which some files hold, are no text that could be stored."""
    answers.write(json.dumps(what, ensure_ascii=False, default=vars).encode("utf-8", "replace") + b"\n")
    answers.flush()


def _give_up(answers: BinaryIO, error: BaseException) -> None:
    """A parser that fails in a way of its own ends this process, whose state nobody knows any more."""
    told = "it needs too much memory" if isinstance(error, MemoryError) else f"{type(error).__name__}: {error}"[:200]
    _answer(answers, {"unreadable": f"could not be parsed ({told}): open it, save it anew and try again", "last": True})
