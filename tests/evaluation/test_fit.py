"""The fit on two tiny sets: numbers that a tutor can use, written where they are wanted."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_sets import write_sea, write_set, write_space

from evaluation.fit.__main__ import main
from evaluation.fit.examples import Corpus, gather
from evaluation.sets import QuestionSet, load
from ingest import Ingestion, Order
from knowledge_base import calibration
from knowledge_base.calibration import Calibration
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from knowledge_base.release.open import open_release
from tutor.tutor import Tutor
from tutor.types import Answer, Question

UNLISTED = "faq: no set's course lists what is asked"


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two sets, the releases made of them, and the calibration fitted on both."""
    folder = tmp_path_factory.mktemp("fit")
    (folder / "fitted").mkdir()
    fit(folder, write_space(folder), write_sea(folder))
    return folder


@pytest.fixture(scope="module")
def fitted(workshop: Path) -> Calibration:
    return calibration.load(workshop / "fitted" / "hashing.json")


def fit(folder: Path, *arguments: object) -> None:
    main([*map(str, arguments), "--data", str(folder / "data"), "--embedder", "hashing", "--out", str(folder / "fitted")])


def answer(workshop: Path, fitted: Calibration, name: str, question: str) -> Answer:
    """What a tutor with these numbers answers from the release of the set called `name`."""
    library = Library(DataFolder(workshop / "data" / "hashing" / name), HashingEmbedder(), calibration=fitted)
    try:
        return asyncio.run(Tutor(library).ask(Question(question)))
    finally:
        library.close()


def test_the_first_fit_of_an_embedder_is_its_version_one(fitted: Calibration) -> None:
    assert fitted.version == 1


@pytest.mark.parametrize(
    ("sets", "fault"),
    [
        (("nowhere",), "is no question set"),
        (("space", "space"), "called alike"),
        (("space",), "give another set besides"),
    ],
)
def test_sets_that_nothing_can_be_fitted_on_are_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sets: tuple[str, ...], fault: str
) -> None:
    write_set(tmp_path / "space", {"a": "Stages fall off."}, [{"id": "1", "question": "What falls off?", "doc": "a"}])
    with pytest.raises(SystemExit) as ended:
        fit(tmp_path, *(tmp_path / name for name in sets))
    assert ended.value.code == 2
    assert fault in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "question", "kind", "holds"),
    [
        ("space", "Why do rockets drop their empty tanks?", "grounded", "less mass"),
        ("space", "Why do tides rise and fall twice a day?", "refused", ""),
        ("sea", "Why do tides rise and fall twice a day?", "grounded", "the Moon pulls"),
        ("sea", "Why do rockets drop their empty tanks?", "refused", ""),
    ],
)
def test_a_tutor_with_the_fitted_numbers_answers_its_own_questions_and_refuses_foreign_ones(
    workshop: Path, fitted: Calibration, name: str, question: str, kind: str, holds: str
) -> None:
    told = answer(workshop, fitted, name, question)
    assert told.kind == kind
    assert holds in told.text


def test_evidence_weighs_in_the_direction_it_must(fitted: Calibration) -> None:
    assert fitted.gate.coverage > 0 > fitted.gate.unknown
    assert fitted.sentence.coverage > 0
    assert fitted.fusion.passage_cosine > 0


def test_a_lexical_fit_leaves_cosines_out_and_writes_the_next_default(workshop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    earlier = (workshop / "fitted" / "hashing.json").read_text(encoding="utf-8").replace('"version": 1', '"version": 7')
    (workshop / "fitted" / "default.json").write_text(earlier, encoding="utf-8")
    fit(workshop, workshop / "space", "--lexical")
    made = calibration.load(workshop / "fitted" / "default.json")
    assert made.version == 8
    cosines = (made.fusion.passage_cosine, made.fusion.sentence_cosine, made.gate.passage_cosine, made.gate.sentence_cosine, made.sentence.cosine)
    assert cosines == (0, 0, 0, 0, 0)
    assert made.gate.coverage > 0
    assert capsys.readouterr().out.splitlines() == [UNLISTED, "wrote default.json, version 8"], "one set alone leaves none out"


def test_what_each_set_gives_when_it_is_left_out_is_told(workshop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fitted").mkdir()
    (tmp_path / "data").symlink_to(workshop / "data")
    fit(tmp_path, workshop / "space", workshop / "sea")
    lines = capsys.readouterr().out.splitlines()
    told = [line.split(":")[0] for line in lines[:-2]]
    assert told == [f"{what}, {name} left out" for what in ("fusion", "gate", "sentences") for name in ("space", "sea")]
    assert lines[0].endswith("n=5")
    assert lines[-2] == UNLISTED
    assert lines[-1] == "wrote hashing.json, version 1"


def corpora(folder: Path, *names: str) -> Iterator[Corpus]:
    """Sets of one question each, gathered; every set's question names it."""
    sets: list[QuestionSet] = []
    releases = []
    for name in names:
        sets.append(
            load(write_set(folder / name, {"a.md": f"Facts about {name}."}, [{"id": name, "question": f"What about {name}?", "doc": "a.md"}]))
        )
        data = DataFolder(folder / "data" / name)
        Ingestion(data, HashingEmbedder).run(Order([sets[-1].docs]))
        releases.append(open_release(data, None, HashingEmbedder.stamp))
    yield from gather(sets, releases, HashingEmbedder())
    for release in releases:
        release.close()


def test_other_sets_questions_have_no_answer_and_related_sets_lend_none(tmp_path: Path) -> None:
    gathered = {
        corpus.name: [(asked.item.item_id, asked.answerable, asked.foreign) for asked in corpus.asked]
        for corpus in corpora(tmp_path, "golden", "astronomy", "sea")
    }
    assert gathered["golden"] == [("golden", True, False), ("sea", False, True)]
    assert gathered["astronomy"] == [("astronomy", True, False), ("sea", False, True)]
    assert gathered["sea"][0] == ("sea", True, False)
    assert sorted(gathered["sea"][1:]) == [("astronomy", False, True), ("golden", False, True)]
