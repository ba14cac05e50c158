"""GET /v1/passages/{id} after the course changed, and what is left of a document that was withdrawn."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from small_course import client_over

from ingest import Ingestion, Order
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.release import history
from knowledge_base.release import publish as releases
from knowledge_base.release.layout import DataFolder

WORD, TITLE = "zirconulum", "Quizzical Vestibules"
SECRET = f"---\nid: secret.en\ntitle: {TITLE}\nlanguage: en\n---\nThe {WORD} lies on a moon. Nobody else says so.\n"
SENTENCE = "Nobody else says so"


def publish(data: DataFolder, course: Path) -> str:
    """Publishes the course as it stands; the release's id."""
    release = Ingestion(data, HashingEmbedder).run(Order([course])).release
    assert release is not None
    return release


@pytest.fixture
def with_secret(data: DataFolder, course: Path) -> DataFolder:
    """The small course with one more document, published."""
    (course / "secret.md").write_text(SECRET, encoding="utf-8")
    publish(data, course)
    return data


def cited(data: DataFolder, question: str) -> str:
    """The id of the passage that an answer to the question cites first."""
    with client_over(data) as client:
        hit: dict[str, Any] = client.get("/v1/search", params={"q": question, "k": 1}).json()["hits"][0]
    return str(hit["passage_id"])


def withdraw(data: DataFolder, course: Path) -> None:
    (course / "secret.md").unlink()
    publish(data, course)


def prune(data: DataFolder, keep: int) -> None:
    with releases.writing(data):
        history.prune(data, keep)


def holding(folder: Path, *needles: str) -> list[str]:
    """Every file below `folder` whose bytes or name hold one of the needles, in UTF-8 or UTF-16, in any case."""
    forms = [needle.lower().encode(coding) for needle in needles for coding in ("utf-8", "utf-16-le")]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path.name for path in files if any(form in path.read_bytes().lower() or form in path.name.encode() for form in forms)]


def passage(client: TestClient, passage_id: str) -> tuple[int, dict[str, Any]]:
    response = client.get(f"/v1/passages/{passage_id}")
    return response.status_code, response.json()


def test_a_citation_of_a_changed_lesson_opens_with_what_was_cited(data: DataFolder, course: Path) -> None:
    first = publish(data, course)
    old = cited(data, "Why do rockets drop empty stages?")
    path = course / "rockets.en.md"
    path.write_text(path.read_text(encoding="utf-8").replace("empty stages", "spent stages"), encoding="utf-8")
    publish(data, course)
    with client_over(data) as client:
        status, told = passage(client, old)
    assert (status, told["release"], told["doc_id"]) == (200, first, "rockets.en")
    assert "empty stages" in told["text"]


def test_what_was_withdrawn_answers_410_before_and_after_pruning(with_secret: DataFolder, course: Path) -> None:
    data, secret = with_secret, cited(with_secret, f"Where does the {WORD} lie?")
    withdraw(data, course)
    with client_over(data) as client:
        status, told = passage(client, secret)
        assert (status, set(told), told["title"]) == (410, {"error", "title"}, TITLE)
        assert WORD not in str(told)
        prune(data, 1)
        status, told = passage(client, secret)
    assert (status, set(told), told["error"]["code"]) == (410, {"error"}, "withdrawn")


def test_no_file_of_the_new_release_holds_anything_of_what_was_withdrawn(with_secret: DataFolder, course: Path) -> None:
    data = with_secret
    old = releases.current(data).release
    assert {"passages.jsonl", "documents.jsonl", "vocab.index.json"} <= set(holding(data.release(old), WORD, TITLE)), "the search finds what is there"
    withdraw(data, course)
    new = releases.current(data).release
    assert holding(data.release(new), WORD, TITLE, SENTENCE, "secret.en", "vestibul") == []


@pytest.mark.parametrize("died", [".building-4711", ".pruning-20260101T000000Z-00000000"])
def test_after_pruning_no_file_of_the_data_folder_holds_anything_of_it(with_secret: DataFolder, course: Path, died: str) -> None:
    """Neither what a crashed writer left nor what a dead reader had open."""
    data = with_secret
    old = data.release(releases.current(data).release)
    for left in (data.releases / died, data.private / f"{old.name}-left"):
        left.mkdir(parents=True)
        for name in ("passages.jsonl", "documents.jsonl"):
            (left / name).write_bytes((old / name).read_bytes())
    data.reviews.mkdir()
    (data.reviews / f"{old.name}.json").write_text(f'{{"before": null, "after": "{old.name}", "quote": "{WORD}"}}')
    withdraw(data, course)
    assert holding(data.root, WORD)
    prune(data, 1)
    assert holding(data.root, WORD, TITLE, SENTENCE, "secret.en", "vestibul") == []
