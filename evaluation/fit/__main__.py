"""The command: builds each set's release (kept under ``--data``), fits on all, reports each set left out, writes the calibration."""

import argparse
import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from evaluation.fit import faq
from evaluation.fit.examples import Corpus, gather
from evaluation.fit.fusion import fit_fusion
from evaluation.fit.gate import fit_gate
from evaluation.fit.sentence import fit_sentences
from evaluation.sets import BadSet, QuestionSet, load
from ingest import Ingestion, Order
from knowledge_base import calibration
from knowledge_base.calibration import Calibration
from knowledge_base.embedding.base import Embedder
from knowledge_base.embedding.open import open_embedder
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.open import open_release


def main(arguments: Sequence[str] | None = None) -> None:
    """Fits one embedder's numbers and writes them to its calibration file."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.fit", description=__doc__)
    parser.add_argument("sets", nargs="+", type=Path, help="question sets: folders, or a golden.yaml")
    parser.add_argument("--data", type=Path, required=True, help="where the sets' releases and the model are kept between fits")
    parser.add_argument("--embedder", default="multilingual-e5-small")
    parser.add_argument("--lexical", action="store_true", help="leave cosines out and write the default for embedders that nothing was fitted for")
    parser.add_argument("--faq-alone", action="store_true", help="fit when a frequently asked question is known again; keep all other numbers")
    parser.add_argument(
        "--out", type=Path, default=calibration.FOLDER, help="where the calibration is written; knowledge_base/calibrations by default"
    )
    options = parser.parse_args(arguments)
    cosines = not options.lexical
    embedder = open_embedder(options.embedder, options.data / "models")
    try:
        sets = [load(path) for path in options.sets]
    except BadSet as error:
        parser.error(str(error))
    if len({one.name for one in sets}) < len(sets):
        parser.error("two sets are called alike, and each keeps its release under its name: rename one")
    if len(sets) == 1 and len({item.answerable for item in sets[0].items}) < 2:
        parser.error("the gate needs questions that have an answer and such that have none: give another set besides, whose questions have none here")
    releases = []
    for one in sets:
        data = _data(options, embedder, one)
        Ingestion(data, lambda: embedder).run(Order([one.docs]))
        releases.append(open_release(data, None, embedder.stamp))
    path = options.out / calibration.path_for(calibration.DEFAULT if options.lexical else embedder.stamp.name).name
    former = calibration.load(path) if path.is_file() else None
    listed = [asked for one in sets for asked in _listed(one, _data(options, embedder, one), embedder, cosines=cosines)]
    known_again = faq.fit_faq(listed)
    rest = _Fit(former, []) if options.faq_alone and former else _fit(gather(sets, releases, embedder), cosines=cosines)
    for line in (*rest.lines, *known_again.lines):
        print(line)
    version = former.version + 1 if former else 1
    fitted = replace(rest.calibration, version=version, faq=known_again.weights, faq_gate=known_again.gate)
    path.write_text(json.dumps(asdict(fitted), indent=1) + "\n", encoding="utf-8")
    print(f"wrote {path.name}, version {version}")
    for release in releases:
        release.close()


@dataclass(frozen=True)
class _Fit:
    """Fitted numbers, and lines that tell how well they fit what they were not fitted on."""

    calibration: Calibration
    lines: Sequence[str]


def _fit(corpora: Sequence[Corpus], *, cosines: bool) -> _Fit:
    """All numbers but those for frequently asked questions."""
    fusion, fusion_lines = fit_fusion(corpora, cosines=cosines)
    gate, gate_lines = fit_gate(corpora, fusion, cosines=cosines)
    sentence, sentence_lines = fit_sentences(corpora, fusion, cosines=cosines)
    return _Fit(Calibration(1, fusion, gate, sentence), [*fusion_lines, *gate_lines, *sentence_lines])


def _data(options: argparse.Namespace, embedder: Embedder, one: QuestionSet) -> DataFolder:
    return DataFolder(options.data / embedder.stamp.name / one.name)


def _listed(one: QuestionSet, data: DataFolder, embedder: Embedder, *, cosines: bool) -> list[faq.Example]:
    library = Library(data, embedder)
    try:
        return asyncio.run(faq.examples(one, library, cosines=cosines))
    finally:
        library.close()


if __name__ == "__main__":
    main()
