"""Embeds with ONNX Runtime and ``tokenizers`` from a prepared model's graph; never imports torch.

On two cores the graph in batches of 512 tokens embeds 1.8 times as many of the course's statements a second as sentence-transformers
in float32 does (`scripts/bench embedding`), with the same vectors, so documents and questions both go this way.

A batch is computed by one thread, and several batches by one on each core: cores that share a batch wait for one another between any two
of its operations, which takes a quarter of the processor's time from questions, and ends no sooner where there are several batches.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import Fail, InvalidArgument, InvalidGraph, InvalidProtobuf
from tokenizers import Encoding, Tokenizer

from knowledge_base.cores import CORES
from knowledge_base.embedding.base import EmbedderStamp, Vectors
from knowledge_base.embedding.prepared import PreparedModel, damaged
from knowledge_base.progress import Progress, silent

BATCH_TOKENS = 512


class GraphEmbedder:
    """A prepared model (see `prepared.py`), opened once; one question takes about ten milliseconds. For as many threads as ask."""

    def __init__(self, model: PreparedModel) -> None:
        self._model = model
        self._tokenizer = Tokenizer.from_file(str(model.tokenizer_path))
        self._tokenizer.enable_truncation(model.max_tokens)
        self._tokenizer.no_padding()
        self._pad = self._tokenizer.token_to_id("<pad>") or 0
        self._session = _session(model.graph_path)

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
        cut = batches([len(encoding.ids) for encoding in encodings])
        done = 0
        for rows, embedded in zip(cut, self._runs([[encodings[row] for row in rows] for rows in cut]), strict=True):
            vectors[rows] = embedded
            done += len(rows)
            progress("embedding", done, len(texts))
        return vectors

    def _runs(self, cut: Sequence[Sequence[Encoding]]) -> Iterator[Vectors]:
        """The vectors of each batch, in their order."""
        if len(cut) < 2:
            yield from map(self._run, cut)
            return
        # Threads of this call alone: a question's do not wait behind those of a whole course.
        with ThreadPoolExecutor(CORES, thread_name_prefix="batch") as threads:
            yield from threads.map(self._run, cut)

    def _run(self, encodings: Sequence[Encoding]) -> Vectors:
        length = max(len(encoding.ids) for encoding in encodings)
        ids = np.full((len(encodings), length), self._pad, np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
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
    options.intra_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (Fail, InvalidArgument, InvalidGraph, InvalidProtobuf) as error:
        raise damaged(path.parent, f"{path.name} cannot be read") from error
