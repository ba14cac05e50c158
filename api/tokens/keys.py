"""Keys that sign and verify tokens: a JWK Set (RFC 7517) whose keys each name their tenant."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Self

from jwt import PyJWK
from jwt.exceptions import PyJWTError
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from api.standing import OPEN
from api.tokens.errors import BadKeys
from api.tokens.text import Line

SHORTEST_SECRET = 32  # bytes of an HS256 key: as many as its hash has (RFC 7518, 3.2)
# Pseudonyms are made of tenant and subject: a school under one of these names could pass for whom our other doors know.
TAKEN = frozenset({OPEN, "telegram", "local"})

Alg = Literal["EdDSA", "HS256"]
Holds = Literal["private", "public", "secret"]


def _free(tenant: str) -> str:
    if tenant in TAKEN:
        raise ValueError("a name that our own doors have")
    return tenant


def _long_enough(secret: str) -> str:
    if len(urlsafe_b64decode(secret + "=" * (-len(secret) % 4))) < SHORTEST_SECRET:
        raise ValueError("too short")
    return secret


Tenant = Annotated[Line, AfterValidator(_free)]
Base64Url = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$")]


class _Jwk(BaseModel):
    model_config = ConfigDict(strict=True, hide_input_in_errors=True)

    kid: Line
    tenant: Tenant


class _Ed25519(_Jwk):
    alg: Literal["EdDSA"]
    kty: Literal["OKP"]
    crv: Literal["Ed25519"]
    x: Base64Url
    d: Base64Url | None = None


class _Secret(_Jwk):
    alg: Literal["HS256"]
    kty: Literal["oct"]
    k: Annotated[Base64Url, AfterValidator(_long_enough)]


_KEY: TypeAdapter[_Ed25519 | _Secret] = TypeAdapter(Annotated[_Ed25519 | _Secret, Field(discriminator="alg")])
_MUST = {
    "alg": "be 'EdDSA' or 'HS256'",
    "kid": "be text of 1 to 200 printable characters",
    "tenant": f"be text of 1 to 200 printable characters, and none of {', '.join(sorted(TAKEN))}",
    "kty": "be 'OKP' for EdDSA, 'oct' for HS256",
    "crv": "be 'Ed25519'",
    "x": "be the public half, base64url",
    "d": "be the private half, base64url, or left out",
    "k": f"be {SHORTEST_SECRET} random bytes or more, base64url",
}


@dataclass(frozen=True)
class Key:
    """One tenant's key. `holds` tells whether it can sign (`private`, `secret`) or only verify; a `secret` does both, on both sides."""

    kid: str
    alg: Alg
    tenant: str
    holds: Holds
    material: PyJWK = field(repr=False, compare=False)

    @property
    def signs(self) -> bool:
        """Whether tokens can be made with it."""
        return self.holds != "public"


@dataclass(frozen=True)
class KeySet:
    """The keys of all tenants, in the order of their file; a tenant may have several, which is how they are changed."""

    keys: tuple[Key, ...]

    @classmethod
    def read(cls, text: str | bytes) -> Self:
        """The keys of a JWK Set, perhaps none; BadKeys when one of them, or the whole, is not as it must be."""
        keys = tuple(_key(number, jwk) for number, jwk in enumerate(jwks(text)["keys"], 1))
        kids = [key.kid for key in keys]
        twice = next((kid for kid in kids if kids.count(kid) > 1), None)
        if twice is not None:
            raise BadKeys(f"two token keys have the kid {twice!r}: give each its own")
        return cls(keys)

    def named(self, kid: str) -> Key | None:
        """The key of that kid."""
        return next((key for key in self.keys if key.kid == kid), None)

    def signer(self, tenant: str | None = None) -> Key | None:
        """The newest key that can sign, for one tenant or whichever: new keys stand at the end."""
        return next((key for key in reversed(self.keys) if key.signs and tenant in (None, key.tenant)), None)


def jwks(text: str | bytes) -> dict[str, Any]:
    """A JWK Set as it is written, its `keys` a list; BadKeys when it is none."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadKeys("the token keys are not JSON: make them with navigator tokens new-key") from error
    if not isinstance(read, dict) or not isinstance(read.get("keys"), list):
        raise BadKeys('the token keys are no JWK Set: it has the form {"keys": [...]}; make one with navigator tokens new-key')
    return read


def _key(number: int, jwk: object) -> Key:
    try:
        checked = _KEY.validate_python(jwk)
    except ValidationError as error:
        raise BadKeys(f"token key {_called(number, jwk)}: {_wrong(error)}") from error
    try:
        material = PyJWK(checked.model_dump(exclude_none=True, exclude={"tenant"}))
    except PyJWTError as error:
        raise BadKeys(f"token key {_called(number, jwk)}: it is no {checked.kty} key: make another with navigator tokens new-key") from error
    return Key(checked.kid, checked.alg, checked.tenant, _held(checked), material)


def _held(jwk: _Ed25519 | _Secret) -> Holds:
    if isinstance(jwk, _Secret):
        return "secret"
    return "public" if jwk.d is None else "private"


def _called(number: int, jwk: object) -> str:
    kid = jwk.get("kid") if isinstance(jwk, Mapping) else None
    return ascii(kid)[:80] if isinstance(kid, str) and kid else f"number {number}"


def _wrong(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    if not first["loc"]:
        return f"it must be a JSON object, and its alg {_MUST['alg']}"
    name = str(first["loc"][-1])
    return f"its {name} must {_MUST[name]}"
