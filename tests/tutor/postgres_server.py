"""A real PostgreSQL server on a free port of this machine, with its data in a folder that goes with it."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ANOTHER = "postgres"  # PostgreSQL does not run as root: then as the user whom its package makes


@contextmanager
def postgresql_running() -> Iterator[str]:
    """The server's address, ``postgresql://...`` without a database; skips where PostgreSQL is not installed."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="navigator-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, ANOTHER)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    try:
        _run(programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "app", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses=127.0.0.1 -p {port} -k {folder} -c fsync=off"
        _run(programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
        try:
            yield f"postgresql://app@127.0.0.1:{port}"
        finally:
            _run(programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _programs() -> Path | None:
    """Where initdb is: on the path, or where Debian keeps it."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).parent if found else debian[-1].parent if debian else None


def _run(program: Path, *arguments: object) -> None:
    command = [str(program), *map(str, arguments)]
    user = ANOTHER if os.geteuid() == 0 else None
    subprocess.run(command, user=user, group=user, extra_groups=[] if user else None, cwd="/", check=True, stdout=subprocess.DEVNULL, timeout=60)
