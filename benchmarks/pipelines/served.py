"""A real server on loopback, started as its operator would, for the benchmarks that ask one."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

STAFF_TOKEN = "measured by the benchmark"
COMMAND = (sys.executable, "-m", "navigator", "serve", "--port", "0")


@dataclass(frozen=True)
class Served:
    """A server that is ready: its process id, where it is, and a client of it."""

    pid: int
    address: str
    client: httpx2.Client


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[Served]:
    """`navigator serve` on the data folder with these settings, ready to answer; stopped afterwards."""
    given = {f"NAVIGATOR_{name.upper()}": value for name, value in settings.items()}
    env = os.environ | {"NAVIGATOR_DATA_DIR": str(data), "NAVIGATOR_STAFF_TOKEN": STAFF_TOKEN} | given
    with subprocess.Popen(COMMAND, env=env, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            address = next(line for line in server.stderr if "Navigator is at " in line).split("is at ")[1].split("/demo")[0]
            threading.Thread(target=server.stderr.read, daemon=True).start()
            with httpx2.Client(base_url=address, trust_env=False, timeout=120) as client:
                while client.get("/readyz").status_code != 200:
                    time.sleep(0.02)
                yield Served(server.pid, address, client)
        finally:
            server.terminate()
