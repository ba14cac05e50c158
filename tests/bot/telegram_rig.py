"""Fetch and run what stands in for Telegram: the emulator from npm, the schema from PyPI, the shim between them and the bot."""

import os
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from telegram_rules import Schema
from telegram_shim import Shim

EMULATOR = "telegram-test-api@4.2.1"
SCHEMA_PACKAGE = "aiogram==3.31.0"
SCHEMA_MEMBER = ".butcher/schema/schema.json"

_START = "new (require('telegram-test-api'))({port: +process.argv[1], host: '127.0.0.1', storage: 'RAM', storeTimeout: 3600}).start()"


class Unavailable(Exception):
    """There is no Node here, or no registry to fetch the emulator and the schema from."""


def cache_folder() -> Path:
    """Where downloads are kept: tests/.cache, or wherever NAVIGATOR_TEST_CACHE says; git ignores it."""
    folder = Path(os.environ.get("NAVIGATOR_TEST_CACHE") or Path(__file__).parents[1] / ".cache")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n")
    return folder


def emulator_folder(cache: Path) -> Path:
    """The folder in which node finds the emulator."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise Unavailable("node and npm are not installed")
    folder = cache / EMULATOR
    if not folder.exists():
        with _built_beside(folder) as new:
            _fetch("npm", "install", "--prefix", str(new), "--no-audit", "--no-fund", "--ignore-scripts", EMULATOR)
    return folder


def load_schema(cache: Path) -> Schema:
    """The Bot API's schema. Only aiogram itself is asked for as source: its build tools may come as wheels."""
    folder = cache / SCHEMA_PACKAGE.replace("==", "-")
    if not folder.exists():
        with _built_beside(folder) as new:
            _fetch(sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", "aiogram", "--dest", str(new), SCHEMA_PACKAGE)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        member = archive.extractfile(f"{folder.name}/{SCHEMA_MEMBER}")
        assert member is not None
        return Schema(member.read().decode())


@contextmanager
def emulator_running(folder: Path) -> Iterator[str]:
    """The emulator's address."""
    port = free_port()
    with subprocess.Popen(["node", "-e", _START, str(port)], cwd=folder) as process:
        try:
            _wait_for_port(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@dataclass
class Served:
    """The shim as a server in a thread of its own, so that tests can look into it."""

    shim: Shim
    port: int = field(default_factory=lambda: free_port())
    _up: ExitStack = field(default_factory=ExitStack)

    @property
    def url(self) -> str:
        """Where it is, up or down."""
        return f"http://127.0.0.1:{self.port}"

    @contextmanager
    def up(self) -> Iterator[None]:
        """It listens as long as the block lasts."""
        with self._up:
            self._up.enter_context(serving(self.shim.app(), self.port))
            yield

    @contextmanager
    def down(self) -> Iterator[None]:
        """Meanwhile it refuses connections as long as the block lasts; those that are open it closes."""
        self._up.close()
        try:
            yield
        finally:
            self._up.enter_context(serving(self.shim.app(), self.port))


@contextmanager
def serving(app: Starlette, port: int = 0) -> Iterator[str]:
    """An application's address, as long as the block lasts."""
    server = uvicorn.Server(uvicorn.Config(app, loop="asyncio", ws="none", log_level="critical", timeout_graceful_shutdown=1))
    listening = socket.create_server(("127.0.0.1", port))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def _built_beside(folder: Path) -> Iterator[Path]:
    """A temporary folder that takes `folder`'s name once it is whole."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as new:
        yield Path(new)
        with suppress(OSError):  # another run was faster
            Path(new).rename(folder)


def _fetch(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    except (subprocess.SubprocessError, OSError) as error:
        raise Unavailable(f"what stands in for Telegram could not be fetched ({type(error).__name__})") from error


def _wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.02)
    raise AssertionError("the Telegram emulator did not start")
