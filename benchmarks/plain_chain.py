"""Compares our search with a plain LangChain chain on question sets: the same embedder, recall@k, a paired bootstrap."""

import argparse
import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.pipelines import installed
from evaluation.beside import Compared, Comparison
from evaluation.metrics.bootstrap import difference
from evaluation.metrics.recall import recall_at
from evaluation.sets import BadSet, Item, QuestionSet, load
from knowledge_base.library import Library
from navigator import wiring
from navigator.console import ShownProgress
from navigator.evaluation import Evaluation
from navigator.settings import load_settings

K = 5
DEPTHS = (1, K)
PIPELINE = f"LangChain: RecursiveCharacterTextSplitter(chunk_size=1000), Chroma, as_retriever(k={K}), the same embedding model with its prompts"
Ranks = list[int | None]


def main() -> None:
    """Usage: scripts/bench plain_chain SET... [--keep FOLDER] [--out FILE]; the sets are folders with docs/ and questions.jsonl."""
    parser = argparse.ArgumentParser(prog="scripts/bench plain_chain", description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET", help="a folder with docs/ and questions.jsonl")
    parser.add_argument("--keep", type=Path, help="keep the sets' releases here, as navigator eval --keep does")
    parser.add_argument("--out", type=Path, help="write the comparison into this file, for navigator eval --beside")
    options = parser.parse_args()
    for path in options.sets:
        if not path.is_dir():
            parser.error(f"{str(path)!r} is no folder: the chain reads plain files, which golden questions in YAML do not name")
    try:
        sets, settings = [load(path) for path in options.sets], load_settings()
    except BadSet as error:
        parser.error(str(error))
    compared: list[Compared] = []
    with ShownProgress() as progress:
        evaluation = Evaluation(settings, progress, options.keep)
        for path, questions in zip(options.sets, sets, strict=True):
            with evaluation.library(questions.docs) as library:
                ours = asyncio.run(_ours(library, questions))
            progress(f"asking the plain chain {questions.name}", 0, 1)
            theirs = _theirs(settings.embedder, wiring.data_folder(settings).models, path, questions)
            for one in _compared(questions, ours, theirs):
                compared.append(one)
                _tell(one)
    if options.out is not None:
        options.out.write_text(Comparison(pipeline=PIPELINE, compared=tuple(compared)).model_dump_json(indent=1) + "\n", encoding="utf-8")


def _asked(questions: QuestionSet) -> list[Item]:
    return [item for item in questions.items if item.answerable and item.has_document]


async def _ours(library: Library, questions: QuestionSet) -> Ranks:
    async with library.reading() as reader:
        found = [await reader.search(item.question, k=K) for item in _asked(questions)]
    return [_rank(item, [hit.document.doc_id for hit in results.hits]) for item, results in zip(_asked(questions), found, strict=True)]


def _theirs(embedder: str, models: Path, folder: Path, questions: QuestionSet) -> Ranks:
    command = [sys.executable, "-m", "benchmarks.pipelines.plain_ranks", embedder, str(models.resolve()), str(folder)]
    ran = subprocess.run(command, env=installed.environment(), stdout=subprocess.PIPE, text=True, check=True)
    return [_rank(item, found) for item, found in zip(_asked(questions), json.loads(ran.stdout), strict=True)]


def _rank(item: Item, found: Sequence[str]) -> int | None:
    return next((rank for rank, doc_id in enumerate(found, 1) if item.is_right(doc_id)), None)


def _compared(questions: QuestionSet, ours: Ranks, theirs: Ranks) -> Iterator[Compared]:
    for language in ("en", "zh"):
        pairs = [(our, their) for item, our, their in zip(_asked(questions), ours, theirs, strict=True) if item.language == language]
        gain = difference([our == 1 for our, _their in pairs], [their == 1 for _our, their in pairs])
        if gain is not None:
            recall = [{k: asdict(recall_at(k, ranks)) for k in DEPTHS} for ranks in zip(*pairs, strict=True)]
            yield Compared.model_validate(
                {"set": questions.name, "language": language, "ours": recall[0], "recall": recall[1], "difference": asdict(gain)}
            )


def _tell(one: Compared) -> None:
    gain = one.difference
    print(
        f"{one.set} {one.language}: recall@1 ours {one.ours[1].value:.3f}, plain chain {one.recall[1].value:.3f}; "
        f"difference {gain.value:+.3f} (95 % {gain.low:+.3f} to {gain.high:+.3f}; with 95 % above {gain.above:+.3f}), n={gain.n}",
        flush=True,
    )


if __name__ == "__main__":
    main()
