"""The log: one line a thing, in text or JSON, from ours and the libraries; no line can be made up, and no secret stands in one."""

import json
import logging
import warnings
from collections.abc import Callable, Iterator

import pytest
from pydantic import SecretStr

from navigator.console import messages
from navigator.settings import Settings
from navigator.watching.logs import MASK, log_to_stderr, secrets_of

BOT_TOKEN = "123456789:AAF-hush_hush-hush_hush-hush_hush99"
HOSTILE = "Anna\r\n2026-01-01 00:00:00,000 INFO all is well\x1b[31m\x9b31m\u2028\u202egnp\x00\ud800\x7f"

Told = Callable[[], list[str]]


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Leaves logging and the console as they were."""
    root, level, file = logging.getLogger(), logging.getLogger().level, messages.file
    named = {name: logging.getLogger(name).level for name in ("api.watched", "bot", "navigator")}
    yield
    messages.file = file
    root.setLevel(level)
    for name, before in named.items():
        logging.getLogger(name).setLevel(before)
    logging.captureWarnings(False)
    root.handlers[:] = [handler for handler in root.handlers if type(handler) is not logging.StreamHandler]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """What was written to standard error since it was last asked, line by line."""
    return lambda: capsys.readouterr().err.splitlines()


def begin(log_format: str = "text", **more: object) -> None:
    logging.getLogger().handlers[:] = []  # those of pytest, which would be thought to be ours
    log_to_stderr(Settings(log_format=log_format, **more), lambda: {"request": "0123456789abcdef"})  # type: ignore[arg-type]


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_nobody_can_write_a_line_of_their_own(told: Told, log_format: str) -> None:
    begin(log_format)
    logging.getLogger("bot").warning("a name: %s", HOSTILE, extra={"name_of": HOSTILE})
    [line] = told()
    assert line.isascii()
    assert line.isprintable()
    assert "all is well" in line


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_nor_with_an_error(told: Told, log_format: str) -> None:
    begin(log_format)
    try:
        raise ValueError(HOSTILE)
    except ValueError:
        logging.getLogger("api").exception("it failed")
    first, *rest = told()
    assert "it failed" in first
    assert all(line.startswith("    ") and line.isprintable() for line in rest)
    assert (rest == []) is (log_format == "json")
    assert "Traceback" in (json.loads(first)["error"] if log_format == "json" else rest[0])


def test_text_has_the_time_the_level_and_the_request(told: Told) -> None:
    begin()
    logging.getLogger("navigator").info("all is %s", "well")
    assert told()[0][24:] == "INFO all is well request=0123456789abcdef"


def test_json_has_the_same_and_what_is_told_beside(told: Told) -> None:
    begin("json")
    logging.getLogger("tutor.tutor").warning("blocked", extra={"concern": "self-harm", "status": 200})
    line = json.loads(told()[0])
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "WARNING",
        "logger": "tutor.tutor",
        "message": "blocked",
        "request": "0123456789abcdef",
        "concern": "self-harm",
        "status": 200,
    }


def test_with_json_what_is_printed_for_people_is_a_line_too(told: Told) -> None:
    begin("json")
    messages.print("Navigator is at http://127.0.0.1:8000/demo\n  A question: 月球?")
    assert [json.loads(line)["message"] for line in told()] == ["Navigator is at http://127.0.0.1:8000/demo", "  A question: 月球?"]


@pytest.mark.parametrize(
    "said",
    [
        f"POST https://api.telegram.org/bot{BOT_TOKEN}/getMe",
        "cannot reach postgresql://app:hush-hush@db/navigator",
        "the password hush-hush was refused",
        "Authorization: Bearer hush-hush",
        "token=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJodXNoIn0.hush-hush",
        "the staff's is hush-hush-hush-hush",
        "GET https://player.example/?sub=hush&x=hush",
    ],
)
@pytest.mark.parametrize("log_format", ["text", "json"])
def test_secrets_are_masked_whoever_tells_them(told: Told, said: str, log_format: str) -> None:
    begin(log_format, staff_token="hush-hush-hush-hush", database_url="postgresql://app:hush-hush@db/navigator", telegram_token=BOT_TOKEN)
    logging.getLogger("httpx2").warning("%s", said)
    try:
        raise ConnectionError(said)
    except ConnectionError:
        logging.getLogger("uvicorn.error").exception("it failed")
    everything = "\n".join(told())
    assert "hush" not in everything
    assert MASK in everything


def test_libraries_are_told_from_warnings_on(told: Told) -> None:
    begin()
    for name in ("httpx", "httpx2", "chromadb", "uvicorn.access", "alembic"):
        logging.getLogger(name).info("POST https://api.telegram.org/")
    assert told() == []
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    assert "DeprecationWarning: old" in told()[0]


def test_secrets_are_known_by_their_settings_longest_first() -> None:
    settings = Settings(staff_token=SecretStr("s" * 16), database_url=SecretStr("postgresql://app:p%40ssword-1@db/x"), llm_api_key=SecretStr("short"))
    assert secrets_of(settings) == ["postgresql://app:p%40ssword-1@db/x", "s" * 16, "p%40ssword-1", "p@ssword-1"]
