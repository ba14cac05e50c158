"""How many questions may be asked: by one student, by one tenant, from one address; and how many at once. Spent by `asking`."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from starlette.requests import Request

from api.addresses import client_of, network_of
from api.counting import Bound, Counts
from api.errors import TOO_MANY, Refused
from api.patience import CROWD, SUBJECT, UNDER_WAY, Said, language_of, please_wait
from api.standing import Caller

MINUTE, DAY = 60, 24 * 3600  # seconds
KINDS = ("subject", "subject-day", "address", "tenant", "subject-at-once", "address-at-once", "wrong-token")
SOON = 5  # seconds after which to look whether an earlier question is answered

_ADDRESS = "\x1faddress"  # no tenant has this name


@dataclass(frozen=True)
class Rates:
    """Questions that one subject, tenant or address may ask; each minute and each day begins with its first. 0 sets no limit.

    `..._at_once` are questions whose answers are still under way, open streams among them, in this process. `wrong_tokens_minute` is how
    many an address may try before it is told to wait.
    """

    subject_minute: int
    subject_day: int
    tenant_minute: int
    address_minute: int
    subject_at_once: int = 5
    address_at_once: int = 1_000
    wrong_tokens_minute: int = 30


class Limits:
    """Refuses with 429 what is beyond the rates; `keyed` makes a pseudonym of a tenant and a name, so that no key holds either."""

    def __init__(self, rates: Rates, counts: Counts, keyed: Callable[[str, str], str]) -> None:
        self._rates = rates
        self._counts = counts
        self._keyed = keyed
        self._under_way: Counter[str] = Counter()
        self.refused = dict.fromkeys(KINDS, 0)  # questions, and under the last kind tokens, by the limit that refused them

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Frees at its end what the counts have opened."""
        async with self._counts.running():
            yield

    @asynccontextmanager
    async def admitted(self, request: Request, caller: Caller, *, again: bool = False) -> AsyncIterator[None]:
        """Counts a question of the caller, which is under way until the end of the block. One that is refused or asked `again` costs nothing."""
        with self._place(request, caller):
            full = await self._counts.spend([] if again else self._bounds(request, caller))
            if full is not None:
                self._count(full.bound.key)
                raise _refused(request, caller, full.wait, SUBJECT if full.bound.key.startswith("subject") else CROWD)
            yield

    async def wrong_token(self, request: Request) -> None:
        """Counts a token that was not right: for the caller to say so, or beyond the rate raises 429.

        Right tokens pass all the same, else one pupil could shut the door on a school behind one address. They cannot be guessed.
        """
        full = await self._counts.spend(_set(Bound(f"wrong-token:{self._address(request)}", self._rates.wrong_tokens_minute, MINUTE)))
        if full is not None:
            self._count(full.bound.key)
            raise _waiting(Refused(TOO_MANY), full.wait)

    def _bounds(self, request: Request, caller: Caller) -> list[Bound]:
        """From the narrowest to the widest: a crowd at one moment should cost nobody else anything."""
        rates, subject = self._rates, caller.pseudonym
        own = [Bound(f"subject:{subject}", rates.subject_minute, MINUTE), Bound(f"subject-day:{subject}", rates.subject_day, DAY)]
        return _set(
            *(own if subject is not None else ()),
            Bound(f"address:{self._address(request)}", rates.address_minute, MINUTE),
            Bound(f"tenant:{self._keyed(caller.tenant, '')}", rates.tenant_minute, MINUTE),
        )

    @contextmanager
    def _place(self, request: Request, caller: Caller) -> Iterator[None]:
        most = {f"address:{self._address(request)}": self._rates.address_at_once}
        if caller.pseudonym is not None:
            most[f"subject:{caller.pseudonym}"] = self._rates.subject_at_once
        full = next((key for key, some in most.items() if some and self._under_way[key] >= some), None)
        if full is not None:
            self._count(f"{full.partition(':')[0]}-at-once:")
            raise _refused(request, caller, SOON, UNDER_WAY)
        self._under_way.update(most.keys())
        try:
            yield
        finally:
            self._under_way.subtract(most.keys())
            for key in most:
                if not self._under_way[key]:
                    del self._under_way[key]

    def _count(self, key: str) -> None:
        self.refused[key.partition(":")[0]] += 1

    def _address(self, request: Request) -> str:
        return self._keyed(_ADDRESS, network_of(client_of(request)))


def _set(*bounds: Bound) -> list[Bound]:
    return [bound for bound in bounds if bound.most]


def _refused(request: Request, caller: Caller, wait: int, said: Said) -> Refused:
    return _waiting(Refused(TOO_MANY, please_wait(said, wait, language_of(request, caller))), wait)


def _waiting(refused: Refused, wait: int) -> Refused:
    refused.headers = {"Retry-After": str(wait)}
    return refused
