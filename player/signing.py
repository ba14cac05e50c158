"""What a school's server does so that the tutor knows its pupils: it signs a short-lived token for whoever has signed in there."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import jwt

AUDIENCE = "navigator"
_SECRET = {"OKP": "d", "oct": "k"}  # the member of a JSON Web Key that makes it one to sign with (RFC 8037, RFC 7518)


class BadKey(Exception):
    """The operator's: no key to sign with, or one that cannot be used; one line says what to do."""


@dataclass(frozen=True)
class Pupil:
    """Somebody invented, for the demo: `sub` is all that the tutor hears of them besides their grade band."""

    sub: str
    names: Mapping[str, str]
    grade_band: str


PUPILS = (
    Pupil("demo-comet", {"en": "Little Comet", "zh": "小彗星"}, "4-6"),
    Pupil("demo-pulsar", {"en": "Bright Pulsar", "zh": "大脉冲星"}, "7-9"),
)


@dataclass(frozen=True)
class Signer:
    """Signs for the pages of `origin`; a token lives for `life_s` seconds by `clock`, which tells Unix time."""

    key: jwt.PyJWK
    tenant: str
    origin: str
    life_s: int
    clock: Callable[[], float]

    def token(self, pupil: Pupil, *, locale: str, **standing: str | None) -> str:
        """A token for the pupil; `standing` says where they are, such as course and lesson, as far as it is known."""
        now = int(self.clock())
        claims = {
            "iss": self.tenant,
            "aud": AUDIENCE,
            "sub": pupil.sub,
            "iat": now,
            "exp": now + self.life_s,
            "grade_band": pupil.grade_band,
            "locale": locale,
            "origin": self.origin,
        }
        claims |= {name: value for name, value in standing.items() if value is not None}
        return jwt.encode(claims, self.key, algorithm=self.key.algorithm_name, headers={"kid": self.key.key_id})


def signer_of(key_set: str, *, origin: str, life_s: int, clock: Callable[[], float]) -> Signer:
    """Signs with the last key of a JWK Set that has its secret part; BadKey when none has."""
    try:
        keys = json.loads(key_set)["keys"]
        own = [key for key in keys if _SECRET.get(key.get("kty"), "") in key]
        if not own:
            raise BadKey("no key of NAVIGATOR_TOKEN_KEYS has its secret part, so nothing can be signed: navigator tokens new-key makes one")
        return Signer(jwt.PyJWK(own[-1]), _member(own[-1], "tenant"), origin, life_s, clock)
    except (ValueError, TypeError, KeyError, AttributeError, jwt.PyJWTError) as error:
        raise BadKey("NAVIGATOR_TOKEN_KEYS is no JWK Set whose keys have kid, alg and tenant: navigator tokens new-key makes one") from error


def _member(key: Mapping[str, Any], name: str) -> str:
    value = key[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value
