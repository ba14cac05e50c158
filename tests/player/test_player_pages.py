"""The player's pages as a server sends them: what stands on them, what may run there, who may have a token."""

import json
from pathlib import Path

import jwt
import pytest
from player_rig import KEY_SET, course_in
from starlette.testclient import TestClient

from navigator.wiring import anchor as sources_anchor
from player import BadKey, Embedding, create_app, signer_of
from player.markdown import anchor, rendered
from player.words import UNITS, WORDS

ORIGIN, API = "http://127.0.0.1:8001", "http://127.0.0.1:8000"
NOW = 1_800_000_000


@pytest.fixture(scope="module")
def open_player(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A player that asks nobody who they are."""
    return TestClient(create_app(course_in(tmp_path_factory.mktemp("course")), Embedding(ORIGIN, API)), base_url=ORIGIN)


@pytest.fixture
def player(tmp_path: Path) -> TestClient:
    """A player that signs for its pupils, in a browser of its own."""
    signer = signer_of(KEY_SET, origin=ORIGIN, life_s=300, clock=lambda: NOW + 0.7)
    return TestClient(create_app(course_in(tmp_path), Embedding(ORIGIN, API, signer)), base_url=ORIGIN)


def claims(token: str) -> dict[str, object]:
    """What a token says, its signature checked."""
    (key,) = [one for one in jwt.PyJWKSet.from_json(KEY_SET).keys if one.key_id == jwt.get_unverified_header(token)["kid"]]
    said: dict[str, object] = jwt.decode(token, key, algorithms=["HS256"], audience="navigator", options={"verify_exp": False, "verify_iat": False})
    return said


def test_both_languages_say_the_same_things() -> None:
    assert [*WORDS["en"]] == [*WORDS["zh"]]
    assert [*UNITS["en"]] == [*UNITS["zh"]]


@pytest.mark.parametrize("heading", ["What pushes a rocket forward?", "空的级", "Story: Δv & Chang'e-5", "?", "a_b", "２ Ⅳ é"])
def test_headings_have_the_anchors_that_sources_name(heading: str) -> None:
    assert anchor(heading) == sources_anchor(heading)


def test_all_lessons_stand_by_unit(open_player: TestClient) -> None:
    page = open_player.get("/").text
    places = [page.index(text) for text in ("Getting to space", "How rockets work", "Orbits &lt;b&gt;up&lt;/b&gt; &amp; away", "The Moon and Mars")]
    assert places == sorted(places)
    assert page.count("with a talk") == 2
    assert '<html lang="en">' in page


@pytest.mark.parametrize(
    ("address", "accepted", "language"),
    [("/", "zh-CN,zh;q=0.9", "zh-CN"), ("/?lang=en", "zh", "en"), ("/?lang=zh", "en", "zh-CN"), ("/?lang=x", "en", "en")],
)
def test_the_list_speaks_the_language_that_is_asked_for_or_the_browsers(open_player: TestClient, address: str, accepted: str, language: str) -> None:
    assert f'<html lang="{language}">' in open_player.get(address, headers={"Accept-Language": accepted}).text


def test_a_lesson_has_its_text_with_tables_formulas_and_anchors(open_player: TestClient) -> None:
    page = open_player.get("/", params={"doc": "rockets.en"}).text
    assert page.count("<h1") == 1
    assert '<h1 id="how-rockets-work">How rockets work</h1>' in page
    assert '<h2 id="empty-stages">' in page
    assert "<td>100 t</td>" in page
    assert "<mfrac>" in page
    assert "<dfn>thrust</dfn>" in page
    assert '<track kind="captions" src="/talks/rockets.en" srclang="en"' in page
    assert 'href="/?doc=rockets.zh"' in page
    assert 'data-lesson="rockets" data-grade-band="4-6"></script>' in page
    assert "data-token" not in page


def test_a_lesson_without_a_talk_has_no_video_and_its_title_from_the_front_matter(open_player: TestClient) -> None:
    page = open_player.get("/", params={"doc": "orbits.en"}).text
    assert "<video" not in page
    assert "<h1>" not in page
    assert "<title>Orbits &lt;b&gt;up&lt;/b&gt; &amp; away" in page
    assert "<h1>The Moon up close</h1>" in open_player.get("/", params={"doc": "moon.en"}).text


def test_markup_in_a_lesson_is_text(open_player: TestClient) -> None:
    page = open_player.get("/", params={"doc": "orbits.en"}).text
    assert "&lt;script&gt;" in page
    assert "javascript:alert" not in page.replace("(javascript:alert(1))", "")
    assert "<mtext>&lt;img" in page
    assert "<code>x^</code>" in page, "a formula that cannot be read is shown as it is written"


@pytest.mark.parametrize("tex", [r"\href{javascript:alert(1)}{x}", r"\style{color:red}{x}", r"\class{a}{x}"])
def test_a_formula_asks_for_nothing_that_a_strict_page_refuses(tex: str) -> None:
    _title, text = rendered(f"${tex}$")
    assert not {"href=", "style=", 'class="a"'} & set(text.replace(">", " ").split())
    assert "javascript" not in text


def test_money_is_no_formula() -> None:
    assert "<math" not in rendered("It cost $5 and then $10 more.")[1]


@pytest.mark.parametrize("doc", ["nope.en", "", "../course.yaml", "\udcff", "\x00", "<script>x</script>"])
def test_what_is_no_lesson_is_missing_kindly(open_player: TestClient, doc: str) -> None:
    missing = open_player.get("/", params={"doc": doc.encode("utf-8", "surrogatepass")})
    assert missing.status_code == 404
    assert "There is no such lesson." in missing.text
    assert "<script>x" not in missing.text


def test_the_talk_is_captions(open_player: TestClient) -> None:
    talk = open_player.get("/talks/rockets.en")
    assert talk.headers["content-type"].startswith("text/vtt")
    assert talk.text.startswith("WEBVTT")
    assert [open_player.get(f"/talks/{name}").status_code for name in ("orbits.en", "nope", "..%2Fcourse.yaml")] == [404, 404, 404]


def test_the_video_can_be_sought_in(open_player: TestClient) -> None:
    part = open_player.get("/static/sky.webm", headers={"Range": "bytes=100-199"})
    assert (part.status_code, len(part.content), part.headers["content-type"]) == (206, 100, "video/webm")


@pytest.mark.parametrize("address", ["/", "/?doc=rockets.en", "/?doc=nope", "/static/player.js", "/talks/rockets.en", "/nowhere"])
def test_nothing_but_its_own_files_and_the_tutors_may_run(open_player: TestClient, address: str) -> None:
    policy = dict(part.strip().split(" ", 1) for part in open_player.get(address).headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == f"'self' {API}"
    assert policy["style-src"] == policy["img-src"] == policy["media-src"] == "'self'"


def test_another_name_of_this_machine_leads_to_the_one_that_the_tutor_knows(open_player: TestClient) -> None:
    led = open_player.get("/?doc=rockets.en&t=4", headers={"Host": "localhost:8001"}, follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (307, f"{ORIGIN}/?doc=rockets.en&t=4")
    strange = open_player.get("//evil.example/", headers={"Host": "evil.example"}, follow_redirects=False)
    assert strange.headers["location"].startswith(f"{ORIGIN}/")


def test_nobody_signs_where_the_tutor_is_open(open_player: TestClient) -> None:
    assert open_player.post("/token", data={"pupil": "demo-comet"}, headers={"Origin": ORIGIN}).status_code == 404
    assert "<select" not in open_player.get("/").text


def test_a_page_carries_a_token_for_the_pupil_and_the_lesson(player: TestClient) -> None:
    page = player.get("/", params={"doc": "rockets.zh"})
    said = claims(page.text.split('data-token="')[1].split('"')[0])
    assert said == {
        "iss": "blue-sky",
        "aud": "navigator",
        "sub": "demo-comet",
        "iat": NOW,
        "exp": NOW + 300,
        "grade_band": "4-6",
        "locale": "zh-CN",
        "origin": ORIGIN,
        "course": "space-1",
        "lesson": "rockets",
    }
    assert page.headers["cache-control"] == "no-store"


def test_another_pupil_is_signed_in_and_stays(player: TestClient) -> None:
    got = player.post("/token", data={"pupil": "demo-pulsar", "doc": "moon.en", "locale": "en"}, headers={"Origin": ORIGIN})
    assert got.headers["cache-control"] == "no-store"
    assert got.json()["life_s"] == 300
    assert {"sub": "demo-pulsar", "lesson": "moon", "locale": "en"}.items() <= claims(got.json()["token"]).items()
    assert "HttpOnly; Path=/; SameSite=strict" in got.headers["set-cookie"]
    page = player.get("/").text
    assert '<option value="demo-pulsar" selected>' in page
    said = claims(page.split('data-token="')[1].split('"')[0])
    assert (said["sub"], said.get("lesson")) == ("demo-pulsar", None)


@pytest.mark.parametrize(
    ("form", "origin", "status"),
    [
        ({"pupil": "demo-comet"}, None, 403),
        ({"pupil": "demo-comet"}, "http://evil.example", 403),
        ({"pupil": "somebody"}, ORIGIN, 422),
        ({}, ORIGIN, 422),
    ],
)
def test_strangers_get_no_token(player: TestClient, form: dict[str, str], origin: str | None, status: int) -> None:
    assert player.post("/token", data=form, headers={"Origin": origin} if origin else {}).status_code == status


def test_a_pupil_that_nobody_knows_is_the_first(player: TestClient) -> None:
    player.cookies.set("pupil", "x" * 5000)
    assert '<option value="demo-comet" selected>' in player.get("/").text


@pytest.mark.parametrize(
    "keys",
    [
        "not json",
        "[]",
        '{"keys": 1}',
        '{"keys": ["x"]}',
        '{"keys": []}',
        json.dumps({"keys": json.loads(KEY_SET)["keys"][2:]}),
        '{"keys": [{"kty": "oct", "k": "c2l4", "kid": "a", "alg": "HS256"}]}',
        '{"keys": [{"kty": "OKP", "crv": "Ed25519", "d": "x", "kid": "a", "alg": "EdDSA", "tenant": "a"}]}',
    ],
)
def test_keys_that_sign_nothing_name_the_command_that_makes_one(keys: str) -> None:
    with pytest.raises(BadKey, match="navigator tokens new-key") as told:
        signer_of(keys, origin=ORIGIN, life_s=300, clock=lambda: NOW)
    assert "\n" not in str(told.value)
