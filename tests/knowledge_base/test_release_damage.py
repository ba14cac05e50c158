"""A release whose files were damaged is refused with one line that says what to run; it is never opened half."""

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small_release import MOON, Clock, build_and_publish

from knowledge_base.embedding.base import Embedder
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.errors import ReleaseDamaged, UnknownRelease
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.manifest import Manifest
from knowledge_base.release.open import open_release

Damage = Callable[[Path], object]


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()


DAMAGE: dict[str, Damage] = {
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "half a manifest": lambda folder: (folder / "manifest.json").write_text((folder / "manifest.json").read_text()[:200]),
    "a manifest without its embedder": lambda folder: (folder / "manifest.json").write_text('{"release": "x"}'),
    "a manifest of another kind": lambda folder: (folder / "manifest.json").write_text("[]"),
    "a changed passage": lambda folder: (folder / "passages.jsonl").write_text((folder / "passages.jsonl").read_text().replace("no air", "air")),
    "half the documents": lambda folder: (folder / "documents.jsonl").write_text((folder / "documents.jsonl").read_text()[:300]),
    "changed rows": lambda folder: (folder / "passage_rows.npy").write_bytes((folder / "passage_rows.npy").read_bytes()[:-1] + b"\x07"),
    "no rows": lambda folder: (folder / "passage_rows.npy").unlink(),
    "no passages": lambda folder: (folder / "passages.jsonl").unlink(),
    "no vectors": lambda folder: (folder / "passage_vectors.npy").unlink(),
    "half the sentence vectors": lambda folder: (folder / "sentence_vectors.npy").write_bytes((folder / "sentence_vectors.npy").read_bytes()[:500]),
    "vectors of another kind": lambda folder: (folder / "sentence_offsets.npy").write_bytes(b"no array"),
    "no lexical index": lambda folder: _empty(folder / "lexical"),
    "half a lexical index": lambda folder: (folder / "lexical" / "vocab.index.json").write_text("{"),
    "an empty vector index": lambda folder: _empty(folder / "chroma"),
    "a vector index of another kind": lambda folder: (folder / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 500),
    "no vector index": lambda folder: (folder / "chroma").rename(folder / "elsewhere"),
}
IN_RECORDS = [name for name in DAMAGE if any(part in name for part in ("manifest", "passage", "rows", "documents"))]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A data folder with a whole release published, of which each test damages a copy."""
    data = DataFolder(tmp_path_factory.mktemp("original") / "data")
    build_and_publish(data, MOON, HashingEmbedder(), lambda: dt.datetime(2026, 4, 1, tzinfo=dt.UTC))
    return data


@pytest.fixture
def published(data: DataFolder, original: DataFolder) -> Manifest:
    shutil.copytree(original.root, data.root)
    return publish.current(data)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_release_is_refused_with_its_remedy(data: DataFolder, embedder: Embedder, published: Manifest, damage: str) -> None:
    DAMAGE[damage](data.release(published.release))
    with pytest.raises(ReleaseDamaged, match="run navigator ingest content") as told:
        open_release(data, None, embedder.stamp)
    assert "\n" not in str(told.value)
    assert not list(data.private.glob("*")), "a copy for an opening that failed is of no use"


@pytest.mark.parametrize("damage", DAMAGE)
def test_building_anew_works_whatever_was_damaged(data: DataFolder, embedder: Embedder, published: Manifest, clock: Clock, damage: str) -> None:
    DAMAGE[damage](data.release(published.release))
    made = build_and_publish(data, MOON, embedder, clock)
    release = open_release(data, None, embedder.stamp)
    assert [one.text for one in release.passages] == list(MOON.values())
    assert release.manifest == made
    release.close()


def test_damaged_manifests_are_left_out_of_the_list(data: DataFolder, embedder: Embedder, published: Manifest, clock: Clock) -> None:
    second = build_and_publish(data, {"moon.en": "It is grey."}, embedder, clock)
    DAMAGE["no manifest"](data.release(published.release))
    assert publish.listed(data) == [second]


@pytest.mark.parametrize("damage", IN_RECORDS)
def test_an_ingestion_builds_upon_the_newest_whole_release(
    data: DataFolder, embedder: Embedder, published: Manifest, clock: Clock, damage: str
) -> None:
    second = build_and_publish(data, {"moon.en": "It has no air, and it is grey."}, embedder, clock)
    assert publish.base(data) == second
    DAMAGE[damage](data.release(second.release))
    assert publish.base(data) == published
    DAMAGE[damage](data.release(published.release))
    assert publish.base(data) is None


@pytest.mark.parametrize("pointer", ["20200101T000000Z-00000000\n", "../releases\n", "\0", "not a release"])
def test_a_pointer_to_no_release_is_told(data: DataFolder, embedder: Embedder, published: Manifest, pointer: str) -> None:
    data.current.write_text(pointer)
    with pytest.raises(UnknownRelease, match="there is no release"):
        open_release(data, None, embedder.stamp)
    assert publish.base(data) == published
