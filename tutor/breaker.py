"""A circuit breaker: what failed several times in a row is left alone for a while."""

from collections.abc import Callable


class Breaker:
    """Opens after `failures` in a row for `pause` seconds of `clock`; then one attempt may pass, whose end decides."""

    def __init__(self, failures: int, pause: float, clock: Callable[[], float]) -> None:
        self._failures = failures
        self._pause = pause
        self._clock = clock
        self._in_a_row = 0
        self._shut_until: float | None = None

    def admits(self) -> bool:
        """Whether an attempt may be made now. After the pause the first caller is admitted, and no other until it has reported."""
        if self._shut_until is None:
            return True
        if self._clock() < self._shut_until:
            return False
        self._shut_until = self._clock() + self._pause
        return True

    @property
    def shut(self) -> bool:
        """Whether no attempt may be made now; asking is no attempt."""
        return self._shut_until is not None and self._clock() < self._shut_until

    def succeeded(self) -> None:
        """Reports a good end."""
        self._in_a_row, self._shut_until = 0, None

    def failed(self) -> None:
        """Reports a bad end."""
        self._in_a_row += 1
        if self._in_a_row >= self._failures:
            self._shut_until = self._clock() + self._pause
