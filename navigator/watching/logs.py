"""One way of logging for everything that runs for long, ours and the libraries': lines of text for people, or JSON objects for machines.

A line is a line whatever is in it: line breaks and control characters are escaped, so that nobody can write a line of their own or colour
a terminal. Secrets are masked, also where a library's error quotes an address or a header.
"""

import datetime as dt
import io
import json
import logging
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import IO, cast
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from navigator.console import messages
from navigator.settings import Settings

MASK = "[secret]"
OWN = ("api.watched", "bot", "navigator")  # whose lines begin at INFO; of all others only warnings and errors are told
_BORN_WITH = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}

# What ends a line, moves a cursor, turns the writing round or is half of a character.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SECRETS = (
    (re.compile(r"\b\d{5,}:[\w-]{20,}"), MASK),  # a Telegram bot's token, which stands in the address of every call
    (re.compile(r"\beyJ[\w-]+\.[\w-]*\.[\w-]*"), MASK),  # a JSON Web Token
    (re.compile(r"(?i)\b(bearer|basic) [\w.~+/=-]{8,}"), rf"\1 {MASK}"),
    (re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^/@\s]+@"), rf"\1{MASK}@"),  # a name and password in an address
    (re.compile(r"(https?://[^\s?#'\"]+)\?[^\s'\"]+"), rf"\1?{MASK}"),
)

Fields = Callable[[], Mapping[str, str]]


def no_request() -> Mapping[str, str]:
    """Nothing is known of a request where there are none."""
    return {}


def log_to_stderr(settings: Settings, of_request: Fields = no_request) -> None:
    """From now on what a running server or bot tells its operator is a line each on standard error, as the settings want it.

    `of_request` gives what each line says of the request under way. With JSON also what commands print for people becomes lines of the log.
    """
    cleaned = Cleaned(secrets_of(settings))
    shown = logging.StreamHandler()
    shown.setLevel(logging.INFO)  # bm25s has its own lines begin at DEBUG
    shown.setFormatter(JsonLines(cleaned, of_request) if settings.log_format == "json" else TextLines(cleaned, of_request))
    logging.basicConfig(handlers=[shown], level=logging.WARNING)
    logging.captureWarnings(True)
    for name in OWN:
        logging.getLogger(name).setLevel(logging.INFO)
    if settings.log_format == "json":
        messages.file = cast(IO[str], Spoken())


def secrets_of(settings: Settings) -> list[str]:
    """Every secret of the settings, and the password within an address, longest first: one may hold another."""
    found = {value.get_secret_value() for value in dict(settings).values() if isinstance(value, SecretStr)}
    passwords = {urlsplit(one).password for one in found if "://" in one}
    known = found | {form for one in passwords if one for form in (one, unquote(one))}
    return sorted((one for one in known if len(one) >= 8), key=len, reverse=True)  # a shorter one would mask words of the language


class Cleaned:
    """Text with secrets masked and nothing in it that is not printable."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._known = re.compile("|".join(map(re.escape, secrets)) or r"(?!)")

    def __call__(self, text: str) -> str:
        return _UNPRINTABLE.sub(_escaped, self.masked(text))

    def masked(self, text: str) -> str:
        """The same with its line breaks."""
        text = self._known.sub(MASK, text)
        for pattern, instead in _SECRETS:
            text = pattern.sub(instead, text)
        return text


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")


class TextLines(logging.Formatter):
    """``time LEVEL what happened``; an error's traceback is indented below, so that none of its lines passes for another line of the log."""

    def __init__(self, cleaned: Cleaned, of_request: Fields) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")
        self._cleaned = cleaned
        self._of_request = of_request

    def formatMessage(self, record: logging.LogRecord) -> str:
        said = " ".join(f"{name}={value}" for name, value in self._of_request().items())
        return self._cleaned(super().formatMessage(record)) + (f" {self._cleaned(said)}" if said else "")

    def formatException(self, error: object) -> str:
        told = super().formatException(error)  # type: ignore[arg-type]
        return "\n".join(f"    {self._cleaned(line)}" for line in told.split("\n"))


class JsonLines(logging.Formatter):
    """A JSON object a line, in ASCII: time, level, logger, message, the request's fields, those of ``extra``, and ``error`` with the traceback."""

    def __init__(self, cleaned: Cleaned, of_request: Fields) -> None:
        super().__init__()
        self._cleaned = cleaned
        self._of_request = of_request

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": self._cleaned(record.getMessage()),
            **self._of_request(),
        }
        line |= {name: self._plain(value) for name, value in vars(record).items() if name not in _BORN_WITH}
        if record.exc_info:
            line["error"] = self._cleaned.masked(self.formatException(record.exc_info))
        return json.dumps(line)

    def _plain(self, value: object) -> object:
        return value if isinstance(value, int | float | None) else self._cleaned(str(value))


class Spoken(io.TextIOBase):
    """What is printed for people, told as lines of the log."""

    def __init__(self) -> None:
        self._begun = ""

    def write(self, text: str) -> int:
        *lines, self._begun = (self._begun + text).split("\n")
        for line in filter(str.strip, lines):
            logging.getLogger("navigator").info("%s", line)
        return len(text)

    def flush(self) -> None:
        sys.stderr.flush()
