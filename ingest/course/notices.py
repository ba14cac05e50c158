"""What a person should know beyond the plan: statements past their day, lessons in one language only, everything embedded anew."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest.types import STAFF, Material, Problem, Reading
from knowledge_base.embedding.base import EmbedderStamp
from knowledge_base.language import Language
from knowledge_base.release.build import CHUNKING, made_otherwise
from knowledge_base.release.manifest import Manifest
from knowledge_base.types import Document

NAMES: dict[Language, str] = {"en": "English", "zh": "Chinese"}

_PAIRED = {
    "lesson": "the lesson {lesson!r} lacks its {name} text: add it with lesson: {lesson} and language: {language}",
    "transcript": "the transcript of the lesson {lesson!r} lacks its {name} file: add {lesson}.{language}.vtt",
}


def due_problems(reading: Reading, today: dt.date) -> tuple[Problem, ...]:
    """What is to be mended in files that read well."""
    return tuple(
        Problem(material.document.path, remark.line, remark.what)
        for material in reading.materials
        for remark in material.remarks
        if remark.due(today)
    )


def left_out(reading: Reading, brought: Sequence[Material], held: Mapping[str, Document]) -> Iterator[Problem]:
    """What was read and is not `brought`, each with whose it is: nothing may be passed over in silence."""
    ids = {material.document.doc_id for material in brought}
    for document in (material.document for material in reading.materials):
        if document.doc_id not in ids:
            yield Problem(document.path, 1, f"left out: {_whose(document, held.get(document.doc_id))}")


def _whose(document: Document, other: Document | None) -> str:
    if other is None or other.source == document.source:
        return f"staff have withdrawn {document.doc_id!r}; it is brought back on the staff page"
    if other.source == STAFF:
        return f"staff's upload {other.path!r} stands in place of {document.doc_id!r}; correct or remove it on the staff page"
    return f"{document.doc_id!r} is a document of the source {other.source!r}; give this one another id in its front matter, or the file another name"


def in_one_language(read: Iterable[Document], kept: Iterable[Document]) -> tuple[Problem, ...]:
    """Each lesson or transcript that was read and whose other language neither stands among what was read nor among what is kept."""
    languages: dict[tuple[str, str], set[Language]] = defaultdict(set)
    found: dict[tuple[str, str], Document] = {}
    for document in read:
        if document.kind in _PAIRED and document.lesson:
            found.setdefault((document.kind, document.lesson), document)
            languages[document.kind, document.lesson].add(document.language)
    for document in kept:
        languages[document.kind, document.lesson or ""].add(document.language)
    return tuple(
        Problem(document.path, 1, _PAIRED[kind].format(lesson=lesson, name=NAMES[language], language=language))
        for (kind, lesson), document in found.items()
        for language in NAMES.keys() - languages[kind, lesson]
    )


def foreseen(base: Manifest | None, stamp: EmbedderStamp | None) -> Iterator[str]:
    """Why an ingestion will build or embed everything anew; `stamp` is that of the embedder in use, None while it cannot be told."""
    if base is None:
        return
    if stamp is not None and stamp != base.embedder:
        by = f"{base.embedder.name!r} embedded the published release and {stamp.name!r} is set"
        yield f"Everything will be embedded anew: {by if stamp.name != base.embedder.name else 'the embedding model has changed'}."
    elif base.chunking != CHUNKING:
        yield "Everything will be embedded anew: passages are cut in another way than in the published release."
    elif made_otherwise(base):
        yield "The release will be built anew: it is indexed in another way than the published one."
