"""What a term means is answered by the glossary's own sentence, in the language and for the age of who asks."""

from collections.abc import Iterator

import pytest

from ingest import Ingestion, Order
from knowledge_base.embedding.hashing import HashingEmbedder
from knowledge_base.library import Library
from knowledge_base.release.layout import DataFolder
from tutor.tutor import Tutor
from tutor.types import Answer, Question

GLOSSARY = """
- id: apogee
  en: apogee
  zh: 远地点
  aliases: {en: [highest point of an orbit], zh: [远拱点]}
  meaning: {en: The apogee of an orbit is its point farthest from Earth., zh: 远地点是轨道上离地球最远的那一点。}
- id: tide
  en: high tide
  zh: 大潮
  meaning: {en: A tide is the sea going up and down., zh: 潮汐就是海水一会儿涨、一会儿落。}
  concept: tides
"""
CONCEPT = """
id: tides
names: {en: Tides, zh: 潮汐}
category: moon
level: middle-high
definition: {en: Tides are the periodic rise and fall of the sea., zh: 潮汐是海水周期性的涨落。}
as_of: 2026-11
sources: [{title: A page}]
"""
LESSON = """---
title: Orbits
language: en
---
# Orbits

A satellite is slowest at the apogee of its orbit. A hole in a black curtain lets light in. The curtain is made of cloth.
"""


@pytest.fixture(scope="module")
def tutor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tutor]:
    folder = tmp_path_factory.mktemp("meanings")
    for name, text in {"course.yaml": "course: space", "glossary.yaml": GLOSSARY, "concepts/tides.yaml": CONCEPT, "texts/orbits.md": LESSON}.items():
        (folder / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / name).write_text(text, encoding="utf-8")
    data = DataFolder(folder / "data")
    assert Ingestion(data, HashingEmbedder).run(Order([folder / "content"])).problems == ()
    library = Library(data, HashingEmbedder())
    yield Tutor(library)
    library.close()


def cited(answer: Answer) -> list[str]:
    return [citation.doc_id for citation in answer.citations]


@pytest.mark.parametrize(
    "question",
    [
        "What is apogee?",
        "what's the apogee",
        "So what exactly is an apogee?",
        "What does apogee mean?",
        'What is the meaning of "apogee"?',
        "define apogee",
        "Please explain apogee!",
        "apogee meaning",
        "What is the highest point of an orbit?",
    ],
)
async def test_a_terms_meaning_is_told_first(tutor: Tutor, question: str) -> None:
    answer = await tutor.ask(Question(question))
    assert answer.text.startswith("The apogee of an orbit is its point farthest from Earth. [1]")
    assert cited(answer)[0] == "term.apogee.en"


@pytest.mark.parametrize(
    "question",
    [
        "什么是远地点？",
        "远地点是什么意思",
        "请问什么叫远地点呢？",
        "远地点是啥",
        "请解释一下远地点",
        "“远拱点”指的是什么？",
        "什么是apogee",
        "what is 远地点?",
    ],
)
async def test_and_in_chinese(tutor: Tutor, question: str) -> None:
    answer = await tutor.ask(Question(question))
    assert answer.text.startswith("远地点是轨道上离地球最远的那一点。")
    assert cited(answer)[0] == "term.apogee.zh"


async def test_a_sentence_of_the_course_that_speaks_of_the_term_follows(tutor: Tutor) -> None:
    answer = await tutor.ask(Question("What is the apogee?"))
    assert cited(answer) == ["term.apogee.en", "texts/orbits.md"]
    assert answer.text.endswith("A satellite is slowest at the apogee of its orbit. [2]")


@pytest.mark.parametrize(
    ("band", "sentence"), [(None, "Tides are the periodic rise"), ("10-12", "Tides are the periodic rise"), ("1-3", "A tide is the sea going up")]
)
async def test_a_concept_is_defined_and_told_simply_to_the_youngest(tutor: Tutor, band: None, sentence: str) -> None:
    answer = await tutor.ask(Question("What are tides?", grade_band=band))
    assert answer.text.startswith(sentence)
    assert cited(answer)[0] == "tides.en"


@pytest.mark.parametrize("question", ["What is the mass of the apogee?", "What is the best apogee in France?", "What is?", "是什么"])
async def test_another_question_is_no_question_of_meaning(tutor: Tutor, question: str) -> None:
    answer = await tutor.ask(Question(question))
    assert not answer.text.startswith("The apogee of an orbit is")


async def test_a_thing_of_two_words_is_neither_of_them(tutor: Tutor) -> None:
    assert (await tutor.ask(Question("What is a cloth moon?"))).kind == "refused"
