"""Builds one release: embeds what is new, takes the rest from releases on disk, indexes, syncs, renames."""

import datetime as dt
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.calibration import calibration_stamp
from knowledge_base.embedding.base import Embedder
from knowledge_base.errors import DataFolderUnusable
from knowledge_base.index import lexical
from knowledge_base.progress import Progress
from knowledge_base.release import manifest as stamps
from knowledge_base.release import nearest, passages, records, wordings
from knowledge_base.release.layout import DataFolder, sync_folder, sync_tree, writing_into
from knowledge_base.release.nearest import Indexed
from knowledge_base.release.vectorise import Texts, write_vectors
from knowledge_base.release.vectors import VectorFiles
from knowledge_base.review import GoldenQuestion
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
    golden: Sequence[GoldenQuestion] = ()


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
    folder = data.releases / f"{BUILDING}{os.getpid()}"
    nearest.remove_unfinished(data, folder)
    try:
        with writing_into(data.releases):
            folder.mkdir(parents=True, exist_ok=True)
            made = _write(folder, data, contents, embedder, now, progress)
            if not data.release(made.release).exists():  # else the same contents were built within this second: they stand
                sync_tree(folder)
                folder.rename(data.release(made.release))
                sync_folder(data.releases)
    except OSError as error:
        raise DataFolderUnusable(
            f"a release cannot be written into {str(data.releases)!r} ({error}): make room there, or make it writable"
        ) from error
    finally:
        nearest.remove_unfinished(data, folder)
    return made


def _write(folder: Path, data: DataFolder, contents: Contents, embedder: Embedder, now: dt.datetime, progress: Progress) -> stamps.Manifest:
    documents = {document.doc_id: document for document in contents.documents}
    records.write_documents(folder, contents.documents)
    passages.write(folder, contents.passages, contents.documents)
    records.write_golden(folder, contents.golden)
    texts = Texts(contents.passages, lambda passage: embedding_text(documents[passage.doc_id], passage), text_key)
    embedded = write_vectors(data, folder, texts, embedder, progress=progress)
    wordings.write(data, folder, contents.documents, embedder, progress=progress)
    made = _stamp(folder, contents, embedder, now, embedded)
    if not data.release(made.release).exists():
        vectors = VectorFiles.load(folder).passages
        indexed = Indexed(folder, made.release, [passage.passage_id for passage in contents.passages], vectors)
        nearest.build(data, indexed, progress=progress)
        lexical.build(folder / "lexical", [_indexed_words(documents[passage.doc_id], passage) for passage in contents.passages])
        wordings.index_words(folder, contents.documents)
        stamps.write(folder, made)
    return made


def _stamp(folder: Path, contents: Contents, embedder: Embedder, now: dt.datetime, embedded: int) -> stamps.Manifest:
    """The manifest of the records and vectors in `folder`, whose hashes name the release."""
    truth = (records.DOCUMENTS, records.PASSAGES, records.ROWS, records.GOLDEN, *VectorFiles.NAMES, *wordings.NAMES)
    hashes = {name: stamps.digest(folder / name) for name in truth}
    whole = hashlib.sha256("".join(hashes.values()).encode()).hexdigest()
    return stamps.Manifest(
        release=f"{now:%Y%m%dT%H%M%S}Z-{whole[:8]}",
        created=now.isoformat(timespec="milliseconds"),
        parent=contents.parent,
        embedder=embedder.stamp,
        chunking=CHUNKING,
        indexing=lexical.VERSION,
        documents=len(contents.documents),
        passages=len(contents.passages),
        sentences=sum(len(passage.sentences) for passage in contents.passages),
        embedded=embedded,
        files=hashes,
        calibration=calibration_stamp(embedder.stamp),
    )


def _indexed_words(document: Document, passage: Passage) -> list[str]:
    return words(" ".join([embedding_text(document, passage), *document.aliases]))


def text_key(text: str) -> bytes:
    """Names an embedded text, so that its vectors are found again in another release."""
    return hashlib.blake2b(f"{CHUNKING}\n{text}".encode(), digest_size=16).digest()
