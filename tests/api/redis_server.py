"""A real Redis on a free port of this machine, which a test may end, stop and start again."""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as NotThere

PATIENT_S = 30.0  # for tests of a Redis that is well, on a machine that may stand still for a moment


class RedisServer:
    """Begins started; nothing of it is kept on disk."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def client(self) -> Redis:
        """A client of the tests' own; close it."""
        return Redis(port=self.port, decode_responses=True)

    def start(self) -> None:
        """Starts it and waits until it answers."""
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", "/tmp"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with self.client() as client:
            for _ in range(200):
                try:
                    client.ping()
                    return
                except NotThere:
                    time.sleep(0.02)
        raise TimeoutError("redis-server does not answer")

    def end(self) -> None:
        """Ends it, whatever state it is in."""
        self._process.kill()
        self._process.wait()

    def freeze(self) -> None:
        """It still takes connections, and answers nothing."""
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It answers again."""
        self._process.send_signal(signal.SIGCONT)


@contextmanager
def redis_running() -> Iterator[RedisServer]:
    """A server that is ended at last; skips where Redis is not installed."""
    if shutil.which("redis-server") is None:
        pytest.skip("Redis is not installed")
    server = RedisServer()
    try:
        yield server
    finally:
        server.end()
