"""Whether a token may pass: its form, its key, its signature, its claims, the page that brings it, its age, in this order."""

import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from jwt import PyJWS
from jwt.exceptions import PyJWTError

from api.tokens.claims import Claims
from api.tokens.errors import BadToken, TokenExpired, WrongOrigin
from api.tokens.keys import Key

LONGEST_TOKEN = 4_096  # characters; one with every claim has 500
_FORM = re.compile(r"[\w-]+\.[\w-]+\.[\w-]*", re.ASCII)
_JWS = PyJWS(algorithms=["EdDSA", "HS256"])


class Keys(Protocol):
    """Where keys are looked up."""

    def named(self, kid: str) -> Key | None:
        """The key of that kid."""
        ...


@dataclass(frozen=True)
class Page:
    """The page that a request comes from, as the browser says; without both, a server asks.

    `origin` is its Origin header. Browsers leave that out when a page fetches from its own server: then `host` is that server.
    """

    origin: str | None = None
    host: str | None = None

    def is_at(self, origin: str | None) -> bool:
        """Whether it is of this origin; of None, whether there is no such page."""
        if self.origin is None and self.host is not None:
            return origin is not None and origin.partition("://")[2] == self.host
        return self.origin == origin


@dataclass(frozen=True)
class Opened:
    """A token read and not yet believed."""

    token: str
    header: dict[str, Any]
    payload: bytes


class Tokens:
    """Tells good tokens from bad ones, by the keys in force; `clock` gives seconds since 1970."""

    def __init__(self, keys: Keys, clock: Callable[[], float] = time.time) -> None:
        self._keys = keys
        self._clock = clock

    def checked(self, token: str, page: Page) -> Claims:
        """What a good token vouches for. BadToken, WrongOrigin, or, when nothing else is wrong with it, TokenExpired."""
        opened = read(token)
        key = key_of(opened, self._keys)
        check_signature(opened, key)
        claims, now = Claims.read(opened.payload), self._clock()
        for problem in claims.problems(key.tenant, now):
            raise BadToken(problem)
        if not page.is_at(claims.origin):
            raise WrongOrigin(_elsewhere(claims.origin, page))
        if claims.age_s(now) >= 0:
            raise TokenExpired(_too_old(claims, now))
        return claims


@dataclass(frozen=True)
class Inspected:
    """What stands in a token, however bad; `problems` are sentences, none when it would pass, from the page that it was made for."""

    header: dict[str, Any]
    claims: dict[str, Any]
    problems: tuple[str, ...]


def inspect(token: str, keys: Keys, now: float) -> Inspected:
    """All that can be told of a token at that time. BadToken when it cannot even be read."""
    opened = read(token)
    try:
        shown = json.loads(opened.payload)
    except (ValueError, RecursionError):
        shown = None
    return Inspected(opened.header, shown if isinstance(shown, dict) else {}, tuple(_problems(opened, keys, now)))


def _problems(opened: Opened, keys: Keys, now: float) -> Iterator[str]:
    key = None
    try:
        key = key_of(opened, keys)
        check_signature(opened, key)
    except BadToken as error:
        yield str(error)
    try:
        claims = Claims.read(opened.payload)
    except BadToken as error:
        yield str(error)
        return
    yield from claims.problems(key.tenant if key is not None else claims.iss, now)
    if claims.age_s(now) >= 0:
        yield _too_old(claims, now)


def read(token: str) -> Opened:
    """A token's parts; BadToken when it is not one."""
    if len(token) > LONGEST_TOKEN:
        raise BadToken(f"The token is longer than {LONGEST_TOKEN} characters: leave out claims that docs/tokens.md does not name.")
    if not _FORM.fullmatch(token):
        raise BadToken("This is no token: a JWT has three parts of base64url, joined by dots.")
    try:
        parts = _JWS.decode_complete(token, options={"verify_signature": False})
    except PyJWTError as error:
        raise BadToken("The token cannot be read: its header and payload must be JSON objects, each in base64url.") from error
    return Opened(token, parts["header"], parts["payload"])


def key_of(opened: Opened, keys: Keys) -> Key:
    """The key that a token names, which must be one for the algorithm that it names."""
    kid, alg = opened.header.get("kid"), opened.header.get("alg")
    if not isinstance(kid, str):
        raise BadToken("The token's header has no kid: put the kid of the key there that signs.")
    key = keys.named(kid)
    if key is None:
        raise BadToken("The token's kid names no key of this server: sign with a key that its operator has.")
    if alg != key.alg:
        raise BadToken(f"The token's alg must be {key.alg!r}, as its key's is.")
    return key


def check_signature(opened: Opened, key: Key) -> None:
    """BadToken unless the key has signed it."""
    try:
        _JWS.decode(opened.token, key.material)
    except PyJWTError as error:
        raise BadToken("The token's signature is not by the key that its kid names.") from error


def _too_old(claims: Claims, now: float) -> str:
    return f"The token expired {now - claims.exp:.0f} seconds ago: get a new one from the server that signs them."


def _elsewhere(origin: str | None, page: Page) -> str:
    if origin is None:
        return "The token is one for servers, and a browser brings it: sign it with the page's origin as its claim origin."
    if page == Page():
        return f"The token is one for pages of {origin!r}, and the request has no Origin header: a server's token has no claim origin."
    return f"The token is one for pages of {origin!r}, and a page of another origin brings it."
