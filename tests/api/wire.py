"""A wire between a browser and a server that can be cut: what a lost connection is to both."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Wire:
    """Forwards connections to a server of this machine. While it is `broken` none is taken."""

    server: int
    listening: socket.socket
    broken: bool = False
    _ends: list[socket.socket] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    def cut(self) -> None:
        """Closes every connection that stands."""
        for end in self._ends:
            with contextlib.suppress(OSError):  # it may be closed already
                end.shutdown(socket.SHUT_RDWR)

    def run(self) -> None:
        """Until it is closed."""
        with contextlib.suppress(OSError):
            while True:
                near, _address = self.listening.accept()
                if self.broken:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.server))
                threading.Thread(target=self._carry, args=(near, far), daemon=True).start()

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        with near, far:
            self._ends += [near, far]
            back = threading.Thread(target=_pump, args=(far, near), daemon=True)
            back.start()
            _pump(near, far)
            back.join()


def _pump(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    for end in (one, other):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextmanager
def wired(address: str) -> Iterator[Wire]:
    """A wire to the server at `address`."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        wire = Wire(int(address.rpartition(":")[2]), listening)
        thread = threading.Thread(target=wire.run, daemon=True)
        thread.start()
        try:
            yield wire
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            wire.cut()
            thread.join()
