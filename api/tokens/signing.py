"""Tokens made: what a host's server does in its own language, done here for tests, trials and our own player."""

import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt import PyJWS
from jwt.algorithms import OKPAlgorithm

from api.tokens.claims import AUDIENCE, LONGEST_LIFE_S, Claims
from api.tokens.errors import BadKeys, BadToken
from api.tokens.keys import SHORTEST_SECRET, Alg, Key
from tutor.types import GradeBand


@dataclass(frozen=True)
class Bearer:
    """For whom a token is made: `sub`, the host's pseudonym of the student, and where the student stands."""

    sub: str
    course: str | None = None
    lesson: str | None = None
    grade_band: GradeBand | None = None
    locale: str | None = None
    origin: str | None = None
    position_s: float | None = None


def sign(key: Key, bearer: Bearer, *, now: float, life_s: int = LONGEST_LIFE_S) -> str:
    """A token that is good from `now`, seconds since 1970. BadToken names what it may not say, BadKeys a key that cannot sign."""
    if not key.signs:
        raise BadKeys(f"the token key {key.kid!r} is a public half, which cannot sign: the private half is with the host")
    said = {"iss": key.tenant, "aud": AUDIENCE, "iat": int(now), "exp": int(now) + life_s} | asdict(bearer)
    payload = json.dumps({name: value for name, value in said.items() if value is not None}).encode()
    for problem in Claims.read(payload).problems(key.tenant, now):
        raise BadToken(problem)
    return PyJWS().encode(payload, key.material, headers={"kid": key.kid})


def new_jwk(kid: str, tenant: str, alg: Alg) -> dict[str, Any]:
    """A new key as a JWK, private half and all."""
    named = {"kid": kid, "alg": alg, "tenant": tenant, "use": "sig"}
    if alg == "HS256":
        return named | {"kty": "oct", "k": urlsafe_b64encode(secrets.token_bytes(SHORTEST_SECRET)).decode().rstrip("=")}
    return named | OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate(), as_dict=True)
