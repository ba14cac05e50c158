"""What a messenger delivered and is not answered yet, so that nothing is answered twice and nothing is forgotten over a restart."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Waiting:
    """One update that was taken and not done: what the adapter wrote down of it, unsealed."""

    update_id: int
    note: str


class Inbox(Protocol):
    """One bot's updates, each by its id. Notes are sealed under the pseudonym key and live until they are done, an hour at most.

    Every call may raise MemoryUnavailable, and then has written nothing.
    """

    async def take(self, update_id: int, note: str, *, caller: str | None = None) -> bool:
        """Writes an update down; False when it was taken before, also by another process and before a restart.

        A note with its caller's pseudonym goes with what else is erased of that caller.
        """
        ...

    async def amend(self, update_id: int, note: str) -> None:
        """Puts another note in its place, as long as it is not done."""
        ...

    async def done(self, update_id: int) -> None:
        """The update is answered: its note goes at once, its id stays for a day."""
        ...

    async def waiting(self) -> tuple[Waiting, ...]:
        """Those not done that no process is at work on, oldest first; from now on this one is. Notes of an hour ago are deleted, and not told."""
        ...
