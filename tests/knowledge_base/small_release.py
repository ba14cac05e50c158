"""Releases small enough to see through: documents of a sentence or two, built and published in one call."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping

from knowledge_base.embedding.base import Embedder
from knowledge_base.progress import Progress, silent
from knowledge_base.release import publish
from knowledge_base.release.build import Contents, build_release
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.manifest import Manifest
from knowledge_base.sentences import sentences
from knowledge_base.types import Check, Choice, Document, Idea, Origin, Passage

Clock = Callable[[], dt.datetime]
MOON = {
    "moon.en": "The Moon has no air. It has no weather either.",
    "moon.zh": "月球没有空气。月球上也没有天气。",
    "rockets.en": "A rocket pushes gas backwards. The gas pushes the rocket forwards.",
}
CHECKS = (
    Check("moon-1", "choice", 1, "Air?", "Breathe.", "None", "There is none.", "Air", "No air.", choices=(Choice("None"), Choice("Some", "Wind."))),
    Check("moon-2", "number", 2, "How much?", "Less.", "1.6 m/s²", "A sixth.", "Air", "No air.", value=1.6, unit="m/s²", tolerance=0.05),
    Check(
        "moon-3", "explain", 3, "Why?", "Think.", "No air.", "None.", "Air", "No air.", ideas=(Idea(("air", "gas"), "it has no air"), Idea(("wind",)))
    ),
)


def document(doc_id: str, title: str = "") -> Document:
    """A lesson; an id that ends in .zh is Chinese, and what stands before the ending is its lesson."""
    lesson, _dot, language = doc_id.rpartition(".")
    return Document(
        doc_id=doc_id,
        title=title or f"About {lesson or doc_id}",
        language="zh" if language == "zh" else "en",
        kind="lesson",
        source="course",
        path=f"{doc_id}.md",
        content_hash="",
        lesson=lesson or None,
        course="space" if lesson == "moon" else None,
        as_of="2026-07",
        aliases=("alias one", "别名"),
        origins=(Origin("A book", "https://example.org/book", "2020"), Origin("Another")),
        metadata=(("level", "easy"),),
        checks=CHECKS,
    )


def passage(doc_id: str, text: str) -> Passage:
    """The whole text of a document as one passage."""
    identity = hashlib.sha256(f"{doc_id}\n{text}".encode()).hexdigest()[:20]
    return Passage(identity, doc_id, ("First part", "Its beginning"), text, 3, sentences(text), page=2, position_s=1.5, as_of="2026")


def contents(texts: Mapping[str, str], parent: str | None = None) -> Contents:
    """One passage a document."""
    return Contents([document(doc_id) for doc_id in texts], [passage(doc_id, text) for doc_id, text in texts.items()], parent)


def build(data: DataFolder, texts: Mapping[str, str], embedder: Embedder, clock: Clock, *, progress: Progress = silent) -> Manifest:
    """A release of `texts` by document id, built and not published."""
    with publish.writing(data):
        return build_release(data, contents(texts, publish.current_id(data)), embedder, now=clock(), progress=progress)


def build_and_publish(data: DataFolder, texts: Mapping[str, str], embedder: Embedder, clock: Clock) -> Manifest:
    """A release of `texts` by document id, published."""
    with publish.writing(data):
        made = build_release(data, contents(texts, publish.current_id(data)), embedder, now=clock(), progress=silent)
        publish.publish(data, made.release)
    return made
