"""What the widget is made of: its size, its headers, both languages' words, nothing that could put markup in."""

import gzip
import json
import re
from pathlib import Path

from chat_rig import remembering
from fastapi.testclient import TestClient
from small_course import library_over

from api import embedding
from knowledge_base.release.layout import DataFolder
from navigator.wiring import anchor

WIDGET = [embedding.FOLDER / "widget.js", *sorted((embedding.FOLDER / "widget").glob("*.js"))]
LARGEST = 40_000  # bytes, gzipped, of all together


def test_all_together_is_small() -> None:
    assert sum(len(gzip.compress(path.read_bytes(), 6)) for path in WIDGET) < LARGEST


def test_any_page_may_load_it_and_it_is_asked_for_anew(client: TestClient) -> None:
    for path in ["/widget.js", *(f"/widget/{path.name}" for path in WIDGET[1:])]:
        response = client.get(path, headers={"Origin": "https://any.example"})
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/javascript; charset=utf-8"
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"
        assert response.headers["cache-control"] == "no-cache"
        assert client.get(path, headers={"If-None-Match": response.headers["etag"]}).status_code == 304
    assert client.head("/widget.js").status_code == 200
    assert client.get("/widget/nothing.js").status_code == 404


def test_both_languages_say_the_same_things_with_the_same_places() -> None:
    english, chinese = (words(path) for path in (WIDGET[0].parent / "widget" / f"words.{language}.js" for language in ("en", "zh")))
    assert english.keys() == chinese.keys()
    for key, said in english.items():
        assert len(re.findall(r"\{\d?\}", said)) == len(re.findall(r"\{\d?\}", chinese[key])), key
    code = "".join(path.read_text(encoding="utf-8") for path in WIDGET if not path.name.startswith("words."))
    unused = [
        key
        for key in english
        if f'"{key}"' not in code and not re.match(r"in_|tab_|retry_|(nearest|further|refused|blocked|right|partly|wrong)$", key)
    ]
    assert unused == []


def words(path: Path) -> dict[str, str]:
    """The file's words: each on a line of its own."""
    lines = re.findall(r'^  (\w+): (".*"),$', path.read_text(encoding="utf-8"), re.MULTILINE)
    return {key: json.loads(value) for key, value in lines}


def test_nothing_in_it_takes_markup_keeps_a_pupil_or_speaks_to_everybody() -> None:
    for path in WIDGET:
        code = path.read_text(encoding="utf-8")
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "localStorage",
            "sessionStorage",
            "eval(",
            '"*"',
            ".style.",
            "cookie =",
        ):
            assert word not in code, (path.name, word)
        assert len(code.splitlines()) <= 200, path.name


def test_the_frames_page_names_who_may_frame_it_and_takes_no_token(client: TestClient) -> None:
    response = client.get("/embed?lesson=rockets")
    policy = response.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert client.get("/embed?token=x").status_code == 401
    assert re.search(r"<script(?! src=)|style=|onclick", response.text) is None


def test_a_stream_makes_its_caller_known(published: DataFolder, tmp_path: Path) -> None:
    with library_over(published) as library, TestClient(remembering(library, tmp_path / "state.db")) as client:
        response = client.post("/v1/chat", json={"question": "What is an orbit?"})
        assert "navigator_caller" in response.headers["set-cookie"]


def test_headings_become_the_anchors_that_links_have() -> None:
    places = (WIDGET[0].parent / "widget" / "places.js").read_text(encoding="utf-8")
    assert r"[^\p{L}\p{N}_]+" in places
    assert anchor("What's staging? (2) 第二级_x") == "what-s-staging-2-第二级_x"
