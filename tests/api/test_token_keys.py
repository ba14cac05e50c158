"""The keys of the schools: what a JWK Set must hold, and how keys come and go while the server runs."""

import json
import logging
import os
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

import pytest
from token_desk import OTHER, SCHOOL, SHARED, halves

from api.tokens import BadKeys, KeyRing, KeySet
from api.tokens.signing import new_jwk


def secret(length: int) -> str:
    return urlsafe_b64encode(b"s" * length).decode().rstrip("=")


def refusal(text: str | bytes) -> str:
    """The one line with which keys are refused, which holds nothing of them."""
    with pytest.raises(BadKeys) as refused:
        KeySet.read(text)
    said = str(refused.value)
    assert said.isprintable()
    assert SCHOOL["d"] not in said
    assert SHARED["k"] not in said
    return said


def test_keys_are_known_by_their_kid_with_their_tenant_and_what_they_hold() -> None:
    keys = KeySet.read(json.dumps({"keys": [SCHOOL, SHARED, json.loads(halves(OTHER))["keys"][0]]}))
    assert [(key.kid, key.tenant, key.alg, key.holds, key.signs) for key in keys.keys] == [
        ("school-1", "school", "EdDSA", "private", True),
        ("shared-1", "third school", "HS256", "secret", True),
        ("other-1", "another school", "EdDSA", "public", False),
    ]
    assert keys.named("other-1") == keys.keys[2]
    assert keys.named("nobody") is None


def test_the_newest_key_that_can_sign_signs() -> None:
    newer = new_jwk("school-2", "school", "EdDSA")
    keys = KeySet.read(json.dumps({"keys": [SCHOOL, newer, OTHER, json.loads(halves(new_jwk("school-3", "school", "EdDSA")))["keys"][0]]}))
    signers = [keys.signer("school"), keys.signer(), keys.signer("nobody")]
    assert [signer and signer.kid for signer in signers] == ["school-2", "other-1", None]


def test_no_keys_are_keys_too() -> None:
    assert KeySet.read('{"keys": []}').keys == ()


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"keys"', "{}", '{"keys": {}}', json.dumps(SCHOOL), b"\xff\xfe\xfa", "[" * 100_000])
def test_what_is_no_jwk_set_is_refused(text: str | bytes) -> None:
    assert "navigator tokens new-key" in refusal(text)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"kid": ...}, "number 1: its kid must be"),
        ({"kid": 7}, "number 1: its kid must be"),
        ({"kid": "a\x1b[31m"}, "its kid must be"),
        ({"kid": "k" * 201}, "its kid must be"),
        ({"tenant": ...}, "'school-1': its tenant must be"),
        ({"tenant": ""}, "its tenant must be"),
        ({"tenant": "a\x1fb"}, "its tenant must be"),
        ({"tenant": "open"}, "none of local, open, telegram"),
        ({"tenant": "telegram"}, "none of local, open, telegram"),
        ({"alg": ...}, "its alg be 'EdDSA' or 'HS256'"),
        ({"alg": "none"}, "its alg be 'EdDSA' or 'HS256'"),
        ({"alg": "RS256"}, "its alg be 'EdDSA' or 'HS256'"),
        ({"alg": "HS256"}, "its kty must be"),
        ({"kty": "RSA"}, "its kty must be"),
        ({"crv": "Ed448"}, "its crv must be 'Ed25519'"),
        ({"x": "short"}, "no OKP key"),
        ({"x": "not base64!"}, "its x must be the public half"),
        ({"x": OTHER["x"]}, "no OKP key"),
        ({"d": "AAAA"}, "no OKP key"),
        ({"d": 7}, "its d must be the private half"),
    ],
)
def test_a_key_that_cannot_be_used_is_named(changed: dict[str, object], says: str) -> None:
    key: dict[str, Any] = {name: value for name, value in (SCHOOL | changed).items() if value is not ...}
    assert says in refusal(json.dumps({"keys": [key]}))


@pytest.mark.parametrize("k", ["", secret(31), "hush hush", 7, "A" * 45])
def test_a_secret_that_is_short_or_none_is_refused(k: object) -> None:
    assert "its k must be 32 random bytes or more" in refusal(json.dumps({"keys": [SHARED | {"k": k}]}))
    assert KeySet.read(json.dumps({"keys": [SHARED | {"k": secret(32)}]}))


@pytest.mark.parametrize("key", [None, 7, "key", []])
def test_what_is_no_key_is_refused(key: object) -> None:
    assert "number 1: it must be a JSON object" in refusal(json.dumps({"keys": [key]}))


def test_one_kid_has_one_key() -> None:
    assert "'school-1'" in refusal(json.dumps({"keys": [SCHOOL, OTHER | {"kid": "school-1"}]}))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "keys.json"
    path.write_text(halves(SCHOOL), encoding="utf-8")
    return path


def rewritten(path: Path, text: str) -> None:
    """The file with another text; its time is another one, however coarse the disk's clock."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 1_000, before + 1_000))


def test_a_key_comes_and_goes_with_the_file(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ring = KeyRing(str(path))
    assert ring.named("other-1") is None
    rewritten(path, halves(SCHOOL, OTHER))
    assert ring.named("other-1")
    assert ring.named("school-1")
    rewritten(path, halves(OTHER))
    assert ring.named("school-1") is None
    rewritten(path, halves())
    assert ring.named("other-1") is None, "the last key retired lets nobody in"
    assert caplog.messages[-1] == "the token keys were read again: there are now 0"


@pytest.mark.parametrize("broken", ["", "{", '{"keys": [{"kid": "school-1"}]}', json.dumps({"keys": [SHARED | {"k": "c2hvcnQ"}]})])
def test_a_broken_file_keeps_the_keys_and_is_told_once(path: Path, caplog: pytest.LogCaptureFixture, broken: str) -> None:
    ring = KeyRing(str(path))
    rewritten(path, broken)
    for _ in range(3):
        assert ring.named("school-1")
    assert len(caplog.records) == 1
    assert caplog.records[0].levelno == logging.ERROR
    assert str(path) in caplog.text
    assert "c2hvcnQ" not in caplog.text
    rewritten(path, halves(OTHER))
    assert ring.named("other-1")


def test_a_file_that_is_gone_keeps_the_keys(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ring = KeyRing(str(path))
    path.unlink()
    assert ring.named("school-1")
    assert ring.named("school-1")
    assert len(caplog.records) == 1
    rewritten(path, halves(OTHER))
    assert ring.named("other-1")


def test_keys_may_stand_in_the_setting_itself() -> None:
    assert KeyRing(halves(SCHOOL)).named("school-1")


@pytest.mark.parametrize("source", ["nowhere.json", "", ".", "a\x00b", "x" * 5_000, '{"keys": []}', '{"keys"'])
def test_without_keys_no_server_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadKeys, match="navigator tokens new-key"):
        KeyRing(source)
