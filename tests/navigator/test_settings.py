"""Settings: where they come from, what is refused and in which words, what never prints."""

import os
import re
from pathlib import Path

import pytest
from command_line import NOTHING_SET, ROOT
from pydantic import SecretStr

from navigator.settings import BadSettings, Settings, load_settings

EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in set(os.environ) - set(NOTHING_SET):
        monkeypatch.delenv(name)


def refusal() -> str:
    """The one line with which the settings are refused."""
    with pytest.raises(BadSettings) as refused:
        load_settings()
    assert "\n" not in str(refused.value)
    assert ".env.example" in str(refused.value)
    return str(refused.value)


def as_written(value: object) -> str:
    return "" if value is None else str(value)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_example_has_every_setting_with_its_default_and_says_what_it_is(name: str) -> None:
    line = f"NAVIGATOR_{name.upper()}={as_written(Settings.model_fields[name].default)}"
    lines = EXAMPLE.splitlines()
    assert line in lines
    paragraph = next(paragraph for paragraph in EXAMPLE.split("\n\n") if line in paragraph.splitlines())
    assert paragraph.startswith("# ")


def test_the_example_has_nothing_else() -> None:
    named = re.findall(r"^#?\s*NAVIGATOR_(\w+)=", EXAMPLE, re.MULTILINE)
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_as_it_stands_sets_the_defaults() -> None:
    Path(".env").write_text(EXAMPLE, encoding="utf-8")
    assert load_settings() == Settings.model_construct(**{name: known.default for name, known in Settings.model_fields.items()})


def test_with_nothing_set_the_defaults_serve_one_machine() -> None:
    settings = load_settings()
    assert (settings.data_dir, settings.host, settings.port, settings.embedder) == (Path("data"), "127.0.0.1", 8000, "multilingual-e5-small")
    assert settings.on_loopback


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("NAVIGATOR_PORT=9000\nNAVIGATOR_EMBEDDER=hashing\n", encoding="utf-8")
    monkeypatch.setenv("NAVIGATOR_PORT", "9001")
    settings = load_settings()
    assert (settings.port, settings.embedder) == (9001, "hashing")


def test_an_empty_setting_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(f"NAVIGATOR_{name.upper()}", "")
    assert load_settings() == Settings()
    assert load_settings().telegram_token is None


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "70000", "65535"),
        ("PORT", "-1", "0"),
        ("PORT", "eight", "integer"),
        ("LLM_BASE_URL", "127.0.0.1:11434", "address of a server"),
        ("LLM_BASE_URL", "http://me:secret@127.0.0.1/v1", "without a name or password"),
        ("AUTH", "none", "'open' or 'token'"),
        ("ALLOWED_ORIGINS", "*", "'*' is not an origin"),
        ("ALLOWED_ORIGINS", "https://player.example,null", "'null' is not an origin"),
        ("ALLOWED_ORIGINS", "https://player.example/", "such as https://player.example"),
        ("ALLOWED_ORIGINS", "https://Player.example", "such as https://player.example"),
        ("ALLOWED_ORIGINS", "https://player.example:443", "such as https://player.example"),
        ("ALLOWED_ORIGINS", "http://127.0.0.1:80", "such as https://player.example"),
        ("ALLOWED_ORIGINS", "http://127.0.0.1:08001", "such as https://player.example"),
        ("ALLOWED_ORIGINS", "https://*.example", "such as https://player.example"),
        ("ALLOWED_ORIGINS", "https://player.example https://x.example", "separate several by commas"),
        ("STAFF_TOKEN", "fifteen letters", "16"),
        ("COURSE_URL", "http://player.example/", "must begin with https:// or /"),
        ("DATABASE_URL", "mysql://app:hush@db/x", "must begin with postgresql://"),
        ("PSEUDONYM_KEY", "hush", "32"),
        ("RETENTION_DAYS", "0", "1"),
        ("QUESTIONS_PER_MINUTE", "-1", "0"),
        ("QUESTIONS_PER_MINUTE", "1001", "1000"),
        ("QUESTIONS_PER_DAY", "many", "integer"),
        ("QUESTIONS_PER_DAY", "100001", "100000"),
        ("TENANT_QUESTIONS_PER_MINUTE", "-1", "0"),
        ("ADDRESS_QUESTIONS_PER_MINUTE", "1000001", "1000000"),
        ("REDIS_URL", "127.0.0.1:6379", "such as redis://127.0.0.1:6379/0"),
        ("REDIS_URL", "http://127.0.0.1:6379", "such as redis://127.0.0.1:6379/0"),
        ("REDIS_URL", "redis://:hush@127.0.0.1/0?socket_timeout=9", "such as redis://127.0.0.1:6379/0"),
        ("REDIS_URL", "redis://:hush@/0", "such as redis://127.0.0.1:6379/0"),
        ("TRUSTED_PROXIES", "*", "such as 127.0.0.1,10.0.0.0/8"),
        ("TRUSTED_PROXIES", "proxy.example", "such as 127.0.0.1,10.0.0.0/8"),
        ("TRUSTED_PROXIES", "10.0.0.1/8", "such as 127.0.0.1,10.0.0.0/8"),
        ("TRUSTED_PROXIES", "127.0.0.1,", "such as 127.0.0.1,10.0.0.0/8"),
        ("TRUSTED_PROXIES", "0.0.0.0/0", "must not name every address"),
        ("TRUSTED_PROXIES", "127.0.0.1,::/0", "must not name every address"),
        ("COURSE_URL", "javascript:alert(1)", "must begin with https:// or /"),
        ("CHROMA_URL", "127.0.0.1:8001", "such as http://127.0.0.1:8001"),
        ("CHROMA_URL", "ftp://127.0.0.1", "such as http://127.0.0.1:8001"),
        ("CHROMA_URL", "http://", "such as http://127.0.0.1:8001"),
        ("CHROMA_URL", "http://staff:hush@127.0.0.1:8001", "without a name or password"),
        ("CHROMA_URL", "http://127.0.0.1:8001/?tenant=x", "such as http://127.0.0.1:8001"),
    ],
)
def test_a_setting_out_of_bounds_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    monkeypatch.setenv(f"NAVIGATOR_{name}", value)
    line = refusal()
    assert line.startswith(f"NAVIGATOR_{name}: ")
    assert says in line
    assert "Value error" not in line
    assert "hush" not in line


@pytest.mark.parametrize("name", ["NAVIGATOR_PROT", "navigator_prot", "NAVIGATOR_", "NAVIGATOR_CONFIG_FILE"])
def test_an_unknown_setting_in_the_environment_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    assert refusal().startswith(f"{name} is not a setting")


@pytest.mark.parametrize("name", ["NAVIGATOR_PROT", "PORT_OF_SOMETHING_ELSE"])
def test_an_unknown_setting_in_the_file_is_refused_by_the_name_it_has_there(name: str) -> None:
    Path(".env").write_text(f"NAVIGATOR_PORT=9000\n{name}=1\n", encoding="utf-8")
    assert refusal().startswith(f"{name} in .env is not a setting")


def test_what_only_tests_set_is_let_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIGATOR_TEST_CACHE", "/somewhere")
    assert load_settings() == Settings()


@pytest.mark.parametrize("content", [b"NAVIGATOR_HOST=\xff\n", "NAVIGATOR_PORT=1\n".encode("utf-16")])
def test_a_file_that_is_not_utf_8_is_refused(content: bytes) -> None:
    Path(".env").write_bytes(content)
    assert refusal().startswith(".env cannot be read")


def test_a_secret_never_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIGATOR_TELEGRAM_TOKEN", "123:hush")
    monkeypatch.setenv("NAVIGATOR_REDIS_URL", "rediss://user:hush@redis.example:6380/1")
    settings = load_settings()
    assert settings.telegram_token == SecretStr("123:hush")
    for shown in (repr(settings), str(settings), settings.model_dump_json(), repr(settings.telegram_token)):
        assert "hush" not in shown


def test_a_secret_stays_hidden_when_another_setting_is_refused() -> None:
    Path(".env").write_text("NAVIGATOR_TELEGRAM_TOKEN=123:hush\nNAVIGATOR_PORT=x\n", encoding="utf-8")
    assert "hush" not in refusal()


def test_settings_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValueError, match="frozen"):
        load_settings().port = 1


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.7", False),
        ("navigator.example", False),
        ("127.0.0.1.example", False),
    ],
)
def test_loopback_is_only_what_no_other_machine_can_reach(host: str, loopback: bool) -> None:
    assert Settings(host=host).on_loopback is loopback
