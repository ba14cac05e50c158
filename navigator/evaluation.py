"""Evaluates question sets, those over the same documents on one release."""

import asyncio
import contextlib
import functools
import hashlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.run import Outcome, run
from evaluation.sets import YAML, BadSet, QuestionSet, load
from ingest import Ingestion, Order
from knowledge_base.embedding.base import Embedder
from knowledge_base.library import Library
from knowledge_base.progress import Progress
from knowledge_base.release.layout import DataFolder
from navigator import wiring
from navigator.console import Failed
from navigator.reports import tell_problems
from navigator.settings import Settings
from tutor.in_turn import Notepad


@dataclass(frozen=True)
class Evaluation:
    """Asks question sets. Releases are kept below `keep` between runs, so that only what changed is embedded; else in a temporary folder."""

    settings: Settings
    progress: Progress
    keep: Path | None = None

    def run(self, sets: Sequence[QuestionSet]) -> list[list[Outcome]]:
        """What every question of each set gave, in the order of the sets."""
        outcomes: dict[int, list[Outcome]] = {}
        for docs in dict.fromkeys(one.docs for one in sets):
            with self.library(docs) as library:
                for at, questions in enumerate(sets):
                    if questions.docs == docs:
                        tutor = wiring.tutor(self.settings, library, Notepad())
                        outcomes[at] = asyncio.run(run(questions, library, tutor, progress=self.progress))
        return [outcomes[at] for at in range(len(sets))]

    @contextlib.contextmanager
    def library(self, docs: Path) -> Iterator[Library]:
        """A release of these documents, open."""
        embedder = self._embedder
        with self._folder(docs) as folder:
            data = DataFolder(folder)
            tell_problems(Ingestion(data, lambda: embedder, self.progress).run(Order([docs])))
            library = Library(data, embedder, reranker=wiring.reranker(self.settings))
            try:
                yield library
            finally:
                library.close()

    @functools.cached_property
    def _embedder(self) -> Embedder:
        return wiring.prepare_embedder(self.settings, self.progress)

    @contextlib.contextmanager
    def _folder(self, docs: Path) -> Iterator[Path]:
        if self.keep is not None:
            name = docs.parent.name if docs.name == "docs" else docs.name
            yield self.keep / f"{name}-{hashlib.sha256(str(docs).encode()).hexdigest()[:8]}"
        else:
            with tempfile.TemporaryDirectory(prefix="navigator-eval-") as temporary:
                yield Path(temporary)


def loaded_sets(paths: Sequence[Path], docs: Path | None) -> list[QuestionSet]:
    """The sets; `docs` are what the YAML files among them ask about. Failed says which is none."""
    if docs is not None and not any(path.suffix in YAML for path in paths):
        raise Failed("--docs is for golden questions in YAML, and none are given: a folder's own docs/ are used")
    if docs is not None and not docs.exists():
        raise Failed(f"--docs {str(docs)!r} does not exist: give the folder of the documents that the questions ask about")
    try:
        return [load(path, docs) for path in paths]
    except BadSet as error:
        raise Failed(str(error)) from error
