"""Golden questions asked of what is published, with and without a grade band: right answers, length of sentences, whose passages."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.golden import contains
from knowledge_base.library import Library
from knowledge_base.types import Document
from navigator import wiring
from navigator.settings import load_settings
from tutor.answering.grade import BANDS, Grade, length
from tutor.tutor import Tutor
from tutor.types import Answer, GradeBand, Question

FILES = ("content/golden.yaml",)


@dataclass(frozen=True)
class Told:
    """One question's answer, and whether it is right."""

    answer: Answer
    right: bool


async def _ask(questions: Sequence[dict[str, Any]], tutor: Tutor, band: GradeBand | None) -> list[Told]:
    return [await _told(one, tutor, band) for one in questions]


async def _told(question: dict[str, Any], tutor: Tutor, band: GradeBand | None) -> Told:
    answer = await tutor.ask(Question(question["question"], grade_band=band))
    groups = tuple(tuple(map(str, group)) for group in question.get("contains", ()))
    return Told(answer, answer.kind == "grounded" and contains(answer.text, groups))


def _row(name: str, told: Sequence[Told], documents: dict[str, Document], band: GradeBand) -> str:
    """Figures of the answers; passages are judged by `band`, and those that name no band are left out. Explanations have no score."""
    cited = [citation for one in told for citation in one.answer.citations]
    chosen = [citation for citation in cited if citation.score]
    lengths = [length(citation.quote) for citation in chosen]
    banded = [one for citation in chosen if (one := documents[citation.doc_id]).grade_band or dict(one.metadata).get("level")]
    own = sum(Grade(band).suits(one) for one in banded)
    mean = sum(lengths) / max(1, len(lengths))
    return (
        f"{name}: right {sum(one.right for one in told)} of {len(told)}; {mean:.1f} words a quote (n = {len(chosen)}); "
        f"passages of band {band}: {own} of {len(banded)}; terms explained {len(cited) - len(chosen)}"
    )


async def _measure(questions: Sequence[dict[str, Any]], library: Library) -> bool:
    tutor = Tutor(library)
    async with library.reading() as reader:
        documents = dict(reader.documents)
    without, fewer = await _ask(questions, tutor, None), False
    for band in BANDS:
        told = await _ask(questions, tutor, band)
        fewer |= sum(one.right for one in told) < sum(one.right for one in without)
        print(_row("no band", without, documents, band), flush=True)
        print(_row(f"band {band}", told, documents, band), flush=True)
    return not fewer


def main() -> None:
    """Usage: scripts/bench grades [FILE...]. Exits with 1 when fewer answers are right with a band than without."""
    paths = [Path(name) for name in sys.argv[1:] or FILES]
    questions = [one for path in paths for one in yaml.safe_load(path.read_text(encoding="utf-8")) if not one.get("refuse")]
    library = wiring.published_library(load_settings())
    try:
        kept = asyncio.run(_measure(questions, library))
    finally:
        library.close()
    sys.exit(not kept)


if __name__ == "__main__":
    main()
