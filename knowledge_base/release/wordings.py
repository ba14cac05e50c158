"""A release's vectors and words of what students ask, one row a wording, in the order of its documents and of the questions in each.

::

    faq_vectors.npy   (wordings, d) float16, unit length, embedded as questions are
    faq_texts.npy     (wordings,) 16-byte hashes of the wordings
    faq_lexical/      an index over the words of the wordings, and behind these, a row a question, of the answers
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from knowledge_base.embedding.base import Embedder, EmbedderStamp, Vectors
from knowledge_base.errors import ReleaseDamaged
from knowledge_base.index import lexical
from knowledge_base.index.lexical import LexicalIndex
from knowledge_base.progress import Progress
from knowledge_base.release import manifest as stamps
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.vectors import Halves
from knowledge_base.types import Document
from knowledge_base.words import words

VECTORS, TEXTS = NAMES = ("faq_vectors.npy", "faq_texts.npy")
WORDS = "faq_lexical"
PART = 256  # wordings embedded between two words of progress


def wordings_of(documents: Iterable[Document]) -> Iterator[str]:
    """All that is asked, in the order of the rows."""
    return (wording for document in documents for question in document.faq for wording in question.wordings)


def write(data: DataFolder, folder: Path, documents: Sequence[Document], embedder: Embedder, *, progress: Progress) -> None:
    """Writes the arrays into `folder`; what a release on disk holds, and this embedder embedded, is taken from there."""
    asked = list(wordings_of(documents))
    keys = list(map(_key, asked))
    known = _known(data, embedder.stamp, set(keys))
    new = [wording for key, wording in dict(zip(keys, asked, strict=True)).items() if key not in known]
    for start in range(0, len(new), PART):
        part = new[start : start + PART]
        known |= zip(map(_key, part), embedder.embed_queries(part).astype(np.float16), strict=True)
        progress("embedding questions", start + len(part), len(new))
    rows = [known[key] for key in keys]
    np.save(folder / VECTORS, np.stack(rows) if rows else np.zeros((0, embedder.stamp.dimensions), np.float16), allow_pickle=False)
    np.save(folder / TEXTS, np.array(keys, np.dtype("V16")), allow_pickle=False)


def index_words(folder: Path, documents: Sequence[Document]) -> None:
    """Writes the index into `folder`. An answer's words are also those of what it is about: its document's title."""
    answers = (" ".join([document.title, *question.sentences]) for document in documents for question in document.faq)
    lexical.build(folder / WORDS, [words(text) for texts in (wordings_of(documents), answers) for text in texts])


def load_words(folder: Path, documents: Iterable[Document]) -> LexicalIndex:
    """The index; ReleaseDamaged when it cannot be read."""
    return LexicalIndex(folder / WORDS, sum(1 + len(question.wordings) for document in documents for question in document.faq))


def load(folder: Path, documents: Sequence[Document], dimensions: int) -> Halves:
    """The vectors, shape ``(wordings, dimensions)``, mapped: nothing is read before it is used. ReleaseDamaged when they cannot be read."""
    count = sum(1 for _wording in wordings_of(documents))
    if not count:
        return np.zeros((0, dimensions), np.float16)  # also of a release from before there were any
    try:
        vectors: Halves = np.asarray(np.load(folder / VECTORS, mmap_mode="r", allow_pickle=False))
    except (OSError, EOFError, ValueError) as error:
        raise _damaged(folder) from error
    if vectors.shape != (count, dimensions):
        raise _damaged(folder)
    return vectors


def _damaged(folder: Path) -> ReleaseDamaged:
    return ReleaseDamaged(f"release {folder.name!r} lacks the vectors of its questions: run navigator ingest content to build another")


def _key(wording: str) -> bytes:
    return hashlib.blake2b(wording.encode(), digest_size=16).digest()


def _known(data: DataFolder, stamp: EmbedderStamp, wanted: set[bytes]) -> dict[bytes, Vectors]:
    known: dict[bytes, Vectors] = {}
    for folder in sorted(data.releases.glob("[!.]*"), reverse=True):
        missing = wanted - known.keys()
        if not missing:
            break
        try:
            known |= _taken(folder, stamp, missing)
        except (ReleaseDamaged, OSError, EOFError, ValueError):
            continue  # a damaged release only means that its questions are embedded again
    return known


def _taken(folder: Path, stamp: EmbedderStamp, missing: set[bytes]) -> dict[bytes, Vectors]:
    manifest = stamps.read(folder)
    if manifest.embedder != stamp or any(stamps.digest(folder / name) != manifest.files.get(name) for name in NAMES):
        return {}
    vectors = np.load(folder / VECTORS, allow_pickle=False)
    keys: list[bytes] = np.load(folder / TEXTS, allow_pickle=False).tolist()
    return {key: vectors[row] for row, key in enumerate(keys) if key in missing}
