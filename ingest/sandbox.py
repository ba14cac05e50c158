"""Parses files in a child process, so that one which crashes its parser, loops or eats memory ends that child and nothing else."""

import contextlib
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import pydantic

from ingest.errors import Unreadable
from ingest.types import Parsed

_ROOM = Path(__file__).parent
# In the child the room `ingest` is a bare folder: what it offers to others would load the index and the embedders.
_START = """
import sys, types
sys.path[:] = {path!r}
sys.modules["ingest"] = types.ModuleType("ingest")
sys.modules["ingest"].__path__ = [{room!r}]
from {parsers} import PARSERS
from ingest.formats.child import serve
serve(PARSERS, memory={memory}, seconds={seconds})
"""
# None of our own environment: a parser has no business with keys. One thread, since each reserves memory.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
_LONGEST = 300_000_000  # bytes of an answer
_SECONDS_TO_END = 5


@dataclass(frozen=True)
class Limits:
    """What one file may cost: bytes of it, seconds (by the clock and of processor) and bytes of memory for parsing it."""

    size: int = 100_000_000
    seconds: float = 60
    memory: int = 1_500_000_000


@pydantic.dataclasses.dataclass(frozen=True)
class _Answer:
    """What the child says of one file; after its `last` answer it ends."""

    parsed: Parsed | None = None
    unreadable: str = ""
    line: int = 1
    last: bool = False


_ANSWER = pydantic.TypeAdapter(_Answer)


class Sandbox:
    """One child, started for the first file, kept for the next and replaced when it dies. It ends with the block that it is opened for."""

    def __init__(self, limits: Limits | None = None, *, parsers: str = "ingest.formats.sandboxed") -> None:
        self._limits = limits or Limits()
        self._parsers = parsers  # the module that the child imports them from
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> None:
        self._end(at_once=error is not None)

    def parse(self, suffix: str, content: bytes) -> Parsed:
        """What the parser of `suffix` (lower case, with its dot) makes of `content`; Unreadable also when the parser dies of it."""
        child = self._child = self._child or self._started()
        late = threading.Event()

        def expire() -> None:
            late.set()
            child.kill()

        watch = threading.Timer(self._limits.seconds, expire)
        watch.start()
        try:
            line = _asked(child, suffix, content)
        finally:
            watch.cancel()
        if not line.endswith(b"\n"):
            raise Unreadable(self._epitaph(late=late.is_set()))
        return self._read(line)

    def _started(self) -> subprocess.Popen[bytes]:
        path = [*sys.path, str(_ROOM.parent)]
        program = _START.format(path=path, room=str(_ROOM), parsers=self._parsers, memory=self._limits.memory, seconds=self._limits.seconds)
        command = [sys.executable, "-I", "-S", "-B", "-c", program]
        return subprocess.Popen(command, env=_ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def _read(self, line: bytes) -> Parsed:
        try:
            answer = _ANSWER.validate_json(line)
        except pydantic.ValidationError as error:
            self._end(at_once=True)
            raise Unreadable("could not be parsed: its parser answered nonsense") from error
        if answer.last:
            self._end()
        if answer.parsed is None:
            raise Unreadable(answer.unreadable, line=answer.line)
        return answer.parsed

    def _epitaph(self, *, late: bool) -> str:
        """Why the child is dead; the next file gets another."""
        status = self._end(at_once=True)
        if late or status == -signal.SIGXCPU:
            return f"could not be parsed within {self._limits.seconds:g} s: split it into parts or save it in another format"
        how = f"signal {-status}" if status < 0 else f"status {status}"
        return f"crashed its parser ({how}): it is damaged or needs too much memory; save it anew or in another format"

    def _end(self, *, at_once: bool = False) -> int:
        """Ends the child, which leaves by itself when its input does, and waits for it; its exit status."""
        child, self._child = self._child, None
        if child is None or child.stdin is None or child.stdout is None:
            return 0
        if at_once:
            child.kill()
        with contextlib.suppress(BrokenPipeError):
            child.stdin.close()
        try:
            return child.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            child.kill()
            return child.wait()
        finally:
            child.stdout.close()


def _asked(child: subprocess.Popen[bytes], suffix: str, content: bytes) -> bytes:
    """The child's answer, a line; without its end when the child died."""
    if child.stdin is None or child.stdout is None:
        return b""
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(f"{suffix} {len(content)}\n".encode())
        child.stdin.write(content)
        child.stdin.flush()
    return child.stdout.readline(_LONGEST)
