"""Tokens: the good ones pass with what they vouch for; each of the others is refused in a sentence that helps and tells no secret."""

import hashlib
import hmac
import math
import time
from base64 import urlsafe_b64decode
from typing import Any

import pytest
from jwt import PyJWK
from token_desk import KEYS, NOW, OTHER, PLAYER, SCHOOL, SHARED, claims, good, halves, part, signed

from api.tokens import BadKeys, BadToken, Bearer, KeyRing, Page, TokenExpired, Tokens, WrongOrigin, inspect, sign

TOKENS = Tokens(KeyRing(halves(SCHOOL, OTHER, SHARED)), lambda: NOW)
SERVER = Page()


def refusal(token: str, page: Page = SERVER) -> str:
    """The sentence with which a token is refused; it holds neither the token's nor a key's secret parts."""
    with pytest.raises(BadToken) as refused:
        TOKENS.checked(token, page)
    said = str(refused.value)
    assert said.endswith(".")
    assert said.isprintable()
    assert not any(secret in said for secret in (SCHOOL["d"], SHARED["k"], token.rpartition(".")[2]) if len(secret) > 20)
    return said


def test_a_good_token_vouches_for_all_that_it_says() -> None:
    standing: dict[str, Any] = {"course": "航天", "lesson": "rockets", "grade_band": "4-6", "locale": "zh-CN", "position_s": 12.5}
    said = TOKENS.checked(good(origin=PLAYER, **standing), Page(PLAYER))
    assert (said.iss, said.sub, said.language) == ("school", "anna", "zh")
    assert {name: getattr(said, name) for name in standing} == standing


def test_both_algorithms_and_every_tenant_s_own_key_pass() -> None:
    assert TOKENS.checked(good("other-1"), SERVER).iss == "another school"
    assert TOKENS.checked(good("shared-1"), SERVER).iss == "third school"


@pytest.mark.parametrize(
    "changed",
    [
        {"iat": NOW + 29, "exp": NOW + 900},
        {"iat": NOW - 600, "exp": NOW - 29},
        {"iat": NOW, "exp": NOW + 900},
        {"iat": NOW + 0.5, "exp": NOW + 300.25, "nbf": NOW},
        {"aud": ["navigator"]},
        {"aud": ["other", "navigator"]},
        {"sub": "学生 1"},
        {"sub": "s" * 200},
        {"jti": "x", "name": {"given": "Anna"}},
        dict.fromkeys(("course", "lesson", "grade_band", "locale", "origin", "position_s", "nbf")),
    ],
)
def test_what_the_standard_allows_passes(changed: dict[str, object]) -> None:
    assert TOKENS.checked(signed(claims(**changed)), SERVER).iss == "school"


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-CN", "zh"), ("zh", "zh"), ("ZH_tw", "zh"), ("zh-Hant-HK", "zh"), ("en", "en"), ("en-GB", "en"), ("fr", None), ("eng", None), (None, None)],
)
def test_a_locale_gives_a_language(locale: str | None, language: str | None) -> None:
    assert TOKENS.checked(good(locale=locale), SERVER).language == language


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"iss": ...}, "no claim iss"),
        ({"iss": "another school"}, "iss must be the tenant of its key, 'school'"),
        ({"iss": "School"}, "iss must be the tenant"),
        ({"iss": ["school"]}, "iss must be text"),
        ({"aud": ...}, "no claim aud"),
        ({"aud": "tutor"}, "aud must be 'navigator'"),
        ({"aud": ["tutor"]}, "aud must be 'navigator'"),
        ({"aud": []}, "aud must be 'navigator'"),
        ({"aud": 7}, "aud must be 'navigator'"),
        ({"sub": ...}, "no claim sub"),
        ({"sub": ""}, "sub must be text"),
        ({"sub": 7}, "sub must be text"),
        ({"sub": True}, "sub must be text"),
        ({"sub": {"$ne": None}}, "sub must be text"),
        ({"sub": "s" * 201}, "sub must be text"),
        ({"sub": " anna"}, "sub must be text"),
        ({"sub": "anna\r\nSet-Cookie: a=b"}, "sub must be text"),
        ({"sub": "\x1b[31manna"}, "sub must be text"),
        ({"sub": "an\x00na"}, "sub must be text"),
        ({"sub": "an\x1fna"}, "sub must be text"),
        ({"sub": "an\u2028na"}, "sub must be text"),
        ({"sub": "an\u202ena"}, "sub must be text"),
        ({"sub": "an\x9bna"}, "sub must be text"),
        ({"iat": ...}, "no claim iat"),
        ({"iat": str(NOW)}, "iat must be seconds"),
        ({"iat": True}, "iat must be seconds"),
        ({"iat": -1}, "iat must be seconds"),
        ({"iat": math.nan}, "iat must be seconds"),
        ({"exp": math.inf}, "exp must be seconds"),
        ({"iat": 1e300, "exp": 1e300}, "iat must be seconds"),
        ({"exp": ...}, "no claim exp"),
        ({"exp": None}, "exp must be seconds"),
        ({"exp": "soon"}, "exp must be seconds"),
        ({"exp": NOW + 901}, "by 900 seconds at most"),
        ({"exp": NOW}, "exp must lie after its iat"),
        ({"exp": NOW - 1}, "exp must lie after its iat"),
        ({"iat": NOW + 31, "exp": NOW + 600}, "31 seconds in the future"),
        ({"nbf": NOW + 31}, "31 seconds in the future"),
        ({"nbf": "now"}, "nbf must be seconds"),
        ({"course": ""}, "course must be text"),
        ({"course": 7}, "course must be text"),
        ({"lesson": "a\nb"}, "lesson must be text"),
        ({"lesson": ["rockets"]}, "lesson must be text"),
        ({"grade_band": "5"}, "grade_band must be '1-3'"),
        ({"grade_band": 4}, "grade_band must be '1-3'"),
        ({"locale": "<script>"}, "locale must be a language tag"),
        ({"locale": "zh-CN\n"}, "locale must be a language tag"),
        ({"locale": ""}, "locale must be a language tag"),
        ({"origin": "*"}, "origin must be the page's origin"),
        ({"origin": "null"}, "origin must be the page's origin"),
        ({"origin": "https://player.example/"}, "origin must be the page's origin"),
        ({"origin": "https://Player.example"}, "origin must be the page's origin"),
        ({"origin": "https://player.example:443"}, "origin must be the page's origin"),
        ({"origin": "https://a@player.example"}, "origin must be the page's origin"),
        ({"origin": "https://player.example\r\nX: y"}, "origin must be the page's origin"),
        ({"origin": [PLAYER]}, "origin must be the page's origin"),
        ({"position_s": -1}, "position_s must be a number"),
        ({"position_s": "12"}, "position_s must be a number"),
        ({"position_s": True}, "position_s must be a number"),
    ],
)
def test_a_claim_that_is_not_as_it_must_be_is_named(changed: dict[str, object], says: str) -> None:
    assert says in refusal(signed(claims(**changed)))


@pytest.mark.parametrize(
    "payload",
    [b"[]", b"null", b"7", b"{", b'{"iss": "\xff"}', b'{"sub": "\\ud800"}', b"[" * 2_000, b"{}{}"],
)
def test_a_payload_that_is_no_object_is_refused(payload: bytes) -> None:
    assert "payload" in refusal(signed(payload))


HEAD = {"alg": "EdDSA", "kid": "school-1", "typ": "JWT"}
_HEADER, BODY, SIGNATURE = good().split(".")


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "..",
        f"{good().split('.')[0]}..{good().split('.')[2]}",
        "not a token",
        "a.b.c",
        f"{BODY}.{SIGNATURE}",
        f"{good()}.{SIGNATURE}",
        f"{good()}=",
        f"{good()} ",
        f"{good()}\r\n",
        good().replace(".", ". "),
        good() + "é",
        f"{part(b'null')}.{BODY}.{SIGNATURE}",
        f"{part(b'[]')}.{BODY}.{SIGNATURE}",
        f"{part(b'[' * 2_000)}.{BODY}.{SIGNATURE}",
        f"{part(HEAD | {'kid': 7})}.{BODY}.{SIGNATURE}",
        f"{part(HEAD | {'crit': ['exp'], 'exp': 1})}.{BODY}.{SIGNATURE}",
        f"{part(HEAD | {'b64': False, 'crit': ['b64']})}.{BODY}.{SIGNATURE}",
        "eyJ" * 1_400 + ".e.e",
        "e" * 1_000_000,
    ],
)
def test_what_is_no_token_is_refused(token: str) -> None:
    refusal(token)


@pytest.mark.parametrize("alg", ["none", "None", "NONE", "", None, "HS256", "HS512", "RS256", "ES256", "eddsa", 7, ["EdDSA"]])
@pytest.mark.parametrize("signature", ["", SIGNATURE])
def test_no_other_algorithm_than_the_key_s_passes(alg: object, signature: str) -> None:
    assert "alg must be 'EdDSA'" in refusal(f"{part(HEAD | {'alg': alg})}.{part(claims())}.{signature}")


def test_a_public_half_is_no_hs256_secret() -> None:
    """Algorithm confusion: what everybody may know, used as the secret."""
    for known in (SCHOOL["x"].encode(), urlsafe_b64decode(SCHOOL["x"] + "="), halves(SCHOOL).encode()):
        for alg, says in (("HS256", "alg must be 'EdDSA'"), ("EdDSA", "signature")):
            told = f"{part(HEAD | {'alg': alg})}.{part(claims())}"
            assert says in refusal(f"{told}.{part(hmac.digest(known, told.encode(), hashlib.sha256))}")


def test_a_key_that_a_token_brings_along_is_not_looked_at() -> None:
    mine = {**OTHER, "kid": "school-1"}
    forged = signed(claims(), mine, jwk=mine, jku="https://evil.example/keys", x5u="https://evil.example/cert")
    assert "signature" in refusal(forged)


@pytest.mark.parametrize("kid", ["nobody", "", "../../etc/passwd", "' OR 1=1", "school-1\x00", "\x1b[2Jschool-1", "\ud800"])
def test_an_unknown_kid_is_refused(kid: str) -> None:
    assert "kid names no key" in refusal(signed(claims(), kid=kid))


def test_without_a_kid_no_key_is_tried() -> None:
    assert "no kid" in refusal(f"{part({'alg': 'EdDSA'})}.{BODY}.{SIGNATURE}")


@pytest.mark.parametrize("signature", ["", "AA", SIGNATURE[:-4], SIGNATURE[::-1], good("other-1").split(".")[2]])
def test_unsigned_and_wrongly_signed_tokens_are_refused(signature: str) -> None:
    assert "not" in refusal(f"{part(HEAD)}.{BODY}.{signature}")


def test_a_changed_claim_spoils_the_signature() -> None:
    assert "signature" in refusal(f"{_HEADER}.{part(claims(sub='ben'))}.{SIGNATURE}")


def test_a_tenant_cannot_sign_for_another_one() -> None:
    assert "tenant of its key, 'another school'" in refusal(signed(claims(), OTHER))
    assert "signature" in refusal(signed(claims(), OTHER, kid="school-1"))


@pytest.mark.parametrize(("age", "passes"), [(29, True), (30, False), (31, False), (10_000_000, False)])
def test_age_alone_is_its_own_refusal(age: float, passes: bool) -> None:
    old = signed(claims(iat=NOW - 600 - age, exp=NOW - age))
    if passes:
        assert TOKENS.checked(old, SERVER)
        return
    with pytest.raises(TokenExpired, match=f"expired {age} seconds ago"):
        TOKENS.checked(old, SERVER)


def test_old_and_otherwise_wrong_is_not_merely_old() -> None:
    old: dict[str, object] = {"iat": NOW - 900, "exp": NOW - 600}
    with pytest.raises(WrongOrigin):
        TOKENS.checked(signed(claims(**old, origin=PLAYER)), SERVER)
    for token in (signed(claims(**old), OTHER), signed(claims(**old, lesson=7)), signed(claims(**old, aud="x"))):
        with pytest.raises(BadToken) as refused:
            TOKENS.checked(token, SERVER)
        assert type(refused.value) is BadToken


@pytest.mark.parametrize(
    ("claimed", "page", "says"),
    [
        (PLAYER, Page("https://evil.example"), "another origin"),
        (PLAYER, Page("http://player.example"), "another origin"),
        (PLAYER, Page("https://player.example.evil.example"), "another origin"),
        (PLAYER, Page("https://PLAYER.example"), "another origin"),
        (PLAYER, Page("null"), "another origin"),
        (PLAYER, Page(""), "another origin"),
        (PLAYER, Page(host="tutor.example"), "another origin"),
        (PLAYER, Page(), "no Origin header"),
        (None, Page(PLAYER), "one for servers"),
        (None, Page("null"), "one for servers"),
        (None, Page(host="tutor.example"), "one for servers"),
    ],
)
def test_a_page_of_another_origin_cannot_use_it(claimed: str | None, page: Page, says: str) -> None:
    with pytest.raises(WrongOrigin, match=says):
        TOKENS.checked(good(origin=claimed), page)


def test_a_page_of_the_server_s_own_may_leave_its_origin_out() -> None:
    assert TOKENS.checked(good(origin="https://tutor.example"), Page(host="tutor.example"))
    assert TOKENS.checked(good(origin="https://tutor.example:8443"), Page(host="tutor.example:8443"))


def test_checking_is_quick() -> None:
    token = good()
    started = time.perf_counter()
    for _ in range(50):
        TOKENS.checked(token, SERVER)
    assert (time.perf_counter() - started) / 50 < 0.01


@pytest.mark.parametrize(
    ("bad", "says"),
    [({"sub": ""}, "sub"), ({"sub": "\udc80"}, "payload"), ({"grade_band": "5"}, "grade_band"), ({"origin": "player"}, "origin")],
)
def test_what_may_not_be_said_is_not_signed(bad: dict[str, Any], says: str) -> None:
    with pytest.raises(BadToken, match=says):
        good(**bad)


def test_a_life_out_of_bounds_is_not_signed_nor_anything_by_a_public_half() -> None:
    key, public = KEYS.named("school-1"), KeyRing(halves(SCHOOL)).named("school-1")
    assert key is not None
    assert public is not None
    for life in (0, -5, 901):
        with pytest.raises(BadToken, match="exp must lie after its iat"):
            sign(key, Bearer("anna"), now=NOW, life_s=life)
    with pytest.raises(BadKeys, match="public half"):
        sign(public, Bearer("anna"), now=NOW)


def test_an_inspection_lists_all_that_is_wrong() -> None:
    fine = inspect(good(lesson="rockets"), KEYS, NOW)
    assert (fine.header["kid"], fine.claims["lesson"], fine.problems) == ("school-1", "rockets", ())
    bad = inspect(signed(claims(aud="x", iat=NOW - 900, exp=NOW - 100), OTHER, kid="school-1"), KEYS, NOW)
    assert [word in problem for word, problem in zip(("signature", "aud", "expired"), bad.problems, strict=True)] == [True] * 3
    assert inspect(signed(b"[]"), KEYS, NOW).claims == {}
    with pytest.raises(BadToken):
        inspect("hello", KEYS, NOW)


def test_a_key_never_prints() -> None:
    assert SHARED["k"] not in repr(KEYS)
    assert SCHOOL["d"] not in repr(KEYS)
    assert isinstance(KEYS.keys[0].material, PyJWK)
