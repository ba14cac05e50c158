"""`navigator tokens`: keys and tokens made, shown, looked into, retired; what is secret is shown to nobody by mistake."""

import io
import json
import os
import stat
import sys
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine

from api.tokens import KeyRing, Page, Tokens, keys_of


@pytest.fixture
def navigator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(tmp_path, monkeypatch, capsys)


@pytest.fixture
def pair(navigator: CommandLine) -> CommandLine:
    """A school's pair: the private half in host.json, the public one in server.json, which the settings name."""
    assert navigator("tokens", "new-key", "--tenant", "学校", "--into", "host.json", "--public", "server.json").status == 0
    navigator.set(TOKEN_KEYS="server.json")
    return navigator


def keys_in(path: str) -> list[dict[str, Any]]:
    held: list[dict[str, Any]] = json.loads(Path(path).read_text(encoding="utf-8"))["keys"]
    return held


def test_a_pair_comes_apart_into_what_each_side_needs(pair: CommandLine) -> None:
    (private,), (public,) = keys_in("host.json"), keys_in("server.json")
    assert {name: value for name, value in private.items() if name != "d"} == public
    assert (public["kty"], public["crv"], public["alg"], public["tenant"]) == ("OKP", "Ed25519", "EdDSA", "学校")
    assert [stat.S_IMODE(Path(name).stat().st_mode) for name in ("host.json", "server.json")] == [0o600, 0o600]
    assert [one["holds"] for one in pair("tokens", "list", "--keys", "host.json", "--json").json["keys"]] == ["private"]
    assert "public half, for the server" in pair("tokens", "list").out
    assert private["d"] not in pair("tokens", "list", "--keys", "host.json").out
    printed = pair("tokens", "public", "--keys", "host.json").json
    assert printed == {"keys": [public]}


def test_a_key_is_printed_when_no_file_is_named(navigator: CommandLine) -> None:
    made = navigator("tokens", "new-key", "--tenant", "school", "--alg", "HS256").json
    Path("keys.json").write_text(json.dumps(made), encoding="utf-8")
    assert keys_of("keys.json").keys[0].holds == "secret"
    assert made["keys"][0]["k"] not in navigator("tokens", "list", "--keys", "keys.json").out
    shown = navigator("tokens", "public", "--keys", "keys.json")
    assert shown.json == {"keys": []}
    assert "1 shared secret has no public half" in shown.err
    assert navigator("tokens", "new-key", "--tenant", "school", "--alg", "HS256", "--public", "x.json").status == 2


@pytest.mark.parametrize("alg", ["EdDSA", "HS256"])
def test_what_is_made_passes_at_a_server(navigator: CommandLine, alg: str) -> None:
    assert navigator("tokens", "new-key", "--tenant", "school", "--alg", alg, "--into", "keys.json").status == 0
    standing = {
        "course": "space-1",
        "lesson": "rockets",
        "grade-band": "4-6",
        "locale": "zh-CN",
        "origin": "http://127.0.0.1:8001",
        "position-s": "12.5",
    }
    options = [part for name, value in standing.items() for part in (f"--{name}", value)]
    made = navigator("tokens", "make", "--keys", "keys.json", "--tenant", "school", "--sub", "anna", "--ttl", 300, *options)
    said = Tokens(KeyRing("keys.json")).checked(made.out.strip(), Page("http://127.0.0.1:8001"))
    assert (said.sub, said.lesson, said.position_s, said.language, said.exp - said.iat) == ("anna", "rockets", 12.5, "zh", 300)
    assert made.err == ""


def test_keys_are_changed_without_a_restart(pair: CommandLine) -> None:
    server, old = Tokens(KeyRing("server.json")), pair("tokens", "make", "--keys", "host.json", "--tenant", "学校", "--sub", "anna").out.strip()
    assert pair("tokens", "new-key", "--tenant", "学校", "--into", "host.json", "--public", "server.json").status == 0
    new = pair("tokens", "make", "--keys", "host.json", "--tenant", "学校", "--sub", "anna").out.strip()
    assert [server.checked(token, Page()).sub for token in (old, new)] == ["anna", "anna"], "both keys hold while hosts change over"
    first, second = (key["kid"] for key in keys_in("server.json"))
    assert pair("tokens", "inspect", new, "--json").json["header"]["kid"] == second, "the newest signs"
    assert "has 1 key left" in pair("tokens", "retire", first).out
    assert server.checked(new, Page())
    inspected = pair("tokens", "inspect", old, "--json")
    assert "kid names no key" in inspected.json_of_a_failure["problems"][0]
    assert "has no keys left" in pair("tokens", "retire", second).out
    assert keys_in("server.json") == []


def test_what_else_stands_in_a_file_stays_and_its_link_too(pair: CommandLine) -> None:
    held = json.loads(Path("server.json").read_text(encoding="utf-8")) | {"note": "学校的密钥"}
    held["keys"][0]["x5t"] = "kept"
    Path("real.json").write_text(json.dumps(held), encoding="utf-8")
    Path("server.json").unlink()
    Path("server.json").symlink_to("real.json")
    assert pair("tokens", "new-key", "--tenant", "b", "--into", "b.json", "--public", "server.json").status == 0
    after = json.loads(Path("real.json").read_text(encoding="utf-8"))
    assert (after["note"], after["keys"][0]["x5t"], len(after["keys"])) == ("学校的密钥", "kept", 2)
    assert Path("server.json").is_symlink()
    assert sorted(path.name for path in Path().glob(".*json*")) == [], "nothing is left over"


def test_an_inspection_tells_all_and_needs_neither_server_nor_keys(pair: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    token = pair("tokens", "make", "--keys", "host.json", "--tenant", "学校", "--sub", "anna", "--lesson", "火箭").out.strip()
    monkeypatch.setattr(sys, "stdin", io.StringIO(token + "\n"))
    shown = pair("tokens", "inspect", "-")
    assert (shown.status, shown.err) == (0, "Nothing is wrong with what it says.\n")
    assert all(word in shown.out for word in ("学校", "火箭", "anna", " UTC"))
    monkeypatch.delenv("NAVIGATOR_TOKEN_KEYS")
    unsigned = pair("tokens", "inspect", f"{token[:-20]}{'A' * 20}")
    assert unsigned.status == 0
    assert "signature was not looked at" in unsigned.err
    checked = pair("tokens", "inspect", f"{token[:-20]}{'A' * 20}", "--keys", "server.json")
    assert checked.status == 1
    assert "signature is not by the key" in checked.err


def test_a_hostile_token_writes_nothing_to_the_terminal_but_text(pair: CommandLine) -> None:
    said = {"sub": "\x1b]0;owned\x07\r\n\x9b31m", "\x1b[2J": "x", "exp": 1e308, "iat": {"a": [1]}}
    parts = [urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({"alg": "none", "kid": "\x1b[31m"}, said)]
    shown = pair("tokens", "inspect", ".".join([*parts, ""]))
    assert shown.status == 1
    assert not any(character in shown.out + shown.err for character in "\x1b\x07\r\x9b")
    assert "\\u001b" in shown.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("inspect", "hello"), "no token"),
        (("inspect", ""), "no token"),
        (("retire", "nobody"), "has no key 'nobody'"),
        (("list", "--keys", "nowhere.json"), "cannot be read"),
        (("list", "--keys", "."), "cannot be read"),
        (("list", "--keys", "{}"), "no JWK Set"),
        (("make", "--tenant", "nobody", "--sub", "x"), "no key of tenant 'nobody' that can sign"),
        (("make", "--tenant", "学校", "--sub", "x"), "no key of tenant '学校' that can sign"),
        (("make", "--keys", "host.json", "--tenant", "学校", "--sub", ""), "sub must be text"),
        (("make", "--keys", "host.json", "--tenant", "学校", "--sub", "a\x1bb"), "sub must be text"),
        (("make", "--keys", "host.json", "--tenant", "学校", "--sub", "x", "--origin", "https://player.example/"), "origin must be"),
        (("make", "--keys", "host.json", "--tenant", "学校", "--sub", "x", "--locale", "中文"), "locale must be"),
        (("new-key", "--tenant", "open"), "tenant must be"),
        (("new-key", "--tenant", "a\nb"), "tenant must be"),
        (("new-key", "--tenant", "x", "--into", "no/such/folder/keys.json"), "cannot be written"),
        (("new-key", "--tenant", "x", "--into", "broken.json"), "not JSON"),
    ],
)
def test_what_cannot_be_done_is_one_line(pair: CommandLine, arguments: tuple[str, ...], says: str) -> None:
    Path("broken.json").write_text("{", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in Path().glob("*.json")}
    assert says in pair("tokens", *arguments).failure
    assert {path.name: path.read_bytes() for path in Path().glob("*.json")} == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("make", "--tenant", "x"),
        ("make", "--tenant", "x", "--sub", "y", "--ttl", "901"),
        ("make", "--tenant", "x", "--sub", "y", "--grade-band", "5"),
        ("new-key",),
        ("new-key", "--tenant", "x", "--alg", "RS256"),
        ("new-key", "--tenant", "x", "--alg", "none"),
        ("retire",),
        ("nonsense",),
    ],
)
def test_wrong_usage_exits_with_two(navigator: CommandLine, arguments: tuple[str, ...]) -> None:
    assert navigator("tokens", *arguments).status == 2


def test_without_keys_named_it_says_how(navigator: CommandLine) -> None:
    assert "NAVIGATOR_TOKEN_KEYS" in navigator("tokens", "list").failure
    held = json.dumps(navigator("tokens", "new-key", "--tenant", "school").json)
    navigator.set(TOKEN_KEYS=held)
    kid = navigator("tokens", "list", "--json").json["keys"][0]["kid"]
    assert "holds the keys themselves" in navigator("tokens", "retire", kid).failure


def test_the_server_s_user_can_still_read_what_root_changed(pair: CommandLine) -> None:
    """Which only root could spoil: another user's files stay that user's."""
    owner = 65534 if os.geteuid() == 0 else os.geteuid()
    os.chown("server.json", owner, -1)
    assert pair("tokens", "new-key", "--tenant", "学校", "--into", "host.json", "--public", "server.json").status == 0
    assert (Path("server.json").stat().st_uid, len(keys_in("server.json"))) == (owner, 2)
