"""The stand-in for Telegram as a program: prints its address and serves until it is ended. Try a bot on it, or measure one."""

import signal
import socket
from contextlib import suppress

import uvicorn
from telegram_control import control
from telegram_rig import Unavailable, cache_folder, emulator_folder, emulator_running, load_schema
from telegram_shim import Shim


def main() -> None:
    """Serves on a free port of loopback; `/sim` is its back door."""
    try:
        folder, schema = emulator_folder(cache_folder()), load_schema(cache_folder())
    except Unavailable as error:
        raise SystemExit(f"no stand-in for Telegram: {error}") from error
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # else node would outlive this process
    with suppress(KeyboardInterrupt), emulator_running(folder) as upstream, socket.create_server(("127.0.0.1", 0)) as listening:
        shim = Shim(upstream, schema)
        app = shim.app()
        app.routes.append(control(shim))
        server = uvicorn.Server(uvicorn.Config(app, loop="asyncio", ws="none", log_level="warning"))
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        server.run(sockets=[listening])


if __name__ == "__main__":
    main()
