"""A school that signs tokens, with two keys and a clock of its own; whoever means harm signs them by hand."""

import datetime as dt
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from jwt import PyJWK, PyJWS
from small_course import doors_over, library_over

from api import Access, create_app
from api.limits import Limits
from api.tokens import Bearer, KeyRing, KeySet, Tokens, sign
from api.tokens.signing import new_jwk
from knowledge_base.release.layout import DataFolder
from tutor.memory import Memory
from tutor.pseudonyms import Pseudonyms
from tutor.storage import SqlStore, sqlite
from tutor.tutor import Tutor

NOW = 1_800_000_000.0
PLAYER = "https://player.example"
SCHOOL = new_jwk("school-1", "school", "EdDSA")
OTHER = new_jwk("other-1", "another school", "EdDSA")
SHARED = new_jwk("shared-1", "third school", "HS256")
KEYS = KeySet.read(json.dumps({"keys": [SCHOOL, OTHER, SHARED]}))


def halves(*keys: dict[str, Any]) -> str:
    """The JWK Set that the server has: of every pair the public half."""
    return json.dumps({"keys": [{name: value for name, value in key.items() if name != "d"} for key in keys]})


def good(kid: str = "school-1", *, now: float = NOW, **standing: Any) -> str:
    """A token as a host makes it."""
    key = KEYS.named(kid)
    assert key is not None
    return sign(key, Bearer(**({"sub": "anna"} | standing)), now=now)


def claims(**changed: object) -> dict[str, object]:
    """What a good token says, or something else in places; what is `...` is left out."""
    said = {"iss": "school", "aud": "navigator", "sub": "anna", "iat": NOW, "exp": NOW + 600} | changed
    return {name: value for name, value in said.items() if value is not ...}


def signed(payload: dict[str, object] | bytes, key: dict[str, Any] = SCHOOL, **header: Any) -> str:
    """A token that says anything, signed with a school's key."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return PyJWS().encode(body, PyJWK(key), headers={"kid": key["kid"]} | header)


def part(value: object) -> str:
    """One of a token's parts, whatever stands in it."""
    written = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(written).decode().rstrip("=")


def bearer(token: str, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} | more


class Clock:
    """Stands until it is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@contextmanager
def school(
    data: DataFolder, folder: Path, *, clock: Clock | None = None, access: Access | None = None, limits: Limits | None = None
) -> Iterator[TestClient]:
    """A client of a server that asks for tokens, or lets in whom `access` does, and remembers."""
    tokens = Tokens(KeyRing(halves(SCHOOL, OTHER, SHARED)), clock or Clock())
    with library_over(data) as library:
        memory = Memory(SqlStore(sqlite(folder / "state.db")), Pseudonyms(b"k" * 32), library, retention=dt.timedelta(days=30))
        doors = doors_over(library, Tutor(library, memory=memory), memory=memory, access=access or Access(tokens, (PLAYER,)), limits=limits)
        with TestClient(create_app(doors), base_url="https://tutor.example", follow_redirects=False) as client:
            yield client
