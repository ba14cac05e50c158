"""Who may enter: whoever brings the staff token. Whatever is wrong with it, the answer is the same."""

import hmac
import math
import time
from collections import deque
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import SecretStr
from starlette.requests import Request

from api.addresses import client_of, network_of
from api.errors import TOO_MANY, UNAUTHORIZED, Refused
from api.staff.log import StaffLog

FAILURES = 10  # wrong tokens from one address before it has to wait
WITHIN = 60.0  # seconds
MOST_CLIENTS = 10_000

BEARER = HTTPBearer(auto_error=False, description="The server's NAVIGATOR_STAFF_TOKEN")


class SlowDown:
    """Counts failures by client address over the last minute; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: dict[str, deque[float]] = {}

    def wait(self, client: str) -> int:
        """Whole seconds until this client may try again; 0 when it may now."""
        failed = self._failed.get(client, deque())
        left = failed[0] + WITHIN - self._clock() if len(failed) == FAILURES else 0
        return max(0, math.ceil(left))

    def failed(self, client: str) -> None:
        """Notes a failure."""
        now = self._clock()
        if len(self._failed) >= MOST_CLIENTS:
            self._failed = {one: times for one, times in self._failed.items() if times[-1] + WITHIN > now}
        self._failed.setdefault(client, deque(maxlen=FAILURES)).append(now)


class Guard:
    """A dependency that lets only bearers of `token` pass; without a token nobody."""

    def __init__(self, token: SecretStr | None, log: StaffLog, slow_down: SlowDown) -> None:
        self._token = token.get_secret_value().encode() if token else None
        self._log = log
        self._slow_down = slow_down

    async def __call__(self, request: Request, bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]) -> None:
        client = client_of(request)
        network = network_of(client)
        if wait := self._slow_down.wait(network):
            raise _refused(Refused(TOO_MANY), "Retry-After", str(wait))
        if bearer is not None and self._is_right(bearer.credentials):
            return
        if bearer is not None:
            self._slow_down.failed(network)
            self._log.note("wrong token", request.url.path, client)
        raise _refused(Refused(UNAUTHORIZED), "WWW-Authenticate", "Bearer")

    def _is_right(self, given: str) -> bool:
        return self._token is not None and hmac.compare_digest(given.encode("latin-1", "replace"), self._token)


def _refused(refused: Refused, header: str, value: str) -> Refused:
    refused.headers = {header: value}
    return refused
