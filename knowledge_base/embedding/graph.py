"""Embeds with ONNX Runtime and ``tokenizers`` from a prepared model's graph; never imports torch.

On two cores the graph in batches of 512 tokens embeds 1.8 times as many of the course's statements a second as sentence-transformers
in float32 does (`scripts/bench embedding`), with the same vectors, so documents and questions both go this way.
"""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, InvalidGraph, InvalidProtobuf
from tokenizers import Encoding, Tokenizer

from knowledge_base.embedding.base import EmbedderStamp, Vectors
from knowledge_base.embedding.prepared import PreparedModel, damaged
from knowledge_base.progress import Progress, silent

BATCH_TOKENS = 512


class GraphEmbedder:
    """A prepared model (see `prepared.py`), opened once; one question takes about ten milliseconds."""

    def __init__(self, model: PreparedModel) -> None:
        self._model = model
        self._tokenizer = Tokenizer.from_file(str(model.tokenizer_path))
        self._tokenizer.enable_truncation(model.max_tokens)
        self._tokenizer.no_padding()
        self._pad = self._tokenizer.token_to_id("<pad>") or 0
        self._session = _session(model.graph_path)
        self._lock = threading.Lock()  # two runs at once only contend for the same cores

    @property
    def stamp(self) -> EmbedderStamp:
        return self._model.stamp

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed([self._model.query_prompt + text for text in texts], silent)

    def embed_documents(self, texts: Sequence[str], *, progress: Progress = silent) -> Vectors:
        return self._embed([self._model.document_prompt + text for text in texts], progress)

    def _embed(self, texts: Sequence[str], progress: Progress) -> Vectors:
        vectors = np.zeros((len(texts), self.stamp.dimensions), np.float32)
        encodings = self._tokenizer.encode_batch(list(texts))
        done = 0
        for rows in batches([len(encoding.ids) for encoding in encodings]):
            vectors[rows] = self._run([encodings[row] for row in rows])
            done += len(rows)
            progress("embedding", done, len(texts))
        return vectors

    def _run(self, encodings: Sequence[Encoding]) -> Vectors:
        length = max(len(encoding.ids) for encoding in encodings)
        ids = np.full((len(encodings), length), self._pad, np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        with self._lock:
            (vectors,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors, np.float32)


def batches(lengths: Sequence[int], most_tokens: int = BATCH_TOKENS) -> list[list[int]]:
    """Rows sorted by length and cut so that a batch, padded, holds at most `most_tokens` (or one row)."""
    order = sorted(range(len(lengths)), key=lambda row: lengths[row])
    cut: list[list[int]] = []
    for row in order:
        if cut and (len(cut[-1]) + 1) * lengths[row] <= most_tokens:
            cut[-1].append(row)
        else:
            cut.append([row])
    return cut


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # warnings about unused initialisers mean nothing to an operator
    # Threads that wait spinning take the cores from those who search: without it a CPU second embeds three quarters more questions.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf) as error:
        raise damaged(path.parent, f"{path.name} cannot be read") from error
