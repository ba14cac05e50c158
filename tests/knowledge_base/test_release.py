"""Releases: what goes in comes out, a text is embedded once, and the pointer names what is published."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small_release import MOON, Clock, build, build_and_publish, contents, document, passage

from knowledge_base.embedding.base import Embedder, EmbedderStamp
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.errors import DataFolderUnusable, EmbedderMismatch, NoRelease, UnknownRelease
from knowledge_base.progress import silent
from knowledge_base.release import manifest as stamps
from knowledge_base.release import publish, records, vectorise
from knowledge_base.release.build import Contents, build_release, embedding_text
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.open import open_release


def test_a_release_gives_back_what_it_was_built_from(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    made = build(data, MOON, embedder, clock)
    release = open_release(data, made.release, embedder.stamp)
    given = contents(MOON)
    assert list(release.documents.values()) == given.documents
    assert list(release.passages) == given.passages
    assert release.rows == {one.passage_id: row for row, one in enumerate(given.passages)}
    assert [release.document_of(row).doc_id for row in range(3)] == list(MOON)
    release.close()


def test_vectors_are_those_of_the_texts_in_context_and_of_the_sentences(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    release = open_release(data, build(data, MOON, embedder, clock).release, embedder.stamp)
    for row, one in enumerate(release.passages):
        told = embedding_text(release.document_of(row), one)
        assert np.allclose(release.vectors.passages[row], embedder.embed_documents([told])[0])
        assert np.allclose(release.vectors.sentences_of(row), embedder.embed_documents(one.sentence_texts()), atol=1e-3)
    release.close()


def test_the_context_is_the_title_and_the_headings_that_are_not_the_title() -> None:
    one = replace(passage("moon.en", "It is grey."), section=("About moon", "Colour"))
    assert embedding_text(document("moon.en"), one) == "About moon / Colour\nIt is grey."


def test_the_manifest_says_what_the_release_holds(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    made = build(data, MOON, embedder, clock)
    assert (made.documents, made.passages, made.sentences, made.embedded, made.parent) == (3, 3, 6, 3, None)
    assert made.embedder == embedder.stamp
    assert made.created == "2026-07-01T00:00:00.000+00:00"
    assert made.release.startswith("20260701T000000Z-")
    assert publish.find(data, made.release) == made
    assert made.files == {name: stamps.digest(data.release(made.release) / name) for name in made.files}
    assert {"documents.jsonl", "passages.jsonl", "passage_vectors.npy"} <= set(made.files)


def test_building_publishes_nothing_and_leaves_nothing_else(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    made = build(data, MOON, embedder, clock)
    assert publish.current_id(data) is None
    assert [path.name for path in data.releases.iterdir()] == [made.release]


def test_an_unchanged_text_is_never_embedded_again(data: DataFolder, embedder: Embedder, embedded: list[str], clock: Clock) -> None:
    build_and_publish(data, MOON, embedder, clock)
    assert len(embedded) == 3 + 6
    embedded.clear()
    second = build_and_publish(data, MOON | {"mars.en": "Mars is red. Mars is cold."}, embedder, clock)
    assert len(embedded) == 1 + 2
    assert (second.embedded, second.passages) == (1, 4)


def test_a_text_that_comes_back_takes_its_vectors_from_an_older_release(
    data: DataFolder, embedder: Embedder, embedded: list[str], clock: Clock
) -> None:
    build_and_publish(data, MOON, embedder, clock)
    build_and_publish(data, {"moon.zh": MOON["moon.zh"]}, embedder, clock)
    embedded.clear()
    third = build_and_publish(data, MOON, embedder, clock)
    assert (embedded, third.embedded) == ([], 0)
    release = open_release(data, third.release, embedder.stamp)
    told = embedding_text(release.document_of(2), release.passages[2])
    assert np.allclose(release.vectors.passages[2], embedder.embed_documents([told])[0])
    release.close()


def test_a_text_that_stands_twice_in_one_release_is_embedded_once(data: DataFolder, embedder: Embedder, embedded: list[str], clock: Clock) -> None:
    twins = Contents([document("a", "Twin"), document("b", "Twin")], [passage("a", "It flew."), passage("b", "It flew.")], None)
    made = build_release(data, twins, embedder, now=clock(), progress=silent)
    assert made.embedded == 1
    assert len(embedded) == 2
    release = open_release(data, made.release, embedder.stamp)
    assert np.array_equal(release.vectors.passages[0], release.vectors.passages[1])
    release.close()


def test_a_new_title_is_a_new_context_and_embedded_again(data: DataFolder, embedder: Embedder, embedded: list[str], clock: Clock) -> None:
    build(data, MOON, embedder, clock)
    embedded.clear()
    renamed = Contents([document("moon.en", "Another title")], [passage("moon.en", MOON["moon.en"])], None)
    assert build_release(data, renamed, embedder, now=clock(), progress=silent).embedded == 1
    assert embedded[0].startswith("Another title")


def test_a_text_cut_into_other_sentences_is_embedded_again(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    build(data, {"moon.en": MOON["moon.en"]}, embedder, clock)
    whole = replace(passage("moon.en", MOON["moon.en"]), sentences=((0, len(MOON["moon.en"])),))
    made = build_release(data, Contents([document("moon.en")], [whole], None), embedder, now=clock(), progress=silent)
    release = open_release(data, made.release, embedder.stamp)
    assert made.embedded == 1
    assert release.vectors.sentences_of(0).shape[0] == 1
    release.close()


def test_the_same_contents_built_twice_within_a_second_stand_once(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    now = clock()
    first, second = (build(data, MOON, embedder, lambda: now) for _ in range(2))
    assert first.release == second.release
    assert [path.name for path in data.releases.iterdir()] == [first.release]


def test_an_empty_release_can_be_built_and_opened(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    made = build_and_publish(data, {}, embedder, clock)
    release = open_release(data, None, embedder.stamp)
    assert (made.passages, list(release.passages), release.documents) == (0, [], {})
    assert release.vector_index.nearest(embedder.embed_queries(["moon"])[0], 5) == []
    release.close()


def test_publishing_moves_the_pointer_and_publishing_an_older_release_moves_it_back(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    first = build_and_publish(data, MOON, embedder, clock)
    second = build_and_publish(data, {"moon.en": "It is grey."}, embedder, clock)
    assert publish.current(data) == second
    assert second.parent == first.release
    assert publish.listed(data) == [first, second]
    with publish.writing(data):
        publish.publish(data, first.release)
    assert publish.current_id(data) == first.release
    assert {path.name for path in data.root.iterdir()} <= {"releases", "current", "lock", "open"}


def test_before_the_first_release_there_is_none_to_open(data: DataFolder) -> None:
    assert publish.current_id(data) is None
    assert publish.base(data) is None
    assert publish.listed(data) == []
    with pytest.raises(NoRelease, match="run navigator ingest content"):
        open_release(data, None, HashingEmbedder.stamp)


@pytest.mark.parametrize("name", ["", ".", "..", "nope", "../releases", "a/b", ".building-1", "/", "x\0y"])
def test_only_a_release_can_be_published(data: DataFolder, embedder: Embedder, clock: Clock, name: str) -> None:
    made = build_and_publish(data, MOON, embedder, clock)
    data.release(".building-1").mkdir()
    with pytest.raises(UnknownRelease):
        publish.publish(data, name)
    assert publish.current_id(data) == made.release


def test_another_embedder_is_refused_with_the_command_that_repairs_it(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    build_and_publish(data, MOON, embedder, clock)
    with pytest.raises(EmbedderMismatch, match=r"'hashing', but 'other' is set .* run navigator ingest content .*NAVIGATOR_EMBEDDER=hashing"):
        open_release(data, None, EmbedderStamp("other", 512, "x"))
    with pytest.raises(EmbedderMismatch):
        open_release(data, None, replace(embedder.stamp, fingerprint="x"))


def test_another_embedders_vectors_are_never_taken(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    made = build(data, MOON, embedder, clock)
    manifest = data.release(made.release) / "manifest.json"
    manifest.write_text(manifest.read_text().replace(made.embedder.fingerprint, "another"))
    assert build(data, MOON, embedder, clock).embedded == 3


@pytest.mark.parametrize("name", ["passage_vectors.npy", "sentence_vectors.npy"])
def test_vectors_that_are_not_those_written_are_never_taken(data: DataFolder, embedder: Embedder, clock: Clock, name: str) -> None:
    path = data.release(build(data, MOON, embedder, clock).release) / name
    path.write_bytes(path.read_bytes()[:-1] + b"\x07")
    made = build(data, MOON, embedder, clock)
    assert made.embedded == 3
    assert build(data, MOON, embedder, clock).embedded == 0, "they are taken from the whole release"


def test_many_texts_are_embedded_part_by_part_in_the_order_of_the_passages(
    data: DataFolder, embedder: Embedder, embedded: list[str], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Known ones stand among new ones, and a twin in another part is not embedded again."""
    monkeypatch.setattr(vectorise, "PART", 2)
    heard: list[tuple[int, int]] = []
    texts = {f"{number}.en": f"Text {number} has a number. It is {number}." for number in range(9)}
    build(data, {doc_id: text for doc_id, text in texts.items() if doc_id in ("3.en", "4.en", "8.en")}, embedder, clock)
    embedded.clear()
    every = contents(texts)
    twin = Contents([*every.documents, document("twin.en", "About 0")], [*every.passages, passage("twin.en", texts["0.en"])], None)
    made = build_release(
        data, twin, embedder, now=clock(), progress=lambda what, done, total: heard.append((done, total)) if what == "embedding" else None
    )
    assert (made.embedded, len(embedded), heard[-1]) == (6, 6 * 3, (18, 18))
    assert heard == sorted(heard)
    release = open_release(data, made.release, embedder.stamp)
    for row, one in enumerate(release.passages):
        assert np.allclose(release.vectors.passages[row], embedder.embed_documents([embedding_text(release.document_of(row), one)])[0])
        assert np.allclose(release.vectors.sentences_of(row), embedder.embed_documents(one.sentence_texts()), atol=1e-3)
    release.close()


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(DataFolderUnusable, match="set NAVIGATOR_DATA_DIR"), publish.writing(DataFolder(tmp_path / "file" / "data")):
        pass


def test_records_are_lines_of_json_that_a_person_can_read(data: DataFolder, embedder: Embedder, clock: Clock) -> None:
    folder = data.release(build(data, MOON, embedder, clock).release)
    lines = (folder / "passages.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines] == list(MOON.values())
    assert "月球没有空气" in lines[1]


def test_documents_of_a_release_from_before_there_were_checks_have_none(tmp_path: Path) -> None:
    records.write_documents(tmp_path, [document("moon.en")])
    told = json.loads((tmp_path / records.DOCUMENTS).read_text(encoding="utf-8"))
    assert len(told.pop("checks")) == 3
    (tmp_path / records.DOCUMENTS).write_text(json.dumps(told), encoding="utf-8")
    assert records.read_documents(tmp_path) == [replace(document("moon.en"), checks=())]
