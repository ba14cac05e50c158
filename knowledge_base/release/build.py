"""Builds one release: embeds what is new, takes the rest from releases on disk, indexes, syncs, renames."""

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge_base.embedding.base import Embedder, Vectors
from knowledge_base.index import chroma, lexical
from knowledge_base.progress import Progress
from knowledge_base.release import manifest as stamps
from knowledge_base.release import records
from knowledge_base.release.layout import DataFolder, sync_folder, sync_tree
from knowledge_base.release.vectors import Known, VectorFiles, known_vectors
from knowledge_base.types import Document, Passage
from knowledge_base.words import words

CHUNKING = 1  # rises when passages are cut or put into context otherwise, so that a release says how it was made
BUILDING = ".building-"


@dataclass(frozen=True)
class Contents:
    """What a release is to hold; every passage's document is among the documents."""

    documents: Sequence[Document]
    passages: Sequence[Passage]
    parent: str | None


def made_otherwise(made: stamps.Manifest) -> bool:
    """Whether a release was cut or indexed in another way than one built now would be."""
    return (made.chunking, made.indexing) != (CHUNKING, lexical.VERSION)


def context(document: Document, passage: Passage) -> str:
    """What a passage is about, said before its text when it is embedded and indexed, never when it is quoted."""
    return " / ".join([document.title, *passage.headings(document)])


def embedding_text(document: Document, passage: Passage) -> str:
    """The text that a passage's vector stands for."""
    return f"{context(document, passage)}\n{passage.text}"


def build_release(data: DataFolder, contents: Contents, embedder: Embedder, *, now: dt.datetime, progress: Progress) -> stamps.Manifest:
    """Writes a complete, synced release and returns its stamp; a crash leaves only a folder that `sweep` removes."""
    data.releases.mkdir(parents=True, exist_ok=True)
    folder = data.releases / f"{BUILDING}{os.getpid()}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        made = _write(folder, data, contents, embedder, now, progress)
        sync_tree(folder)
        if not data.release(made.release).exists():  # else the same contents were built within this second: they stand
            folder.rename(data.release(made.release))
            sync_folder(data.releases)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return made


def _write(folder: Path, data: DataFolder, contents: Contents, embedder: Embedder, now: dt.datetime, progress: Progress) -> stamps.Manifest:
    documents = {document.doc_id: document for document in contents.documents}
    texts = [embedding_text(documents[passage.doc_id], passage) for passage in contents.passages]
    records.write_documents(folder, contents.documents)
    records.write_passages(folder, contents.passages)
    vectors, embedded = _embed(data, contents.passages, texts, embedder, progress)
    vectors.save(folder)
    chroma.build(folder / "chroma", [passage.passage_id for passage in contents.passages], vectors.passages, progress=progress)
    lexical.build(folder / "lexical", [_indexed_words(documents[passage.doc_id], passage) for passage in contents.passages])
    truth = (records.DOCUMENTS, records.PASSAGES, *VectorFiles.NAMES)
    hashes = {name: stamps.digest(folder / name) for name in truth}
    whole = hashlib.sha256("".join(hashes.values()).encode()).hexdigest()
    made = stamps.Manifest(
        release=f"{now:%Y%m%dT%H%M%S}Z-{whole[:8]}",
        created=now.isoformat(timespec="seconds"),
        parent=contents.parent,
        embedder=embedder.stamp,
        chunking=CHUNKING,
        indexing=lexical.VERSION,
        documents=len(documents),
        passages=len(contents.passages),
        sentences=len(vectors.sentences),
        embedded=embedded,
        files=hashes,
    )
    stamps.write(folder, made)
    return made


def _indexed_words(document: Document, passage: Passage) -> list[str]:
    return words(" ".join([embedding_text(document, passage), *document.aliases]))


def _embed(data: DataFolder, passages: Sequence[Passage], texts: Sequence[str], embedder: Embedder, progress: Progress) -> tuple[VectorFiles, int]:
    """Vectors for all passages, and how many of them had to be embedded now."""
    known = known_vectors(data, embedder.stamp)
    keys = [text_key(text) for text in texts]
    new = {key: row for row, key in enumerate(keys) if key not in known or len(known[key].sentences) != len(passages[row].sentences)}
    fresh = _embed_new([passages[row] for row in new.values()], [texts[row] for row in new.values()], embedder, progress)
    taken = known | dict(zip(new, fresh, strict=True))
    rows = [taken[key] for key in keys]
    return VectorFiles.assemble(keys, rows, embedder.stamp.dimensions), len(new)


def _embed_new(passages: Sequence[Passage], texts: Sequence[str], embedder: Embedder, progress: Progress) -> list[Known]:
    sentences = [sentence for passage in passages for sentence in passage.sentence_texts()]
    vectors = embedder.embed_documents([*texts, *sentences], progress=progress) if texts else np.zeros((0, embedder.stamp.dimensions), np.float32)
    return _deal(vectors, passages)


def _deal(vectors: Vectors, passages: Sequence[Passage]) -> list[Known]:
    """Deals rows (all passages, then all their sentences) back to the passages."""
    dealt: list[Known] = []
    at = len(passages)
    for row, passage in enumerate(passages):
        dealt.append(Known(vectors[row], vectors[at : at + len(passage.sentences)].astype(np.float16)))
        at += len(passage.sentences)
    return dealt


def text_key(text: str) -> bytes:
    """Names an embedded text, so that its vectors are found again in another release."""
    return hashlib.blake2b(f"{CHUNKING}\n{text}".encode(), digest_size=16).digest()
