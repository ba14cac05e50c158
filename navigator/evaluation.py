"""Evaluates question sets, each over a release of its own."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evaluation.run import SetResult, measure, run
from evaluation.sets import QuestionSet
from ingest import Ingestion, Order
from knowledge_base.library import Library
from knowledge_base.progress import Progress
from knowledge_base.release.layout import DataFolder
from navigator import wiring
from navigator.reports import tell_problems
from navigator.settings import Settings


def evaluate_sets(settings: Settings, sets: Sequence[QuestionSet], progress: Progress) -> list[SetResult]:
    """Ingests each set's documents into a temporary folder, asks its questions, measures; the folders are gone afterwards."""
    embedder = wiring.prepare_embedder(settings, progress)
    measured: list[SetResult] = []
    for questions in sets:
        with tempfile.TemporaryDirectory(prefix="navigator-eval-") as temporary:
            data = DataFolder(Path(temporary))
            tell_problems(Ingestion(data, lambda: embedder, progress).run(Order([questions.docs])))
            library = Library(data, embedder)
            try:
                outcomes = asyncio.run(run(library, questions, progress=progress))
            finally:
                library.close()
            measured.append(measure(questions.name, outcomes))
    return measured
