"""What a token says of its bearer, and which of it cannot be."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.tokens.errors import BadToken
from api.tokens.text import Line, Locale, Origin
from tutor.types import GradeBand, Language

AUDIENCE = "navigator"
LONGEST_LIFE_S = 900
LEEWAY_S = 30  # by which a host's clock may differ from ours

_LANGUAGES: dict[str, Language] = {"zh": "zh", "en": "en"}
_LINE = "be text of 1 to 200 printable characters"
_SECONDS = "be seconds since 1970, a number"
_MUST = {
    "iss": f"{_LINE}: the tenant of the key",
    "aud": f"be '{AUDIENCE}'",
    "sub": f"{_LINE}: a pseudonym of the student, always the same one",
    "iat": _SECONDS,
    "exp": _SECONDS,
    "nbf": f"{_SECONDS}, or left out",
    "course": f"{_LINE}, or left out",
    "lesson": f"{_LINE}, or left out",
    "grade_band": "be '1-3', '4-6', '7-9' or '10-12', or left out",
    "locale": "be a language tag such as 'zh-CN' or 'en', or left out",
    "origin": "be the page's origin as browsers send it, such as 'https://player.example', without a path, or left out",
    "position_s": "be a number of seconds, 0 or more, or left out",
}

Time = Annotated[float, Field(ge=0, le=2**53, allow_inf_nan=False)]


class Claims(BaseModel):
    """Who a token's bearer is, by whose word, and where they stand. `iss` is the tenant, `sub` the host's pseudonym of the student."""

    model_config = ConfigDict(strict=True, frozen=True, hide_input_in_errors=True)

    iss: Line
    aud: str | list[str]
    sub: Line
    iat: Time
    exp: Time
    nbf: Time | None = None
    course: Line | None = None
    lesson: Line | None = None
    grade_band: GradeBand | None = None
    locale: Locale | None = None
    origin: Origin | None = None
    position_s: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None

    @classmethod
    def read(cls, payload: bytes) -> Self:
        """The claims in a token's payload; BadToken names the first that is not what it must be."""
        try:
            return cls.model_validate_json(payload)
        except ValidationError as error:
            raise BadToken(_wrong(error)) from error

    @property
    def language(self) -> Language | None:
        """The language of the locale; None for one that the tutor does not speak."""
        return _LANGUAGES.get((self.locale or "").replace("_", "-").split("-")[0].lower())

    def problems(self, tenant: str, now: float) -> Iterator[str]:
        """All that is wrong with them besides age, as sentences, for a key of that tenant at that time (seconds since 1970)."""
        if self.iss != tenant:
            yield f"The token's iss must be the tenant of its key, {tenant!r}."
        if AUDIENCE not in ([self.aud] if isinstance(self.aud, str) else self.aud):
            yield f"The token's aud must {_MUST['aud']}."
        if not 0 < self.exp - self.iat <= LONGEST_LIFE_S:
            yield f"The token's exp must lie after its iat, by {LONGEST_LIFE_S} seconds at most."
        ahead = max(self.iat, self.nbf or 0) - now
        if ahead > LEEWAY_S:
            yield f"The token's iat or nbf lies {ahead:.0f} seconds in the future: set the clock of the server that signs."

    def age_s(self, now: float) -> float:
        """For how many seconds they have been too old; 0 or less while they are not."""
        return now - self.exp - LEEWAY_S


def _wrong(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    if name not in _MUST:
        return "The token's payload must be a JSON object in UTF-8."
    return f"The token has no claim {name}: it must {_MUST[name]}." if first["type"] == "missing" else f"The token's {name} must {_MUST[name]}."
