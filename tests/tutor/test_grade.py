"""Grade bands: whose passages come first, how long sentences may be, and which terms are explained."""

import dataclasses
import json
from collections.abc import Iterator

import pytest
from space_course import library_over, publish, tutor_of, write_course

from knowledge_base.language import Language
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from knowledge_base.types import Document, Evidence, Hit, Passage
from tutor.answering.grade import DEAREST, PREFERRED, Grade, length
from tutor.types import Answer, GradeBand, Question

BANDS: tuple[GradeBand, ...] = ("1-3", "4-6", "7-9", "10-12")
TERM = "Perigee burning"
DEFINED = "Perigee burning is firing an engine at the lowest point of an orbit."
WHY = "Why do probes like perigee burning on the way to Venus?"
USED = "Probes on the way to Venus like perigee burning because it saves propellant."


def concept(level: str) -> str:
    """A glossary entry; JSON is YAML too."""
    told = {"id": "perigee-burning", "names": {"en": TERM, "zh": "近地点点火"}, "category": "orbits", "level": level}
    defined = {"definition": {"en": DEFINED, "zh": "近地点点火是在轨道最低点开动发动机。"}}
    return json.dumps(told | defined | {"as_of": "2026-05-24", "sources": [{"title": "A book"}]}, ensure_ascii=False)


def lesson(name: str, band: str, text: str) -> str:
    return f"---\nid: {name}.en\nlesson: {name}\ntitle: The {name} lesson\nlanguage: en\ngrade_band: {band}\n---\n# The {name} lesson\n{text}\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("graded")
    course = write_course(folder / "course")
    (course / "venus.en.md").write_text(lesson("venus", "7-9", USED), encoding="utf-8")
    (course / "young.en.md").write_text(lesson("young", "4-6", "A comet has a bright tail of dust and gas."), encoding="utf-8")
    (course / "old.en.md").write_text(lesson("old", "10-12", "A comet has a bright tail of gas and dust."), encoding="utf-8")
    (course / "perigee-burning.yaml").write_text(concept("middle-high"), encoding="utf-8")
    data = DataFolder(folder / "data")
    publish(data, course)
    with library_over(data) as library:
        yield library


async def asked(library: Library, text: str, band: GradeBand | None, language: Language = "en") -> Answer:
    return await tutor_of(library).ask(Question(text, grade_band=band, language=language))


async def test_a_hard_term_is_explained_to_the_young_with_its_source_and_only_once(library: Library) -> None:
    text = "How do probes save propellant on the way to Venus?"
    for band in BANDS[:2]:
        answer = await asked(library, text, band)
        assert answer.text == f"{USED} [1] {DEFINED} [2]"
        assert [(one.n, one.doc_id, one.quote) for one in answer.citations] == [(1, "venus.en", USED), (2, "perigee-burning.en", DEFINED)]
    for other in (None, *BANDS[2:]):
        assert (await asked(library, text, other)).text == f"{USED} [1]"


async def test_a_term_that_the_question_uses_is_not_explained(library: Library) -> None:
    assert DEFINED not in (await asked(library, WHY, "1-3")).text.replace(f"{DEFINED} [1]", "")


async def test_of_two_that_serve_alike_the_band_s_own_comes_first(library: Library) -> None:
    for band, doc_id in ((BANDS[1], "young.en"), (BANDS[3], "old.en")):
        answer = await asked(library, "What does a comet's bright tail have?", band)
        assert answer.citations[0].doc_id == doc_id


async def test_refusals_stay_refusals_in_every_band(library: Library) -> None:
    for band in (None, "1-3", "4-6", "7-9", "10-12"):
        assert (await asked(library, "Who painted the famous sunflowers?", band)).kind == "refused"


def document(band: str | None = None, level: str | None = None) -> Document:
    metadata = (("level", level),) if level is not None else ()
    return Document("x.en", "X", "en", "glossary", "course", "x", "", grade_band=band, metadata=metadata)


@pytest.mark.parametrize(
    ("band", "of", "suits", "hard"),
    [
        ("4-6", document(band="4-6"), True, True),
        ("4-6", document(band="7-9"), False, True),
        ("4-6", document(level="primary-high"), True, False),
        ("1-3", document(level="primary-middle"), True, False),
        ("4-6", document(level="middle-high"), False, True),
        ("7-9", document(level="middle-high"), True, False),
        ("7-9", document(level="high"), False, False),
        ("10-12", document(level="primary-middle"), False, False),
        ("4-6", document(), False, True),
        ("4-6", document(level="unheard-of"), False, True),
        (None, document(band="4-6"), False, False),
    ],
)
def test_what_suits_a_band_and_what_is_too_hard_for_it(band: GradeBand | None, of: Document, suits: bool, hard: bool) -> None:
    assert (Grade(band).suits(of), Grade(band).is_hard(of)) == (suits, hard)


def test_a_clearly_better_hit_stays_first() -> None:
    passage = Passage("p", "x.en", (), "A.", 0, ((0, 2),))
    better = Hit(passage, document(band="10-12"), 0.9, Evidence(0, 0, 0, 0, 0), (0.5,))
    own = dataclasses.replace(better, document=document(band="4-6"), score=better.score - 2 * PREFERRED)
    near = dataclasses.replace(own, score=better.score - PREFERRED / 2)
    assert Grade("4-6").first([better, own])[0] is better
    assert Grade("4-6").first([better, near])[0].document.grade_band == "4-6"
    assert Grade().first([better, near]) == [better, near]


def test_long_sentences_cost_the_young_something_and_never_much() -> None:
    short, long = "A rocket has stages.", "A rocket has stages, " * 20
    assert Grade("1-3").cost(short) == Grade("7-9").cost(long) == Grade().cost(long) == 0
    assert Grade("1-3").cost(long) == DEAREST
    assert Grade("1-3").cost("word " * 16) > Grade("4-6").cost("word " * 16) > 0


def test_two_han_characters_count_as_a_word() -> None:
    assert length("Chang'e-5 brought back 1,731 g.") == 5
    assert length("嫦娥五号带回了1,731克月壤。") == 6.0
