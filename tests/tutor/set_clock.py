"""A clock that a test sets."""

import datetime as dt

from kept_turns import NOON


class Clock:
    """Tells NOON, and as many seconds more as it was moved on."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += dt.timedelta(**by)
