"""Joins the rooms. Implementations are chosen here and nowhere else; tests call the same functions."""

import re
from urllib.parse import urlencode

from ingest import Ingestion
from knowledge_base.embedding.base import Embedder
from knowledge_base.embedding.hashing import NAME as HASHING
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.embedding.open import open_embedder
from knowledge_base.embedding.prepare import prepare
from knowledge_base.embedding.prepared import find
from knowledge_base.library import Library
from knowledge_base.progress import Progress
from knowledge_base.release import publish
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.manifest import Manifest
from knowledge_base.types import Hit
from navigator.settings import Settings
from tutor.compose import LinkTo
from tutor.tutor import Tutor, no_link


def data_folder(settings: Settings) -> DataFolder:
    """The data folder that the settings name."""
    return DataFolder(settings.data_dir)


def prepare_embedder(settings: Settings, progress: Progress) -> Embedder:
    """The embedder that the settings name, made ready first if it is not."""
    data = data_folder(settings)
    if settings.embedder != HASHING:
        data.ensure_writable()
        prepare(settings.embedder, data.models, progress=progress)
    return open_embedder(settings.embedder, data.models)


def ingestion(settings: Settings, progress: Progress) -> Ingestion:
    """Ingests into the data folder; the embedder is made ready only when there is something to embed."""
    made: list[Embedder] = []

    def embedder() -> Embedder:
        if not made:
            made.append(prepare_embedder(settings, progress))
        return made[0]

    return Ingestion(data_folder(settings), embedder, progress)


def library(settings: Settings) -> Library:
    """The published release, ready to search; needs a prepared embedder."""
    data = data_folder(settings)
    return Library(data, open_embedder(settings.embedder, data.models))


def published_library(settings: Settings) -> Library:
    """The same for a command that is of no use without a release: NoRelease or EmbedderMismatch before the model is loaded."""
    check_embedder(settings, publish.current(data_folder(settings)))
    return library(settings)


def tutor(settings: Settings, knowledge: Library) -> Tutor:
    """The tutor on a library."""
    return Tutor(knowledge, link_to=player_link(settings.course_url) if settings.course_url else no_link)


def player_link(course_url: str) -> LinkTo:
    """Links into the course player: the document, its heading as anchor and, where there is one, the second."""

    def link(hit: Hit) -> str:
        place: dict[str, str | float] = {"doc": hit.document.doc_id}
        if hit.passage.section:
            place["anchor"] = anchor(hit.passage.section[-1])
        if hit.passage.position_s is not None:
            place["t"] = hit.passage.position_s
        return f"{course_url}{'&' if '?' in course_url else '?'}{urlencode(place)}"

    return link


def anchor(heading: str) -> str:
    """A heading as a page's anchor: words joined by hyphens, as Markdown renderers make them."""
    return re.sub(r"\W+", "-", heading.lower()).strip("-")


def check_embedder(settings: Settings, manifest: Manifest) -> None:
    """Raises EmbedderMismatch when the embedder in use did not build this release; says nothing while that embedder is not prepared."""
    if settings.embedder == HASHING:
        manifest.check_embedder(HashingEmbedder.stamp)
        return
    model = find(data_folder(settings).models, settings.embedder)
    if model is not None:
        manifest.check_embedder(model.stamp)
