"""Text in tokens and keys: one line of printable characters, taken as it stands and never cleaned, since it names somebody."""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

LONGEST = 200  # code points
# What browsers send in Origin: scheme, host in lower case, a port that is not the scheme's own.
_ORIGIN = re.compile(r"https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(:[1-9]\d{0,4})?", re.ASCII)
_LOCALE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*", re.ASCII)


def _printable(text: str) -> str:
    if not text.isprintable() or text != text.strip():
        raise ValueError("not printable")
    return text


def _origin(text: str) -> str:
    if not is_origin(text):
        raise ValueError("no origin")
    return text


def _locale(text: str) -> str:
    if not _LOCALE.fullmatch(text):
        raise ValueError("no locale")
    return text


def is_origin(text: str) -> bool:
    """Whether a browser could send this as a page's origin."""
    scheme, _, rest = text.partition("://")
    default = {"http": ":80", "https": ":443"}.get(scheme, "")
    return _ORIGIN.fullmatch(text) is not None and not rest.endswith(default)


Line = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST), AfterValidator(_printable)]
Origin = Annotated[str, StringConstraints(max_length=LONGEST), AfterValidator(_origin)]
Locale = Annotated[str, StringConstraints(max_length=35), AfterValidator(_locale)]
