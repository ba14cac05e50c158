"""One ingestion: plan, split, embed what is new, write a release, ask it the golden questions, publish it."""

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ingest.course.notices import foreseen
from ingest.prepare import Work, prepare, refused_answers
from ingest.split import split
from ingest.types import Order, Plan, Problem, Report
from knowledge_base.embedding.base import Embedder, EmbedderStamp
from knowledge_base.errors import ReleaseDamaged
from knowledge_base.progress import Progress, silent
from knowledge_base.release import publish
from knowledge_base.release.build import Contents, build_release, made_otherwise
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.manifest import Manifest
from knowledge_base.release.open import open_release
from knowledge_base.review import Review, save_review
from knowledge_base.types import Document, Passage

PATIENCE = 0.5  # seconds for a writer that only moves the pointer: another ingestion takes longer
Reviewer = Callable[[str, str | None], Review]  # asks the golden questions of a candidate and of the published release, by their ids
Planned = Callable[[Plan, Sequence[Problem]], None]


def unheard(_plan: Plan, _problems: Sequence[Problem]) -> None:
    """Nobody waits for the plan."""


@dataclass(frozen=True)
class Ingestion:
    """Carries out orders on one data folder with one embedder, which is asked for only when a release may have to be built.

    `stamp` tells what the embedder's stamp will be without making it ready, None when that cannot be told. `planned` hears the plan before
    anything is written. `review` asks a release that is built and not yet published the golden questions that it holds.
    """

    data: DataFolder
    embedder: Callable[[], Embedder]
    progress: Progress = silent
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    stamp: Callable[[], EmbedderStamp | None] = lambda: None
    planned: Planned = unheard
    review: Reviewer | None = None

    def run(self, order: Order) -> Report:
        """Does what the order says. A dry run writes nothing; otherwise the data folder's one writer lock is held."""
        started = time.monotonic()
        if order.dry_run:
            work = self._prepared(order)
            report = replace(work.report(), notes=tuple(foreseen(work.base, self.stamp())))
        else:
            with publish.writing(self.data, patience=PATIENCE):
                report = self._done(order, self._prepared(order))
        return replace(report, seconds=time.monotonic() - started)

    def _prepared(self, order: Order) -> Work:
        work = prepare(self.data, order, self.now().date())
        self.planned(work.plan, work.problems)
        return work

    def _done(self, order: Order, work: Work) -> Report:
        if work.refused is not None or not self._must_build(work):
            return work.report()
        made = self._build(work)
        review = self._reviewed(made, work)
        refused = refused_answers(review, made.release) if order.require_golden else None
        publishing = order.publish and refused is None
        if publishing:
            publish.publish(self.data, made.release)
        return replace(
            work.report(),
            release=made.release,
            built=True,
            published=publishing,
            passages=made.passages,
            embedded=made.embedded,
            review=review,
            refused=refused,
        )

    def _reviewed(self, made: Manifest, work: Work) -> Review | None:
        if self.review is None or not work.golden:
            return None
        review = self.review(made.release, publish.current_id(self.data))
        save_review(self.data, review)
        return review

    def _must_build(self, work: Work) -> bool:
        """Also when only the embedder or the way of cutting changed, or the published release is damaged; never from nothing but failures."""
        base = work.base
        if base is None:
            return bool(work.materials)
        changed = not work.plan.empty or work.golden != work.held.golden
        return changed or made_otherwise(base) or self._embeds_otherwise(base) or not self._answers(base)

    def _embeds_otherwise(self, base: Manifest) -> bool:
        """The embedder itself is asked, and made ready for it, only where its foretold stamp is another."""
        return base.embedder != self.stamp() and base.embedder != self.embedder().stamp

    def _answers(self, base: Manifest) -> bool:
        """Whether `base` is the published release and opens; when it does not, the error tells the operator to run an ingestion."""
        if base.release != publish.current_id(self.data):
            return False
        try:
            open_release(self.data, base.release, base.embedder).close()
        except ReleaseDamaged:
            return False
        return True

    def _build(self, work: Work) -> Manifest:
        documents: list[Document] = []
        passages: list[Passage] = []
        for document in work.held.kept(work.plan):
            documents.append(document)
            passages.extend(work.held.passages.get(document.doc_id, []))
        for material in work.materials:
            documents.append(material.document)
            passages.extend(split(material))
        contents = Contents(documents, passages, work.base.release if work.base else None, work.golden)
        return build_release(self.data, contents, self.embedder(), now=self.now(), progress=self.progress)
