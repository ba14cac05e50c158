"""Text that callers send: cleaned and bounded the same way in a body and in an address."""

from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

LONGEST_QUESTION = 2_000  # code points
LONGEST_NAME = 200

_CONTROLS: dict[int, str | None] = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])
_CLEANED = _CONTROLS | dict.fromkeys(map(ord, "\n\r\t"), " ")


def clean(text: str, most: int) -> str:
    """Trimmed text of 1 to `most` code points. Line ends and tabs become spaces, other control characters fall away.

    NUL and lone surrogates are refused: nothing that a person types holds one.
    """
    if "\0" in text:
        raise PydanticCustomError("text", "holds the character NUL: leave it out")
    if any("\ud800" <= character <= "\udfff" for character in text):  # JSON can spell one, UTF-8 cannot
        raise PydanticCustomError("text", "holds half a character, a lone surrogate: send whole Unicode text")
    cleaned = text.translate(_CLEANED).strip()
    if not cleaned:
        raise PydanticCustomError("text", "is blank: write something in it")
    if len(cleaned) > most:
        raise PydanticCustomError("text", "is too long: {most} characters at most", {"most": most})
    return cleaned


def _told(most: int) -> WithJsonSchema:
    """The same as a schema: something that can be seen, and no NUL. `maxLength` would count what is trimmed and falls away."""
    told = f"1 to {most:,} characters, once trimmed and freed of control characters"
    return WithJsonSchema({"type": "string", "minLength": 1, "pattern": r"^[^\x00]*[^\x00-\x20\x7f-\xa0\s][^\x00]*$", "description": told})


Words = Annotated[str, AfterValidator(lambda text: clean(text, LONGEST_QUESTION)), _told(LONGEST_QUESTION)]
Name = Annotated[str, AfterValidator(lambda text: clean(text, LONGEST_NAME)), _told(LONGEST_NAME)]
