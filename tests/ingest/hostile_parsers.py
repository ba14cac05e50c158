"""Parsers that do what broken and hostile files make real ones do, for the child process that must survive none of it but itself."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from ingest.errors import Unreadable
from ingest.types import Block, Parsed


def _said(text: str) -> Parsed:
    return Parsed((Block(("A",), text, page=2, position_s=1.5),), "Title", "zh", "transcript", ("page 1: no text",))


def _echo(content: bytes) -> Parsed:
    print('{"parsed": null, "unreadable": "printed"}', flush=True)
    return _said(content.decode())


def _loop(_content: bytes) -> Parsed:
    while True:
        pass


def _sleep(_content: bytes) -> Parsed:
    time.sleep(600)
    return _said("woke")


def _crash(_content: bytes) -> Parsed:
    ctypes.string_at(0)
    return _said("alive")


def _abort(_content: bytes) -> Parsed:
    os.kill(os.getpid(), signal.SIGABRT)
    return _said("alive")


def _eat(_content: bytes) -> Parsed:
    return _said(str(len(b"x" * 3_000_000_000)))


def _refuse(_content: bytes) -> Parsed:
    raise Unreadable("page 3: torn", line=7)


def _fail(_content: bytes) -> Parsed:
    raise KeyError("rId7")


def _recurse(content: bytes) -> Parsed:
    return _recurse(content)


def _leave(_content: bytes) -> Parsed:
    os._exit(3)


def _connect(_content: bytes) -> Parsed:
    socket.create_connection(("127.0.0.1", 9))
    return _said("connected")


def _start(_content: bytes) -> Parsed:
    subprocess.run(["true"], check=True)
    return _said("started")


def _write(content: bytes) -> Parsed:
    Path(content.decode()).write_bytes(b"x" * 5_000_000)
    return _said("written")


def _lie(_content: bytes) -> Parsed:
    return Parsed((Block(("A",), 7),))  # type: ignore[arg-type]


def _surrogate(_content: bytes) -> Parsed:
    return _said("a\ud800b")


def _about(_content: bytes) -> Parsed:
    heavy = {"chromadb", "onnxruntime", "torch", "fastapi", "ingest.pipeline", "knowledge_base.library"} & set(sys.modules)
    return _said(f"{os.getpid()} {os.nice(0)} {sorted(heavy)} {sorted(os.environ)}")


PARSERS: dict[str, Callable[[bytes], Parsed]] = {
    ".echo": _echo,
    ".loop": _loop,
    ".sleep": _sleep,
    ".crash": _crash,
    ".abort": _abort,
    ".eat": _eat,
    ".refuse": _refuse,
    ".fail": _fail,
    ".recurse": _recurse,
    ".leave": _leave,
    ".connect": _connect,
    ".start": _start,
    ".write": _write,
    ".lie": _lie,
    ".surrogate": _surrogate,
    ".about": _about,
}
